#include "write_report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "profile/stack_tree.h"
#include "transform/tag_frames.h"

/* pprof's words for filters that matched nothing. */
static void print_misses(const struct view *view)
{
	static const char *const names[FILTER_COUNT] = {
		[FILTER_FOCUS] = "Focus",	[FILTER_IGNORE] = "Ignore",	  [FILTER_HIDE] = "Hide",
		[FILTER_SHOW] = "Show",		[FILTER_SHOW_FROM] = "ShowFrom",  [FILTER_TAGFOCUS] = "TagFocus",
		[FILTER_TAGIGNORE] = "TagIgnore", [FILTER_TAGSHOW] = "TagShow", [FILTER_TAGHIDE] = "TagHide",
	};

	for (int i = 0; i < FILTER_COUNT; i++)
		if (view->filters_missed >> i & 1 && names[i])
			fprintf(stderr, "ncprof: %s expression matched no samples\n", names[i]);
	for (int i = 0; i < FILTER_COUNT; i++)
		if (view->filters_ranges >> i & 1)
			fprintf(stderr, "ncprof: %s: taken for a range of numbers, not for a regular expression\n",
				view_filter_names[i]);
}

char *write_report_file(const struct report *report, struct error *error)
{
	struct text name = {0};

	for (int i = 1; i < 10000; i++) {
		FILE *file;

		text_reset(&name);
		text_printf(&name, "profile%03d.%s", i, report->extension);
		file = fopen(name.bytes, "wx");
		if (file) {
			fclose(file);
			return name.bytes;
		}
		if (errno != EEXIST)
			break;
	}
	error_set(error, "%s: %s; name another file with -output=FILE", text_string(&name), strerror(errno));
	text_clear(&name);
	return NULL;
}

/* Writes a finished report; names are made safe when it goes to a terminal. */
static bool put_bytes(const char *bytes, size_t length, const char *output, struct error *error)
{
	FILE *out = *output ? fopen(output, "w") : stdout;
	struct text safe = {0};
	bool good;

	if (!out)
		return error_set(error, "%s: %s; name a file that can be written", output, strerror(errno));
	if (*output)
		fprintf(stderr, "Generating report in %s\n", output);
	if (isatty(fileno(out))) {
		text_add_sanitized(&safe, bytes, length, true);
		bytes = text_string(&safe);
		length = safe.length;
	}
	good = fwrite(bytes, 1, length, out) == length && fflush(out) == 0;
	if (*output && fclose(out) != 0)
		good = false;
	text_clear(&safe);
	return good || error_set(error, "%s: %s; free some room", *output ? output : "standard output", strerror(errno));
}

/* What is not for terminals gets a file of its own there. */
static bool put_report(const struct report *report, const char *bytes, size_t length, const char *output,
		       struct error *error)
{
	char *file;
	bool good;

	if (*output || !report->extension || !isatty(STDOUT_FILENO))
		return put_bytes(bytes, length, output, error);
	file = write_report_file(report, error);
	good = file && put_bytes(bytes, length, file, error);
	free(file);
	return good;
}

static bool write_view(const struct report *report, const struct pattern *argument, const struct settings *settings,
		       const struct view *view, struct error *error)
{
	struct report_input input = {.view = view, .options = &settings->report, .argument = argument};
	char *bytes = NULL;
	size_t length = 0;
	FILE *memory = open_memstream(&bytes, &length);
	bool good;

	good = memory ? report_write(&input, report, memory, error) : error_set(error, "%s", strerror(errno));
	if (memory && fclose(memory) != 0)
		good = error_set(error, "%s", strerror(errno));
	print_misses(view);
	good = good && put_report(report, bytes, length, settings->output, error);
	free(bytes);
	return good;
}

static bool write_profile(const struct report *report, const struct pattern *argument, const struct settings *settings,
			  const struct profile *profile, struct error *error)
{
	struct view_spec wanted = settings->view, spec;
	struct profile stacked = *profile;
	struct view *view = NULL;
	bool good;

	if (settings->report.divide_by == 0)
		return error_set(error, "divide_by is 0; name another number");
	if (!profile_find_type(profile, settings->sample_index, &wanted.value_type, error))
		return false;
	report_view_spec(report, &wanted, &spec);
	/* The stacks are made for this report alone, as the profile is not ours to change. */
	good = !report->needs_stacks || profile_build_stacks(&stacked, error);
	if (good)
		view = view_build(&stacked, &spec, error);
	view_spec_clear(&spec);
	good = view && write_view(report, argument, settings, view, error);
	view_free(view);
	if (!profile->stacks)
		stack_tree_free(stacked.stacks);
	return good;
}

bool write_report(const struct report *report, const struct pattern *argument, const struct settings *settings,
		  const struct profile *profile, struct error *error)
{
	struct tag_frames frames = {
		.roots = settings->tagroot,
		.leaves = settings->tagleaf,
		.unit = settings->report.unit,
	};
	struct profile *made;
	bool good;

	if (!*frames.roots && !*frames.leaves)
		return write_profile(report, argument, settings, profile, error);
	made = tag_frames_add(profile, &frames, error);
	if (!made)
		return false;
	if (*frames.roots && !frames.root_matched)
		fputs("ncprof: TagRoot expression matched no samples\n", stderr);
	if (*frames.leaves && !frames.leaf_matched)
		fputs("ncprof: TagLeaf expression matched no samples\n", stderr);
	good = write_profile(report, argument, settings, made, error);
	profile_free(made);
	return good;
}
