/* SPDX-License-Identifier: MIT */
/* What the Help pane says: keys of a pane, keys of all panes, words of the prompt, reports. */
#ifndef UI_APP_HELP_PAGE_H
#define UI_APP_HELP_PAGE_H

#include "ui/input/key_map.h"
#include "ui/widget/pane.h"

/* Fills the Help pane: the keys of a kind of pane first (NULL: none), then those of all. */
void help_page_show(struct pane *pane, const struct key_map *keys, const struct pane_kind *kind);

#endif
