/* SPDX-License-Identifier: MIT */
/* A report as text, for those that have no pane of their own. */
#include "ui/pane/list.h"
#include "ui/widget/text_pane.h"

static struct pane *report_open(struct session *session)
{
	return text_pane_open(session, &pane_report);
}

const struct pane_kind pane_report = {
	.name = "report",
	.title = "Report",
	.groups = "list text",
	.hints = "close:back search:search prompt:command",
	.side = SIDE_OVER,
	.open = report_open,
	.close = text_pane_close,
	.refresh = text_pane_refresh,
	.draw = text_pane_draw,
	.handle = text_pane_handle,
	.describe = text_pane_describe,
	.keep = text_pane_keep,
	.copy = text_pane_copy,
	.search = text_pane_search,
	.seek = text_pane_seek,
	.matches = text_pane_matches,
};
