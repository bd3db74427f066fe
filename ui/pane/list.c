/* SPDX-License-Identifier: MIT */
#include "ui/pane/list.h"

#include <string.h>

const struct pane_kind *const pane_kinds[] = {
	&pane_top,      &pane_peek,   &pane_icicle,    &pane_sandwich,     &pane_source,
	&pane_tree,     &pane_labels, &pane_diagnosis, &pane_gc,           &pane_timeline,
	&pane_overview, &pane_files,  &pane_filters,   &pane_instructions, &pane_report,
	&pane_help,     NULL,
};

const struct pane_kind *pane_find(const char *name)
{
	for (size_t i = 0; pane_kinds[i]; i++)
		if (!strcmp(pane_kinds[i]->name, name))
			return pane_kinds[i];
	return NULL;
}
