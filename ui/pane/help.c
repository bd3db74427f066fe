/* SPDX-License-Identifier: MIT */
/* The text that ui/app/help_page.h makes. */
#include "ui/pane/list.h"
#include "ui/widget/text_pane.h"

static struct pane *help_open(struct session *session)
{
	return text_pane_open(session, &pane_help);
}

const struct pane_kind pane_help = {
	.name = "help",
	.title = "Help",
	.groups = "list text",
	.hints = "close:back search:search",
	.side = SIDE_OVER,
	.open = help_open,
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
