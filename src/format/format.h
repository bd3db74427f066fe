/* SPDX-License-Identifier: MIT */
/*
 * A format turns bytes into a profile. One row in format/list.c; the row whose
 * probe is most certain about the first bytes reads the file.
 */
#ifndef FORMAT_FORMAT_H
#define FORMAT_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/job.h"
#include "profile/builder.h"
#include "base/span.h"
#include "source/fetch.h"

/* Bytes offered to a probe; fewer only when the file is shorter. */
#define FORMAT_PROBE_SIZE 4096

/* What the format of protobuf says of anything that may be a profile. */
#define FORMAT_UNCERTAIN 50

/* From here on what a format says of the first line needs no second look. */
#define FORMAT_CERTAIN 80

/* What an execution trace of Go is read as: everything, or what go tool trace -pprof=KIND makes of it. */
enum trace_kind { TRACE_FULL, TRACE_NET, TRACE_SYNC, TRACE_SYSCALLS, TRACE_SCHED };

/* Only of execution traces. */
struct trace_options {
	enum trace_kind kind;
	bool lanes; /* keep what happens over time, for the timeline */
	/* Samples only of what lies between these nanoseconds of the trace; `to` 0: of all. */
	int64_t from, to;
};

/* "10ms:25.5ms", also without one of the two; "" is all. False with an error that says how. */
bool trace_range_parse(const char *text, struct trace_options *options, struct error *error);

/* The kind by the name that -trace has for it; false with an error that lists the names. */
bool trace_kind_parse(const char *name, enum trace_kind *kind, struct error *error);

/* How a person wants a file to be read. */
struct load_options {
	/*
	 * Use the names and labels that Go writes into the # lines of its text
	 * profiles. Without, such a profile is what pprof makes of it: addresses.
	 */
	bool names_from_text;
	const struct fetch_options *fetch; /* how servers are asked; NULL: only files are read */
	struct trace_options trace;
};

struct address_names;

/* The bytes of one file: the probed ones first, then the rest of the stream. */
struct input {
	struct stream *stream; /* NULL: the head is all */
	const char *head;
	size_t head_length;
	bool head_taken;
	bool broken;        /* the stream ended with an error, which is the one to show */
	struct span prefix; /* of each line, as a log puts it there; of the head */
	bool names_from_text;
	const struct address_names *address_names; /* that stood in front of the profile; NULL */
	struct trace_options trace;
};

struct format {
	const char *name;
	const char *summary;
	/*
	 * 0: not this format ... 100: certainly. Protobuf says 50 of anything that
	 * may be a profile, so a format of text that it knows is above that.
	 */
	int (*probe)(const char *bytes, size_t length);
	/* May stand amid other output: looked for in all of the head when no format is sure of its start. */
	bool embedded;
	bool prefixed; /* may stand whole behind the prefixes of a log */
	/* Its probe finds the first line behind anything, so prefixes are looked for even so. */
	bool unanchored;
	/* Reads everything into the builder. False with an error that names the place and the remedy. */
	bool (*read)(struct input *input, struct builder *builder, struct error *error);
};

/* The next piece of the input; *length 0 is the end. As stream_next. */
bool input_next(struct input *input, const char **bytes, size_t *length, struct error *error);

/* All formats, ended by NULL. */
extern const struct format *const formats[];

/*
 * Reads one profile from a file or "-". Errors start with the location. The
 * profile is the caller's; progress may be NULL.
 */
struct profile *format_load(const char *location, struct progress *progress, struct error *error);

/* The same with other options than the default, which is names from text. */
struct profile *format_load_with(const char *location, const struct load_options *options,
				 struct progress *progress, struct error *error);

/* Reads an input whose head is filled; the head may be all of it. */
struct profile *format_read(struct input *input, struct error *error);

#endif
