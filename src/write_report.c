#include "write_report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "message.h"
#include "transform/tag_frames.h"
#include "view/label_unit.h"

/* The part of an expression that is a range: what stands behind the key. */
static const char *range_of(const struct view *view, enum view_filter filter)
{
	const char *expression = view_spec_filter(&view->spec, filter);
	const char *equals = strchr(expression, '=');

	return equals ? equals + 1 : expression;
}

/* pprof's words for filters that matched nothing or were taken for a range. */
static void note_misses(const struct view *view, struct text *notes)
{
	static const char *const names[FILTER_COUNT] = {
		[FILTER_FOCUS] = "Focus",         [FILTER_IGNORE] = "Ignore",
		[FILTER_HIDE] = "Hide",           [FILTER_SHOW] = "Show",
		[FILTER_SHOW_FROM] = "ShowFrom",  [FILTER_TAGFOCUS] = "TagFocus",
		[FILTER_TAGIGNORE] = "TagIgnore", [FILTER_TAGSHOW] = "TagShow",
		[FILTER_TAGHIDE] = "TagHide",
	};

	for (int i = 0; i < FILTER_COUNT; i++)
		if (view->filters_ranges >> i & 1)
			text_printf(notes, "%s:Interpreted '%s' as range, not regexp\n",
				    view_filter_names[i], range_of(view, (enum view_filter)i));
	for (int i = 0; i < FILTER_COUNT; i++)
		if (view->filters_missed >> i & 1 && names[i])
			text_printf(notes, "%s expression matched no samples\n", names[i]);
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
	error_set(error, "%s: %s; name another file with -output=FILE", text_string(&name),
		  strerror(errno));
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
		return error_set(error, "%s: %s; name a file that can be written", output,
				 strerror(errno));
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
	return good || error_set(error, "%s: %s; free some room",
				 *output ? output : "standard output", strerror(errno));
}

/* What is not for terminals gets a file of its own there. */
static bool put_report(const struct report *report, const char *bytes, size_t length,
		       const char *output, struct error *error)
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

static bool render_profile(const struct report *report, const struct pattern *argument,
			   const struct settings *settings, const struct profile *profile,
			   FILE *out, struct text *notes, struct error *error)
{
	struct view_spec wanted = settings->view, spec;
	struct report_input input = {.options = &settings->report, .argument = argument};
	struct view *view = NULL;
	bool good;

	if (!profile_find_type(profile, settings->sample_index, &wanted.value_type, error))
		return false;
	report_view_spec(report, &wanted, &spec);
	view = view_build(profile, &spec, error);
	view_spec_clear(&spec);
	input.view = view;
	good = view && report_write(&input, report, out, error);
	if (view && notes)
		note_misses(view, notes);
	view_free(view);
	return good;
}

bool render_report(const struct report *report, const struct pattern *argument,
		   const struct settings *settings, const struct profile *profile, FILE *out,
		   struct text *notes, struct error *error)
{
	struct tag_frames frames = {
		.roots = settings->tagroot,
		.leaves = settings->tagleaf,
		.unit = settings->report.unit,
	};
	struct profile *made;
	bool good;

	if (notes)
		label_units_note_mixed(profile, notes);
	if (!*frames.roots && !*frames.leaves)
		return render_profile(report, argument, settings, profile, out, notes, error);
	made = tag_frames_add(profile, &frames, error);
	if (!made)
		return false;
	if (notes && *frames.roots && !frames.root_matched)
		text_add_string(notes, "TagRoot expression matched no samples\n");
	if (notes && *frames.leaves && !frames.leaf_matched)
		text_add_string(notes, "TagLeaf expression matched no samples\n");
	good = render_profile(report, argument, settings, made, out, notes, error);
	profile_free(made);
	return good;
}

bool write_report(const struct report *report, const struct pattern *argument,
		  const struct settings *settings, const struct profile *profile,
		  struct error *error)
{
	struct text notes = {0};
	char *bytes = NULL;
	size_t length = 0;
	FILE *memory = open_memstream(&bytes, &length);
	bool good;

	if (!memory)
		return error_set(error, "%s", strerror(errno));
	good = render_report(report, argument, settings, profile, memory, &notes, error);
	if (fclose(memory) != 0 && good)
		good = error_set(error, "%s", strerror(errno));
	message_print_lines(text_string(&notes));
	good = good && put_report(report, bytes, length, settings->output, error);
	text_clear(&notes);
	free(bytes);
	return good;
}
