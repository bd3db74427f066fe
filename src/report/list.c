/* SPDX-License-Identifier: MIT */
#include "report/list.h"

#include <string.h>

const struct report *const reports[] = {
	&report_top,        &report_text,       &report_tree,
	&report_peek,       &report_list,       &report_disasm,
	&report_weblist,    &report_traces,     &report_tags,
	&report_comments,   &report_raw,        &report_folded,
	&report_speedscope, &report_dot,        &report_svg,
	&report_png,        &report_pdf,        &report_ps,
	&report_gif,        &report_flamegraph, &report_html,
	&report_callgrind,  &report_proto,      &report_topproto,
	&report_diagnose,   &report_compare,    NULL,
};

const struct report *report_find(const char *name)
{
	for (size_t i = 0; reports[i]; i++)
		if (strcmp(reports[i]->name, name) == 0)
			return reports[i];
	return NULL;
}
