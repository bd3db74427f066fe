/* SPDX-License-Identifier: MIT */
#include "ui/widget/empty_view.h"

#include <string.h>

#include "base/text.h"
#include "ui/term/theme.h"

/* Filters that keep only what they match: with nothing to match, nothing is left. */
static bool emptied_alone(const struct view *view, int filter)
{
	bool narrows = filter == FILTER_FOCUS || filter == FILTER_SHOW ||
		       filter == FILTER_SHOW_FROM || filter == FILTER_TAGFOCUS;

	return narrows && view->spec.filters[filter] && (view->filters_missed >> filter & 1);
}

/* The filters that are to blame: those that emptied it alone, else all that had something to take away. */
static uint32_t find_culprits(const struct view *view)
{
	uint32_t alone = 0, together = 0;

	for (int i = 0; i < FILTER_COUNT; i++) {
		if (emptied_alone(view, i))
			alone |= 1u << i;
		if (view->spec.filters[i] && !(view->filters_missed >> i & 1))
			together |= 1u << i;
	}
	return alone ? alone : together;
}

static void describe_filters(const struct view *view, uint32_t culprits, struct text *text)
{
	bool alone = false;
	int count = 0;

	for (int i = 0; i < FILTER_COUNT; i++) {
		if (!(culprits >> i & 1))
			continue;
		alone = emptied_alone(view, i);
		text_printf(text, "%s%s=%s", count++ ? ", " : "", view_filter_names[i],
			    view->spec.filters[i]);
	}
	text_add_string(text, alone       ? " matched nothing"
			      : count > 1 ? " leave nothing"
					  : " leaves nothing");
}

void empty_view_describe(const struct session *session, struct text *why, struct text *remedy)
{
	const struct view *view = session->shown.view;
	uint32_t culprits = find_culprits(view), type;

	if (culprits) {
		describe_filters(view, culprits, why);
		for (int i = 0; i < FILTER_COUNT; i++)
			if (culprits >> i & 1)
				text_printf(remedy, ":%s=   and Enter clears %s\n",
					    view_filter_names[i], view_filter_names[i]);
		if (session_can_undo(session))
			text_add_string(remedy, "u   undoes the last change\n");
		text_add_string(remedy,
				"F   lists the filters: x takes one away, Space switches it off\n");
		return;
	}
	if (!view->profile->sample_count) {
		text_add_string(why, "the profile has no samples");
		return;
	}
	text_printf(why, "no samples with a value of type %s", view_type(view));
	type = session_find_type(view->profile, view->spec.value_type);
	if (type != NONE)
		text_printf(remedy, ":%s   and Enter shows a type that has values\n",
			    profile_text(view->profile, view->profile->types[type].type));
	if (view->profile->type_count > 1)
		text_add_string(remedy, "m   shows the next sample type\n");
}

void empty_view_draw(const struct session *session, struct canvas *canvas)
{
	struct text why = {0}, remedy = {0};
	int row = 3;

	empty_view_describe(session, &why, &remedy);
	canvas_fit(canvas, 1, 2, canvas->columns - 4, STYLE_STRONG, why.bytes, why.length);
	for (const char *line = text_string(&remedy); *line;) {
		size_t length = strcspn(line, "\n");

		canvas_text(canvas, row++, 2, STYLE_PLAIN, line, length);
		line += length + 1;
	}
	text_clear(&why);
	text_clear(&remedy);
}
