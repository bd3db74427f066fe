/* SPDX-License-Identifier: MIT */
/* The text that ui/app/help_page.h makes. */
#include "ui/pane/list.h"
#include "ui/widget/text_pane.h"

const struct pane_kind pane_help = {
	.name = "help",
	.title = "Help",
	.groups = "list text",
	.hints = "close:back search:search",
	.side = SIDE_OVER,
	.list = &text_pane_list,
	.describe = text_pane_describe,
	.copy = text_pane_copy,
};
