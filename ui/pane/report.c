/* SPDX-License-Identifier: MIT */
/* A report as text, for those that have no pane of their own. */
#include "ui/pane/list.h"
#include "ui/widget/text_pane.h"

const struct pane_kind pane_report = {
	.name = "report",
	.title = "Report",
	.groups = "list text",
	.hints = "close:back search:search prompt:command",
	.side = SIDE_OVER,
	.list = &text_pane_list,
	.describe = text_pane_describe,
	.copy = text_pane_copy,
};
