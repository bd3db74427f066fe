/* SPDX-License-Identifier: MIT */
#include "setting/options.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"

#define VIEW(field) offsetof(struct settings, view.field)
#define REPORT(field) offsetof(struct settings, report.field)

const struct option options[] = {
	{"flat", OPTION_CHOICE, 0, false, "sort", NULL,
	 "Sort by the cost of the functions themselves (default)"},
	{"cum", OPTION_CHOICE, 0, true, "sort", NULL,
	 "Sort by the cost of the functions with all they call"},
	{"functions", OPTION_CHOICE, 0, GRANULARITY_FUNCTIONS, "granularity", NULL,
	 "One row a function (default)"},
	{"filefunctions", OPTION_CHOICE, 0, GRANULARITY_FILEFUNCTIONS, "granularity", NULL,
	 "One row a function and source file"},
	{"files", OPTION_CHOICE, 0, GRANULARITY_FILES, "granularity", NULL,
	 "One row a source file"},
	{"lines", OPTION_CHOICE, 0, GRANULARITY_LINES, "granularity", NULL,
	 "One row a source line"},
	{"addresses", OPTION_CHOICE, 0, GRANULARITY_ADDRESSES, "granularity", NULL,
	 "One row an address"},
	{"noinlines", OPTION_BOOL, VIEW(no_inlines), 0, NULL, NULL,
	 "Count inlined functions for their first real caller"},
	{"showcolumns", OPTION_BOOL, VIEW(show_columns), 0, NULL, NULL,
	 "Tell columns of a line apart at -lines"},
	{"sample_index", OPTION_TEXT, offsetof(struct settings, sample_index), 0, NULL, "TYPE",
	 "Which value of the samples to show: its name or its number"},
	{"nodecount", OPTION_INTEGER, REPORT(node_count), 0, NULL, "N",
	 "Show at most N nodes; 0 is all, -1 the report's default"},
	{"nodefraction", OPTION_NUMBER, REPORT(node_fraction), 0, NULL, "F",
	 "Drop nodes below this share of the total (0.005)"},
	{"edgefraction", OPTION_NUMBER, REPORT(edge_fraction), 0, NULL, "F",
	 "Drop edges below this share of the total (0.001)"},
	{"trim", OPTION_BOOL, REPORT(trim), 0, NULL, NULL,
	 "Honour nodecount, nodefraction and edgefraction (default)"},
	{"call_tree", OPTION_BOOL, REPORT(call_tree), 0, NULL, NULL,
	 "Draw a function once for each way to reach it (dot, images, callgrind)"},
	{"flame", OPTION_BOOL, REPORT(flame), 0, NULL, NULL,
	 "Put the root of -flamegraph at the bottom"},
	{"drop_negative", OPTION_BOOL, REPORT(drop_negative), 0, NULL, NULL,
	 "Leave out nodes with negative values"},
	{"relative_percentages", OPTION_BOOL, VIEW(relative), 0, NULL, NULL,
	 "100 % is what the filters leave"},
	{"signed_percentages", OPTION_BOOL, REPORT(signed_percentages), 0, NULL, NULL,
	 "Show percentages of negative values with their sign"},
	{"mean", OPTION_BOOL, VIEW(mean), 0, NULL, NULL,
	 "Average over the first value of the samples"},
	{"divide_by", OPTION_NUMBER, REPORT(divide_by), 0, NULL, "N",
	 "Divide all values by N before showing them"},
	{"unit", OPTION_TEXT, REPORT(unit), 0, NULL, "UNIT",
	 "Unit of all values: ms, MB, ...; auto for each by itself"},
	{"compact_labels", OPTION_BOOL, REPORT(compact_labels), 0, NULL, NULL,
	 "No lines about the file above a report"},
	{"normalize", OPTION_BOOL, offsetof(struct settings, normalize), 0, NULL, NULL,
	 "Scale the profile to the total of the base first"},
	{"focus", OPTION_FILTER, FILTER_FOCUS, 0, NULL, "REGEX",
	 "Keep only samples with a matching function"},
	{"ignore", OPTION_FILTER, FILTER_IGNORE, 0, NULL, "REGEX",
	 "Drop samples with a matching function"},
	{"hide", OPTION_FILTER, FILTER_HIDE, 0, NULL, "REGEX",
	 "Take matching functions out of the stacks"},
	{"show", OPTION_FILTER, FILTER_SHOW, 0, NULL, "REGEX",
	 "Take all but matching functions out of the stacks"},
	{"show_from", OPTION_FILTER, FILTER_SHOW_FROM, 0, NULL, "REGEX",
	 "Cut the stacks above the first matching function"},
	{"prune_from", OPTION_FILTER, FILTER_PRUNE_FROM, 0, NULL, "REGEX",
	 "Cut the stacks below the matching function"},
	{"tagfocus", OPTION_FILTER, FILTER_TAGFOCUS, 0, NULL, "EXPR",
	 "Keep only samples with a matching label: [KEY=]REGEX,... or a range such as 1kb:5mb"},
	{"tagignore", OPTION_FILTER, FILTER_TAGIGNORE, 0, NULL, "EXPR",
	 "Drop samples with a matching label"},
	{"string_ranges", OPTION_BOOL, VIEW(string_ranges), 0, NULL, NULL,
	 "Let ranges in tagfocus and tagignore, bare numbers too, match labels that are text"},
	{"tagshow", OPTION_FILTER, FILTER_TAGSHOW, 0, NULL, "REGEX",
	 "Show only labels whose key matches"},
	{"taghide", OPTION_FILTER, FILTER_TAGHIDE, 0, NULL, "REGEX",
	 "Leave out labels whose key matches"},
	{"tagroot", OPTION_TEXT, VIEW(tagroot), 0, NULL, "KEY,...",
	 "Show the values of these labels as frames above the root"},
	{"tagleaf", OPTION_TEXT, VIEW(tagleaf), 0, NULL, "KEY,...",
	 "Show the values of these labels as frames below the leaves"},
	{"by_class", OPTION_BOOL, VIEW(by_class), 0, NULL, NULL,
	 "Show what kind of work each sample is (garbage collection, locks, ...) as a frame above the root"},
	{"count_once", OPTION_BOOL, REPORT(count_once), 0, NULL, NULL,
	 "Let -list count a sample once for each line and function, however deep the recursion"},
	{"source_path", OPTION_TEXT, VIEW(source_path), 0, NULL, "PATHS",
	 "Folders to look for source files in, separated by colons; the current one if not set"},
	{"trim_path", OPTION_TEXT, VIEW(trim_path), 0, NULL, "PATHS",
	 "Prefixes to take off file names, separated by colons"},
	{"intel_syntax", OPTION_BOOL, offsetof(struct settings, intel_syntax), 0, NULL, NULL,
	 "Accepted for pprof's sake: nothing is disassembled"},
	{"threshold", OPTION_TEXT, REPORT(thresholds), 0, NULL, "NAME=N,...",
	 "Limits of -diagnose; the manual lists them"},
	{"check", OPTION_TEXT, REPORT(check), 0, NULL, "RULES",
	 "With -compare: exit status 4 if a change is real and beyond max-regress=N% (a function) or "
	 "max-growth=N% (the total)"},
	{"split", OPTION_TEXT, REPORT(split), 0, NULL, "LABEL=A,B",
	 "Compare the samples of one profile with label A to those with label B"},
	{"json", OPTION_BOOL, REPORT(json), 0, NULL, NULL,
	 "Write top, text, tree, peek, tags, diagnose or compare as JSON; the manual names the fields"},
	{"csv", OPTION_BOOL, REPORT(csv), 0, NULL, NULL,
	 "Write top, text, tree, peek or tags as CSV; the manual names the columns"},
	{"output", OPTION_TEXT, offsetof(struct settings, output), 0, NULL, "FILE",
	 "Write the report to FILE"},
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
		{"weblist", "try list"},
		{"disasm", "try list, or peek with addresses"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
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
		return error_set(error, "%s=%s: name true or false", option->name, value);
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
			return error_set(error, "%s=%s: name a whole number", option->name, value);
		*(int32_t *)field_of(settings, option) = (int32_t)number;
	} else {
		double number = strtod(value, &end);

		if (errno || *end || end == value)
			return error_set(error, "%s=%s: name a number", option->name, value);
		if (number == 0 && option->field == REPORT(divide_by))
			return error_set(error, "%s is 0; name another number", option->name);
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
