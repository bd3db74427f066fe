#include "write_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "message.h"
#include "output.h"
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
		.roots = settings->view.tagroot ? settings->view.tagroot : "",
		.leaves = settings->view.tagleaf ? settings->view.tagleaf : "",
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
	FILE *out;
	struct output *output = output_open(settings->output, report->extension, &out, error);
	bool good;

	if (!output)
		return false;
	good = render_report(report, argument, settings, profile, out, &notes, error);
	message_print_lines(text_string(&notes));
	good = output_close(output, good, error);
	text_clear(&notes);
	return good;
}

/* Views of all profiles, each of its own default type unless it has the one asked for. */
static bool build_views(const struct report *report, const struct settings *settings,
			struct profile *const *profiles, uint32_t count,
			struct diagnose_input *inputs, struct error *error)
{
	for (uint32_t i = 0; i < count; i++) {
		struct view_spec wanted = settings->view, spec;
		struct error missing;

		if (!profile_find_type(profiles[i], settings->sample_index, &wanted.value_type,
				       &missing) &&
		    !profile_find_type(profiles[i], "", &wanted.value_type, error))
			return error_wrap(error, "%s", inputs[i].name);
		report_view_spec(report, &wanted, &spec);
		inputs[i].view = view_build(profiles[i], &spec, error);
		view_spec_clear(&spec);
		if (!inputs[i].view)
			return false;
	}
	return true;
}

bool write_report_of(const struct report *report, const struct settings *settings,
		     struct profile *const *profiles, char *const *names, uint32_t count,
		     bool *critical, struct error *error)
{
	struct diagnose_input *inputs = alloc_zero(count, sizeof(*inputs));
	struct report_input input = {.options = &settings->report,
				     .inputs = inputs,
				     .input_count = count,
				     .critical = critical};
	struct output *output;
	FILE *out;
	bool good;

	for (uint32_t i = 0; i < count; i++)
		inputs[i].name = names[i];
	good = build_views(report, settings, profiles, count, inputs, error);
	input.view = inputs[0].view;
	output = good ? output_open(settings->output, report->extension, &out, error) : NULL;
	good = output && report_write(&input, report, out, error);
	if (output)
		good = output_close(output, good, error);
	for (uint32_t i = 0; i < count; i++)
		view_free((struct view *)inputs[i].view);
	free(inputs);
	return good;
}
