/* SPDX-License-Identifier: MIT */
#include "ui/widget/page_view.h"

#include <string.h>

#include "profile/ids.h"
#include "ui/term/theme.h"

uint16_t page_view_severity(enum severity severity)
{
	static const uint16_t styles[SEVERITY_COUNT] = {
		[SEVERITY_UNKNOWN] = STYLE_MUTED,
		[SEVERITY_NOTE] = STYLE_KEY,
		[SEVERITY_WARNING] = STYLE_WARM,
		[SEVERITY_CRITICAL] = STYLE_ERROR,
	};

	return styles[severity];
}

static uint16_t line_style(enum page_kind kind)
{
	switch (kind) {
	case PAGE_COUNTS:
	case PAGE_TITLE:
	case PAGE_TABLE:
		return STYLE_STRONG;
	case PAGE_COLUMNS:
		return STYLE_HEADER;
	case PAGE_JUMP:
		return STYLE_KEY;
	default:
		return STYLE_PLAIN;
	}
}

void page_view_draw(const struct page_line *line, const struct findings *findings,
		    struct canvas *canvas, int left, uint16_t selection,
		    const struct pattern *search)
{
	const char *text = line->text;
	uint16_t style = line_style(line->kind) | selection;
	struct canvas rest = *canvas;

	canvas_fill(canvas, 0, 0, canvas->columns, STYLE_PLAIN);
	if (left == 0 && line->kind == PAGE_TITLE && *text != ' ') {
		canvas_text(canvas, 0, 0, page_view_severity(findings->items[line->index].severity),
			    text, PAGE_INDENT);
		text += PAGE_INDENT;
	} else if (left == 0 && strspn(text, " ") >= PAGE_INDENT) {
		/* The selection is what is said, not the room in front of it. */
		text += PAGE_INDENT;
	}
	if (text != line->text)
		rest = canvas_part(canvas, 0, PAGE_INDENT, 1, canvas->columns - PAGE_INDENT);
	canvas_matches(&rest, 0, -left, style, text, strlen(text), search);
	canvas_clip(&rest, 0, left, style, text);
}

bool page_view_step(const struct page *page, uint32_t before, struct rows *rows, int direction)
{
	int64_t row = rows->selected == NONE ? -1 : (int64_t)rows->selected - before;

	while ((row += direction) < (int64_t)page->count && (row >= 0 || direction > 0)) {
		const struct page_line *line = row > 0 ? &page->lines[row] : NULL;

		if (line && line[-1].kind == PAGE_BLANK) {
			rows_centre(rows, (uint32_t)row + before);
			return true;
		}
	}
	return false;
}
