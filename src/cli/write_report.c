/* SPDX-License-Identifier: MIT */
#include "cli/write_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "cli/extra_frames.h"
#include "cli/message.h"
#include "cli/output.h"
#include "diagnose/diagnose.h"
#include "view/label_unit.h"
#include "view/typed_pattern.h"

/* The part of an expression that is a range: what stands behind the key. */
static const char *range_of(const struct view *view, enum view_filter filter)
{
	const char *expression = view_spec_filter(&view->spec, filter);
	const char *equals = strchr(expression, '=');

	return equals ? equals + 1 : expression;
}

/* How the text of a filter is written that matched nothing but stands in a name. */
static void note_text(const struct view *view, enum view_filter filter, struct text *notes)
{
	const char *expression = view_spec_filter(&view->spec, filter);
	struct text quoted = {0};
	const char *found = typed_pattern(view->profile, expression, false, &quoted);

	if (found != expression)
		text_printf(notes, "for the text itself write -%s='%s'\n",
			    view_filter_names[filter], found);
	text_clear(&quoted);
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
		if (view->filters_missed >> i & 1 && names[i]) {
			text_printf(notes, "%s expression matched no samples\n", names[i]);
			if (i < FILTER_TAGFOCUS)
				note_text(view, (enum view_filter)i, notes);
		}
}

/* What -corrected would change, or could not. */
static void note_corrections(const struct view *view, const struct settings *settings,
			     struct text *notes)
{
	const char *unit = settings->report.unit, *from = view_unit(view);

	if (!unit_fits(from, unit))
		text_printf(notes, "-unit=%s: values in %s have no such unit%s\n", unit,
			    *from ? from : "no unit",
			    view->spec.corrected ? "; they keep their own"
						 : "; -corrected lets them keep their own");
	if (view->split_rows && !view->spec.corrected)
		text_add_string(notes,
				"some rows differ only in what is not shown, as pprof has it; "
				"-corrected makes one of them\n");
}

/* A view of one of several profiles, of its own default type unless it has the one asked for. */
static const struct view *build_view(const struct report *report, const struct settings *settings,
				     const struct profile *profile, const char *tagfocus,
				     struct error *error)
{
	struct view_spec wanted = settings->view, spec;
	struct error missing;
	struct view *view;

	if (!profile_find_type(profile, settings->sample_index, &wanted.value_type, &missing) &&
	    !profile_find_type(profile, "", &wanted.value_type, error))
		return NULL;
	report_view_spec(report, &wanted, &spec);
	if (tagfocus)
		view_spec_set_filter(&spec, FILTER_TAGFOCUS, tagfocus);
	view = view_build(profile, &spec, error);
	view_spec_clear(&spec);
	return view;
}

/* "LABEL=A,B": two views of one profile, named by their label. The names must be freed. */
static bool build_split(const struct report *report, const struct settings *settings,
			const struct profile *profile, struct diagnose_input inputs[2],
			struct error *error)
{
	const char *split = settings->report.split, *equals = strchr(split, '=');
	const char *comma = equals ? strchr(equals, ',') : NULL;
	const char *values[2] = {equals ? equals + 1 : "", comma ? comma + 1 : ""};

	if (!comma || equals == split || comma == values[0] || !*values[1] ||
	    strchr(values[1], ','))
		return error_set(error, "-split=%s: give LABEL=A,B", split);
	if (*view_spec_filter(&settings->view, FILTER_TAGFOCUS))
		return error_set(error, "-split and -tagfocus: name only one of them");
	for (int i = 0; i < 2; i++) {
		int length = (int)(i ? strlen(values[1]) : (size_t)(comma - values[0]));
		struct text name = {0}, value = {0}, focus = {0};

		text_printf(&value, "%.*s", length, values[i]);
		text_printf(&name, "%.*s=%s", (int)(equals - split), split, value.bytes);
		text_printf(&focus, "%.*s=^", (int)(equals - split), split);
		pattern_quote(&focus, value.bytes);
		text_add_char(&focus, '$');
		inputs[i].name = alloc_text(name.bytes);
		inputs[i].view = build_view(report, settings, profile, focus.bytes, error);
		text_clear(&name);
		text_clear(&value);
		text_clear(&focus);
		if (!inputs[i].view)
			return false;
		if (!inputs[i].view->kept_samples)
			return error_set(error,
					 "-split: no sample has the label %s; -tags lists them",
					 inputs[i].name);
	}
	return true;
}

static void clear_split(struct diagnose_input inputs[2])
{
	for (int i = 0; i < 2; i++) {
		view_free((struct view *)inputs[i].view);
		free((char *)inputs[i].name);
	}
}

static bool render_split(const struct report *report, const struct settings *settings,
			 const struct profile *profile, FILE *out, struct error *error)
{
	struct diagnose_input inputs[2] = {{NULL, NULL}, {NULL, NULL}};
	struct report_input input = {
		.options = &settings->report, .inputs = inputs, .input_count = 2};
	bool good = build_split(report, settings, profile, inputs, error);

	input.view = inputs[0].view;
	good = good && report_write(&input, report, out, error);
	clear_split(inputs);
	return good;
}

static bool render_profile(const struct report *report, const struct pattern *argument,
			   const struct settings *settings, const struct profile *profile,
			   FILE *out, struct text *notes, struct error *error)
{
	struct view_spec wanted = settings->view, spec;
	struct report_input input = {
		.options = &settings->report, .argument = argument, .notes = notes};
	struct view *view = NULL;
	bool good;

	if (!profile_find_type(profile, settings->sample_index, &wanted.value_type, error))
		return false;
	report_view_spec(report, &wanted, &spec);
	view = view_build(profile, &spec, error);
	view_spec_clear(&spec);
	input.view = view;
	good = view && report_write(&input, report, out, error);
	if (view && notes) {
		note_misses(view, notes);
		note_corrections(view, settings, notes);
	}
	view_free(view);
	return good;
}

bool render_report(const struct report *report, const struct pattern *argument,
		   const struct settings *settings, const struct profile *profile, FILE *out,
		   struct text *notes, struct error *error)
{
	struct settings corrected = *settings; /* what it points to stays the caller's */
	struct extra_frames frames;
	bool good;

	if (report->pairs && *settings->report.split)
		return render_split(report, settings, profile, out, error);
	if (notes)
		label_units_note_mixed(profile, notes);
	if (report->ours || settings->report.json || settings->report.csv)
		corrected.view.corrected = true;
	settings = &corrected;
	if (!extra_frames_add(profile, &settings->view, settings->report.unit, &frames, error))
		return false;
	if (notes && frames.mixed)
		text_add_string(notes, "values of several labels have one name, as pprof has it; "
				       "-corrected writes KEY=VALUE\n");
	if (notes && frames.root_missed)
		text_add_string(notes, "TagRoot expression matched no samples\n");
	if (notes && frames.leaf_missed)
		text_add_string(notes, "TagLeaf expression matched no samples\n");
	good = render_profile(report, argument, settings, frames.profile ? frames.profile : profile,
			      out, notes, error);
	profile_free(frames.profile);
	return good;
}

bool write_report(const struct report *report, const struct pattern *argument,
		  const struct settings *settings, const struct profile *profile, bool numbered,
		  struct error *error)
{
	struct output_target target = {settings->output, report->extension, numbered};
	struct text notes = {0};
	FILE *out;
	struct output *output = output_open(&target, &out, error);
	bool good;

	if (!output)
		return false;
	good = render_report(report, argument, settings, profile, out, &notes, error);
	message_print_lines(text_string(&notes));
	good = output_close(output, good, error);
	text_clear(&notes);
	return good;
}

bool build_inputs(const struct report *report, const struct settings *settings,
		  const struct profile *const *profiles, char *const *names, uint32_t count,
		  struct diagnose_input *inputs, struct error *error)
{
	for (uint32_t i = 0; i < count; i++) {
		inputs[i].name = names[i];
		inputs[i].view = build_view(report, settings, profiles[i], NULL, error);
		if (!inputs[i].view)
			return error_wrap(error, "%s", names[i]);
	}
	return true;
}

bool render_report_of(const struct report *report, const struct settings *settings,
		      struct profile *const *profiles, char *const *names, uint32_t count,
		      FILE *out, int *status, struct error *error)
{
	struct diagnose_input *inputs = alloc_zero((size_t)count + 1, sizeof(*inputs));
	bool split = report->pairs && *settings->report.split;
	struct report_input input = {.options = &settings->report,
				     .inputs = inputs,
				     .input_count = split ? 2 : count,
				     .status = status};
	bool good;

	if (split && count != 1)
		good = error_set(error, "-split takes one profile");
	else if (split)
		good = build_split(report, settings, profiles[0], inputs, error);
	else
		good = build_inputs(report, settings, (const struct profile *const *)profiles,
				    names, count, inputs, error);
	input.view = inputs[0].view;
	good = good && report_write(&input, report, out, error);
	for (uint32_t i = 0; i <= count; i++) {
		view_free((struct view *)inputs[i].view);
		if (split)
			free((char *)inputs[i].name);
	}
	free(inputs);
	return good;
}

bool write_report_of(const struct report *report, const struct settings *settings,
		     struct profile *const *profiles, char *const *names, uint32_t count,
		     int *status, struct error *error)
{
	struct output_target target = {settings->output, report->extension, false};
	FILE *out;
	struct output *output = output_open(&target, &out, error);
	bool good;

	if (!output)
		return false;
	good = render_report_of(report, settings, profiles, names, count, out, status, error);
	return output_close(output, good, error);
}
