/* SPDX-License-Identifier: MIT */
/*
 * A report writes a view as text, under pprof's name for it. One file and one
 * row in report/list.c: command line, --help, man page, completion and the
 * explorer's prompt take it from there.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <stdio.h>

#include "base/error.h"
#include "base/pattern.h"
#include "profile/unit.h"
#include "view/trim.h"
#include "view/view.h"

/* The options of reports that are no part of a view; pprof's names and defaults. */
struct report_options {
	bool cum;             /* sort=cum */
	int32_t node_count;   /* -1: the report's default */
	double node_fraction; /* 0.005 */
	double edge_fraction; /* 0.001 */
	bool trim;            /* true; false sets all three to 0 */
	bool drop_negative;
	bool compact_labels;
	double divide_by; /* 1 */
	char *unit;       /* "minimum"; owned by whoever made the options, as is */
	char *thresholds; /* of diagnose: "NAME=NUMBER,..."; "" */
	bool call_tree; /* graphs and callgrind: a function is another node for each way to reach it */
	bool signed_percentages; /* shares of negative values have their sign */
	bool count_once;         /* list: a sample once for each line and function */
	bool flame;              /* flamegraph: the root at the bottom */
	char *check;             /* of compare: rules of a gate, "" for none */
	char *split;             /* of compare: LABEL=A,B; "" */
	bool has_base;           /* of compare: the first profile alone is before */
	bool by_share;           /* of compare: both totals are the same */
	bool intel_syntax;       /* disasm, weblist */
	const char *tools; /* the same: where objdump is, as -tools has it; NULL: on the PATH */
	char *by;          /* of tables of traces: the column to sort by; "" */
	bool keep_type;    /* of proto: the default type stays, whatever is selected */
	bool hide_source;  /* no text of source files: it cannot be redacted */
	bool json, csv;    /* the same rows in another form; see report/table_form.h */
	/* Of sources, as a person named them; NULL: none. */
	const struct source_places *places;
};

struct diagnose_input;
struct report;
struct source_places;
struct report_input;

typedef bool report_writer(const struct report_input *input, const struct report *report, FILE *out,
			   struct error *error);

struct report_input {
	const struct view *view;
	const struct report_options *options;
	const struct pattern *argument; /* of reports that take one, else NULL */
	/* All profiles, for reports that take several; NULL: `view` is all. */
	const struct diagnose_input *inputs;
	uint32_t input_count;
	struct text *notes; /* lines for standard error; NULL: nobody reads them */
	int *status;        /* the exit status, set by a report that judges; NULL: nobody asks */
};

struct report {
	const char *name;
	const char *argument; /* "REGEX" or NULL */
	const char *summary;  /* for --help and the man page: what it prints */
	int32_t node_count;   /* default of -nodecount on the command line; 0: no limit */
	int32_t shell_node_count; /* the same in the shell and at the prompt; 0: as on the command line */
	bool filters_labels; /* words on a shell line are tag filters */
	bool several;        /* takes several profiles, each by itself */
	bool pairs;          /* takes two: the base is the first; or one that -split divides */
	bool untrimmed;      /* cutoffs do not apply */
	bool raw_names;      /* is no text of lines, so names may have line breaks (plain_view.h) */
	bool ours;           /* pprof has none: answers are right by default (spec.corrected) */
	bool of_traces;      /* of execution traces alone: an error for other profiles */
	/* What the report sets in the spec of its view, whatever the options say. */
	bool forces_granularity;
	enum granularity granularity;
	bool object_names;
	bool no_inlines;
	bool whole_file_names; /* neither trim_path nor source_path shorten them */
	const char
		*extension; /* not for terminals: goes to profileNNN.EXTENSION there; NULL: text */
	report_writer *write;
	report_writer *write_json, *write_csv; /* NULL: the report has no such form */
};

/* All reports in the order of --help, ended by NULL. */
extern const struct report *const reports[];

/* By name or alias; NULL if there is none. */
const struct report *report_find(const char *name);

/* The spec of the view that this report reads: `spec` and what the report sets. Clear `to` with view_spec_clear. */
void report_view_spec(const struct report *report, const struct view_spec *spec,
		      struct view_spec *to);

/* Writes the report in the form that the options choose. */
bool report_write(const struct report_input *input, const struct report *report, FILE *out,
		  struct error *error);

/* Does the report's REGEX match, or has it none? */
bool report_matches(const struct report_input *input, const char *name);

/* The error of a REGEX that no function matches; returns false. */
bool report_no_match(const struct report_input *input, struct error *error);

/* The cutoffs that hold for this report with these options. */
void report_trim_options(const struct report_input *input, const struct report *report,
			 struct trim_options *trim);

/*
 * Values in reports: divided by divide_by, in one unit for the whole report.
 * report_output_unit chooses the unit for these rows.
 */
struct value_format {
	const char *from; /* the profile's unit */
	const char *to;   /* the report's unit */
	double ratio;     /* 1 / divide_by */
};
void report_output_unit(const struct report_input *input, const struct call_graph *graph,
			struct value_format *format);

/* The same for reports that write whole numbers only. */
void report_whole_unit(const struct report_input *input, const struct call_graph *graph,
		       struct value_format *format);

/* For reports that never choose one unit: each value is scaled by itself. */
void report_own_unit(const struct report_input *input, struct value_format *format);
int64_t report_divided(const struct value_format *format, int64_t value);
const char *report_value(const struct value_format *format, int64_t value,
			 char label[UNIT_LABEL_SIZE]);

/*
 * The share of a value as text, six columns wide or one more with
 * signed_percentages, which is report_share_width. Returns text.
 */
const char *report_share(const struct report_options *options, int64_t value, int64_t total,
			 char text[PERCENTAGE_SIZE]);
int report_share_width(const struct report_options *options);

/* The heads of the columns flat, flat%, sum%, cum and cum%, without an end of line. */
void report_write_columns(const struct report_options *options, FILE *out);

/* File, build, comments, type, time and duration; false if there is nothing to say. */
bool report_write_labels(const struct report_input *input, const struct value_format *format,
			 FILE *out);

/* The lines above a table: file, type, time, filters, "Showing nodes ...". */
void report_write_header(const struct report_input *input, const struct trimmed_graph *trimmed,
			 const struct trim_options *trim, const struct value_format *format,
			 FILE *out);

/* The lines in the legend of a drawn graph: the same in full, and a link to an explanation. */
void report_write_legend(const struct report_input *input, const struct trimmed_graph *trimmed,
			 const struct trim_options *trim, const struct value_format *format,
			 FILE *out);

#endif
