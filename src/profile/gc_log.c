/* SPDX-License-Identifier: MIT */
#include "profile/gc_log.h"

#include <string.h>

const struct gc_column_name gc_columns[GC_COLUMN_COUNT] = {
	[GC_CYCLES] = {"cycles", "count"},
	[GC_PAUSE] = {"pause", "nanoseconds"},
	[GC_SWEEP_TERMINATION] = {"sweep_termination", "nanoseconds"},
	[GC_MARK] = {"mark", "nanoseconds"},
	[GC_MARK_TERMINATION] = {"mark_termination", "nanoseconds"},
	[GC_CPU] = {"gc_cpu", "nanoseconds"},
	[GC_STOP_CPU] = {"stop_cpu", "nanoseconds"},
	[GC_ASSIST_CPU] = {"assist_cpu", "nanoseconds"},
	[GC_BACKGROUND_CPU] = {"background_cpu", "nanoseconds"},
	[GC_IDLE_CPU] = {"idle_cpu", "nanoseconds"},
	[GC_START] = {"start", "nanoseconds"},
	[GC_NUMBER] = {"number", "count"},
	[GC_FORCED] = {"forced", "count"},
	[GC_PERCENT] = {"percent", "count"},
	[GC_HEAP_START] = {"heap_start", "bytes"},
	[GC_HEAP_END] = {"heap_end", "bytes"},
	[GC_LIVE_HEAP] = {"live_heap", "bytes"},
	[GC_GOAL] = {"heap_goal", "bytes"},
	[GC_STACKS] = {"stacks", "bytes"},
	[GC_GLOBALS] = {"globals", "bytes"},
	[GC_PROCESSORS] = {"processors", "count"},
};

bool gc_log_find(const struct profile *profile, struct gc_log *log)
{
	if (profile->type_count != GC_COLUMN_COUNT)
		return false;
	for (uint32_t i = 0; i < GC_COLUMN_COUNT; i++)
		if (strcmp(profile_text(profile, profile->types[i].type), gc_columns[i].type) != 0)
			return false;
	log->count = profile->sample_count;
	for (uint32_t i = 0; i < GC_COLUMN_COUNT; i++)
		log->columns[i] = profile->values[i];
	return true;
}
