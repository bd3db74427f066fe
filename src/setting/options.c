/* SPDX-License-Identifier: MIT */
#include "setting/options.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/array.h"

#define VIEW(field) offsetof(struct settings, view.field)
#define REPORT(field) offsetof(struct settings, report.field)

const struct option options[] = {
	{.name = "flat",
	 .kind = OPTION_CHOICE,
	 .group = "sort",
	 .value = false,
	 .summary = "Sort by the cost of the functions themselves (default)"},
	{.name = "cum",
	 .kind = OPTION_CHOICE,
	 .group = "sort",
	 .value = true,
	 .summary = "Sort by the cost of the functions with all they call"},
	{.name = "functions",
	 .kind = OPTION_CHOICE,
	 .group = "granularity",
	 .value = GRANULARITY_FUNCTIONS,
	 .summary = "One row a function (default)"},
	{.name = "filefunctions",
	 .kind = OPTION_CHOICE,
	 .group = "granularity",
	 .value = GRANULARITY_FILEFUNCTIONS,
	 .summary = "One row a function and source file"},
	{.name = "files",
	 .kind = OPTION_CHOICE,
	 .group = "granularity",
	 .value = GRANULARITY_FILES,
	 .summary = "One row a source file"},
	{.name = "lines",
	 .kind = OPTION_CHOICE,
	 .group = "granularity",
	 .value = GRANULARITY_LINES,
	 .summary = "One row a source line"},
	{.name = "addresses",
	 .kind = OPTION_CHOICE,
	 .group = "granularity",
	 .value = GRANULARITY_ADDRESSES,
	 .summary = "One row an address"},
	{.name = "noinlines",
	 .kind = OPTION_BOOL,
	 .field = VIEW(no_inlines),
	 .summary = "Count inlined functions for their first real caller"},
	{.name = "showcolumns",
	 .kind = OPTION_BOOL,
	 .field = VIEW(show_columns),
	 .summary = "Tell columns of a line apart at -lines"},
	{.name = "sample_index",
	 .kind = OPTION_TEXT,
	 .field = offsetof(struct settings, sample_index),
	 .argument = "TYPE",
	 .summary = "Which value of the samples to show: its name or its number"},
	{.name = "nodecount",
	 .kind = OPTION_INTEGER,
	 .field = REPORT(node_count),
	 .argument = "N",
	 .summary = "Show at most N nodes; 0 is all, -1 the report's default"},
	{.name = "nodefraction",
	 .kind = OPTION_NUMBER,
	 .field = REPORT(node_fraction),
	 .argument = "F",
	 .summary = "Drop nodes below this share of the total (0.005)"},
	{.name = "edgefraction",
	 .kind = OPTION_NUMBER,
	 .field = REPORT(edge_fraction),
	 .argument = "F",
	 .summary = "Drop edges below this share of the total (0.001)"},
	{.name = "trim",
	 .kind = OPTION_BOOL,
	 .field = REPORT(trim),
	 .summary = "Honour nodecount, nodefraction and edgefraction (default)"},
	{.name = "call_tree",
	 .kind = OPTION_BOOL,
	 .field = REPORT(call_tree),
	 .summary = "Draw a function once for each way to reach it (dot, images, callgrind)"},
	{.name = "flame",
	 .kind = OPTION_BOOL,
	 .field = REPORT(flame),
	 .summary = "Put the root of -flamegraph at the bottom"},
	{.name = "drop_negative",
	 .kind = OPTION_BOOL,
	 .field = REPORT(drop_negative),
	 .summary = "Leave out nodes with negative values"},
	{.name = "relative_percentages",
	 .kind = OPTION_BOOL,
	 .field = VIEW(relative),
	 .summary = "100 % is what the filters leave"},
	{.name = "signed_percentages",
	 .kind = OPTION_BOOL,
	 .field = REPORT(signed_percentages),
	 .summary = "Show percentages of negative values with their sign"},
	{.name = "mean",
	 .kind = OPTION_BOOL,
	 .field = VIEW(mean),
	 .summary = "Average over the first value of the samples"},
	{.name = "divide_by",
	 .kind = OPTION_NUMBER,
	 .field = REPORT(divide_by),
	 .nonzero = true,
	 .argument = "N",
	 .summary = "Divide all values by N before showing them"},
	{.name = "unit",
	 .kind = OPTION_TEXT,
	 .field = REPORT(unit),
	 .argument = "UNIT",
	 .summary = "Unit of all values: ms, MB, ...; auto for each by itself"},
	{.name = "compact_labels",
	 .kind = OPTION_BOOL,
	 .field = REPORT(compact_labels),
	 .summary = "No lines about the file above a report"},
	{.name = "normalize",
	 .kind = OPTION_BOOL,
	 .field = offsetof(struct settings, normalize),
	 .summary = "Scale the profile to the total of the base first"},
	{.name = "focus",
	 .kind = OPTION_FILTER,
	 .field = FILTER_FOCUS,
	 .argument = "REGEX",
	 .summary = "Keep only samples with a matching function"},
	{.name = "ignore",
	 .kind = OPTION_FILTER,
	 .field = FILTER_IGNORE,
	 .argument = "REGEX",
	 .summary = "Drop samples with a matching function"},
	{.name = "hide",
	 .kind = OPTION_FILTER,
	 .field = FILTER_HIDE,
	 .argument = "REGEX",
	 .summary = "Take matching functions out of the stacks"},
	{.name = "show",
	 .kind = OPTION_FILTER,
	 .field = FILTER_SHOW,
	 .argument = "REGEX",
	 .summary = "Take all but matching functions out of the stacks"},
	{.name = "show_from",
	 .kind = OPTION_FILTER,
	 .field = FILTER_SHOW_FROM,
	 .argument = "REGEX",
	 .summary = "Cut the stacks above the first matching function"},
	{.name = "prune_from",
	 .kind = OPTION_FILTER,
	 .field = FILTER_PRUNE_FROM,
	 .argument = "REGEX",
	 .summary = "Cut the stacks below the matching function"},
	{.name = "tagfocus",
	 .kind = OPTION_FILTER,
	 .field = FILTER_TAGFOCUS,
	 .argument = "EXPR",
	 .summary =
		 "Keep only samples with a matching label: [KEY=]REGEX,... or a range such as 1kb:5mb"},
	{.name = "tagignore",
	 .kind = OPTION_FILTER,
	 .field = FILTER_TAGIGNORE,
	 .argument = "EXPR",
	 .summary = "Drop samples with a matching label"},
	{.name = "string_ranges",
	 .kind = OPTION_BOOL,
	 .field = VIEW(string_ranges),
	 .summary =
		 "Let ranges in tagfocus and tagignore, bare numbers too, match labels that are text"},
	{.name = "tagshow",
	 .kind = OPTION_FILTER,
	 .field = FILTER_TAGSHOW,
	 .argument = "REGEX",
	 .summary = "Show only labels whose key matches"},
	{.name = "taghide",
	 .kind = OPTION_FILTER,
	 .field = FILTER_TAGHIDE,
	 .argument = "REGEX",
	 .summary = "Leave out labels whose key matches"},
	{.name = "tagroot",
	 .kind = OPTION_TEXT,
	 .field = VIEW(tagroot),
	 .argument = "KEY,...",
	 .summary = "Show the values of these labels as frames above the root"},
	{.name = "tagleaf",
	 .kind = OPTION_TEXT,
	 .field = VIEW(tagleaf),
	 .argument = "KEY,...",
	 .summary = "Show the values of these labels as frames below the leaves"},
	{.name = "by_class",
	 .kind = OPTION_BOOL,
	 .field = VIEW(by_class),
	 .summary =
		 "Show what kind of work each sample is (garbage collection, locks, ...) as a frame above the root"},
	{.name = "count_once",
	 .kind = OPTION_BOOL,
	 .field = REPORT(count_once),
	 .summary =
		 "Let -list count a sample once for each line and function, however deep the recursion"},
	{.name = "intel_syntax",
	 .kind = OPTION_BOOL,
	 .field = REPORT(intel_syntax),
	 .summary = "Instructions of -disasm and -weblist in Intel's syntax"},
	{.name = "corrected",
	 .kind = OPTION_BOOL,
	 .field = VIEW(corrected),
	 .summary =
		 "Where pprof's answer misleads, give the right one: one row a file, no unit that values "
		 "were not converted to, KEY=VALUE for several label keys as frames"},
	{.name = "source_path",
	 .kind = OPTION_TEXT,
	 .field = VIEW(source_path),
	 .argument = "PATHS",
	 .summary =
		 "Directories to look for source files in, separated by colons; the current one if not set"},
	{.name = "trim_path",
	 .kind = OPTION_TEXT,
	 .field = VIEW(trim_path),
	 .argument = "PATHS",
	 .summary = "Prefixes to take off file names, separated by colons"},
	{.name = "threshold",
	 .kind = OPTION_TEXT,
	 .field = REPORT(thresholds),
	 .argument = "NAME=N,...",
	 .summary = "Limits of -diagnose; the manual lists them"},
	{.name = "check",
	 .kind = OPTION_TEXT,
	 .field = REPORT(check),
	 .argument = "RULES",
	 .summary =
		 "With -compare: exit status 4 if a change is real and beyond max-regress=N% (a function) or "
		 "max-growth=N% (the total)"},
	{.name = "split",
	 .kind = OPTION_TEXT,
	 .field = REPORT(split),
	 .argument = "LABEL=A,B",
	 .summary = "Compare the samples of one profile with label A to those with label B"},
	{.name = "by",
	 .kind = OPTION_TEXT,
	 .field = REPORT(by),
	 .argument = "COLUMN",
	 .summary = "Sort the rows of the reports on traces by this column"},
	{.name = "json",
	 .kind = OPTION_BOOL,
	 .field = REPORT(json),
	 .summary =
		 "Write top, text, tree, peek, tags, diagnose, compare or a table of a trace as JSON; the manual names the fields"},
	{.name = "csv",
	 .kind = OPTION_BOOL,
	 .field = REPORT(csv),
	 .summary =
		 "Write top, text, tree, peek, tags or a table of a trace as CSV; the manual names the columns"},
	{.name = "output",
	 .kind = OPTION_TEXT,
	 .field = offsetof(struct settings, output),
	 .argument = "FILE",
	 .summary = "Write the report to FILE"},
	{.name = NULL},
};

void settings_init(struct settings *settings)
{
	*settings = (struct settings){
		.report =
			{
				.node_count = -1,
				.node_fraction = 0.005,
				.edge_fraction = 0.001,
				.trim = true,
				.divide_by = 1,
				.unit = alloc_text("minimum"),
				.thresholds = alloc_text(""),
				.check = alloc_text(""),
				.split = alloc_text(""),
				.by = alloc_text(""),
			},
		.sample_index = alloc_text(""),
		.output = alloc_text(""),
	};
}

void settings_copy(struct settings *to, const struct settings *from)
{
	*to = *from;
	view_spec_copy(&to->view, &from->view);
	to->report.unit = alloc_text(from->report.unit);
	to->report.thresholds = alloc_text(from->report.thresholds);
	to->report.check = alloc_text(from->report.check);
	to->report.split = alloc_text(from->report.split);
	to->report.by = alloc_text(from->report.by);
	to->sample_index = alloc_text(from->sample_index);
	to->output = alloc_text(from->output);
}

void settings_clear(struct settings *settings)
{
	view_spec_clear(&settings->view);
	free(settings->report.unit);
	free(settings->report.thresholds);
	free(settings->report.check);
	free(settings->report.split);
	free(settings->report.by);
	free(settings->sample_index);
	free(settings->output);
	*settings = (struct settings){0};
}

bool settings_equal(const struct settings *a, const struct settings *b)
{
	struct settings other = *b;

	if (!view_spec_equal(&a->view, &b->view))
		return false;
	other.sample_index = a->sample_index;
	for (const struct option *option = options; option->name; option++)
		if (!option_equal(a, &other, option))
			return false;
	return true;
}

bool settings_resolve(struct settings *settings, const struct profile *profile, struct error *error)
{
	return profile_find_type(profile, settings->sample_index, &settings->view.value_type,
				 error);
}

const struct option *option_find(const char *name)
{
	for (const struct option *option = options; option->name; option++)
		if (strcmp(option->name, name) == 0)
			return option;
	return NULL;
}

const struct option *option_find_choice(const char *group, const char *value)
{
	for (const struct option *option = options; option->name; option++)
		if (option->group && strcmp(option->group, group) == 0 &&
		    strcmp(option->name, value) == 0)
			return option;
	return NULL;
}

bool option_list_choices(const char *group, struct text *choices)
{
	size_t before = choices->length;

	for (const struct option *option = options; option->name; option++)
		if (option->group && strcmp(option->group, group) == 0)
			text_printf(choices, "%s%s", choices->length > before ? ", " : "",
				    option->name);
	return choices->length > before;
}

bool option_parse_bool(const char *text, bool *value)
{
	static const char *const words[2][6] = {{"false", "f", "no", "n", "0", NULL},
						{"true", "t", "yes", "y", "1", ""}};

	for (int truth = 0; truth < 2; truth++) {
		for (int i = 0; i < 6 && words[truth][i]; i++) {
			if (strcasecmp(words[truth][i], text) == 0) {
				*value = truth;
				return true;
			}
		}
	}
	return false;
}

const char *option_instead(const char *name)
{
	static const char *const rows[][2] = {
		{"http", "leave it out for the explorer"},
		{"no_browser", "leave it out for the explorer"},
		{"web", "try svg with output=FILE"},
		{"gv", "try ps with output=FILE"},
		{"evince", "try pdf with output=FILE"},
		{"eog", "try svg with output=FILE"},
		{"kcachegrind", "try callgrind with output=FILE"},
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		if (strcmp(rows[i][0], name) == 0)
			return rows[i][1];
	return NULL;
}

/* A field of the settings, by its offset. */
static void *field_of(const struct settings *settings, const struct option *option)
{
	return (char *)settings + option->field;
}

static void choose(struct settings *settings, const struct option *option)
{
	if (strcmp(option->group, "sort") == 0)
		settings->report.cum = option->value;
	else
		settings->view.granularity = (enum granularity)option->value;
}

static bool is_chosen(const struct settings *settings, const struct option *option)
{
	if (strcmp(option->group, "sort") == 0)
		return settings->report.cum == (bool)option->value;
	return settings->view.granularity == (enum granularity)option->value;
}

static bool set_switch(struct settings *settings, const struct option *option, const char *value,
		       struct error *error)
{
	bool truth;

	if (!option_parse_bool(value, &truth))
		return error_set(error, "%s=%s: use true or false", option->name, value);
	if (option->kind == OPTION_BOOL)
		*(bool *)field_of(settings, option) = truth;
	else if (truth)
		choose(settings, option);
	return true;
}

static bool set_number(struct settings *settings, const struct option *option, const char *value,
		       struct error *error)
{
	char *end;

	errno = 0;
	if (option->kind == OPTION_INTEGER) {
		long number = strtol(value, &end, 0);

		if (errno || *end || end == value || number < INT32_MIN || number > INT32_MAX)
			return error_set(error, "%s=%s: use a whole number", option->name, value);
		*(int32_t *)field_of(settings, option) = (int32_t)number;
	} else {
		double number = strtod(value, &end);

		if (errno || *end || end == value)
			return error_set(error, "%s=%s: use a number", option->name, value);
		if (number == 0 && option->nonzero)
			return error_set(error, "%s is 0; use another number", option->name);
		*(double *)field_of(settings, option) = number;
	}
	return true;
}

bool option_set(struct settings *settings, const struct option *option, const char *value,
		struct error *error)
{
	char **text;

	switch (option->kind) {
	case OPTION_BOOL:
	case OPTION_CHOICE:
		return set_switch(settings, option, value, error);
	case OPTION_INTEGER:
	case OPTION_NUMBER:
		return set_number(settings, option, value, error);
	case OPTION_FILTER:
		view_spec_set_filter(&settings->view, (enum view_filter)option->field, value);
		return true;
	case OPTION_TEXT:
		text = field_of(settings, option);
		free(*text);
		*text = alloc_text(value);
		return true;
	}
	return true;
}

static const char *text_of(const struct settings *settings, const struct option *option)
{
	const char *text = *(char **)field_of(settings, option);

	return text ? text : "";
}

bool option_equal(const struct settings *a, const struct settings *b, const struct option *option)
{
	const void *left = field_of(a, option), *right = field_of(b, option);

	switch (option->kind) {
	case OPTION_BOOL:
		return *(const bool *)left == *(const bool *)right;
	case OPTION_CHOICE:
		return is_chosen(a, option) == is_chosen(b, option);
	case OPTION_INTEGER:
		return *(const int32_t *)left == *(const int32_t *)right;
	case OPTION_NUMBER:
		/* To the last bit: printed they may look the same. */
		return memcmp(left, right, sizeof(double)) == 0;
	case OPTION_FILTER:
		return strcmp(view_spec_filter(&a->view, (enum view_filter)option->field),
			      view_spec_filter(&b->view, (enum view_filter)option->field)) == 0;
	case OPTION_TEXT:
		return strcmp(text_of(a, option), text_of(b, option)) == 0;
	}
	return true;
}

void option_print(const struct settings *settings, const struct option *option, struct text *value)
{
	switch (option->kind) {
	case OPTION_BOOL:
		text_add_string(value, *(bool *)field_of(settings, option) ? "true" : "false");
		break;
	case OPTION_CHOICE:
		text_add_string(value, is_chosen(settings, option) ? "true" : "false");
		break;
	case OPTION_INTEGER:
		text_printf(value, "%d", *(int32_t *)field_of(settings, option));
		break;
	case OPTION_NUMBER:
		text_printf(value, "%g", *(double *)field_of(settings, option));
		break;
	case OPTION_FILTER:
		text_add_string(value,
				view_spec_filter(&settings->view, (enum view_filter)option->field));
		break;
	case OPTION_TEXT:
		text_add_string(value, text_of(settings, option));
		break;
	}
}
