#include "ui/pane.h"

#include <string.h>

#include "base/text.h"
#include "ui/theme.h"

/* "focus=foo matched nothing" if no filter that is set has a match, else the filters that are set. */
static void describe_filters(const struct view *view, struct text *text)
{
	bool missed = true;
	int count = 0;

	for (int i = 0; i < FILTER_COUNT; i++) {
		if (!view->spec.filters[i])
			continue;
		missed = missed && (view->filters_missed >> i & 1);
		text_printf(text, "%s%s=%s", count++ ? ", " : "", view_filter_names[i],
			    view->spec.filters[i]);
	}
	text_add_string(text, missed      ? " matched nothing"
			      : count > 1 ? " leave nothing"
					  : " leaves nothing");
}

/* The prompt line that takes the last of the filters away. */
static void draw_clearing_hint(const struct view_spec *spec, struct canvas *canvas)
{
	struct text hint = {0};

	for (int i = 0; i < FILTER_COUNT; i++) {
		if (!spec->filters[i])
			continue;
		text_reset(&hint);
		text_printf(&hint, ":%s=   and Enter clears %s", view_filter_names[i],
			    view_filter_names[i]);
	}
	canvas_string(canvas, 4, 2, 0, text_string(&hint));
	text_clear(&hint);
}

void pane_draw_empty(const struct pane *pane, struct canvas *canvas)
{
	const struct session *session = pane->session;
	const struct view *view = session->shown.view;
	struct text text = {0};

	if (view_spec_filtered(&view->spec)) {
		describe_filters(view, &text);
		canvas_fit(canvas, 1, 2, canvas->columns - 4, STYLE_STRONG, text.bytes,
			   text.length);
		canvas_string(canvas, 3, 2, 0, "u   undoes the last filter");
		draw_clearing_hint(&view->spec, canvas);
	} else {
		text_printf(&text, "no samples with a value of type %s", view_type(view));
		canvas_fit(canvas, 1, 2, canvas->columns - 4, STYLE_STRONG, text.bytes,
			   text.length);
		if (view->profile->type_count > 1)
			canvas_string(canvas, 3, 2, 0, "m   shows the next sample type");
	}
	text_clear(&text);
}
