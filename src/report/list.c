/* SPDX-License-Identifier: MIT */
#include "report/list.h"

#include <string.h>

const struct report *const reports[] = {
	&report_top,        &report_text,      &report_tree,       &report_peek,
	&report_list,       &report_disasm,    &report_weblist,    &report_traces,
	&report_tags,       &report_comments,  &report_raw,        &report_folded,
	&report_speedscope, &report_dot,       &report_svg,        &report_png,
	&report_pdf,        &report_ps,        &report_gif,        &report_flamegraph,
	&report_html,       &report_callgrind, &report_proto,      &report_topproto,
	&report_diagnose,   &report_compare,   &report_goroutines, &report_goroutine_list,
	&report_tasks,      &report_task_list, &report_regions,    &report_gc_cycles,
	&report_pauses,     &report_mmu,       &report_wakers,     NULL,
};

const struct report *report_find(const char *name)
{
	for (size_t i = 0; reports[i]; i++)
		if (strcmp(reports[i]->name, name) == 0)
			return reports[i];
	return NULL;
}
