/* SPDX-License-Identifier: MIT */
#include "profile/trace_class.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

const char *const trace_class_names[TRACE_CLASS_COUNT] = {
	"running", "sched",  "syscall", "network", "sync",
	"channel", "select", "sleep",   "gc_wait", "other_wait",
};

enum trace_class trace_class_of(enum trace_status status, const char *reason)
{
	static const struct {
		const char *text;
		bool whole;
		enum trace_class class;
	} rows[] = {
		{"network", true, TRACE_CLASS_NETWORK}, {"select", true, TRACE_CLASS_SELECT},
		{"sleep", true, TRACE_CLASS_SLEEP},     {"chan", false, TRACE_CLASS_CHANNEL},
		{"sync", false, TRACE_CLASS_SYNC},      {"GC", false, TRACE_CLASS_GC},
	};

	if (status == TRACE_RUNNING)
		return TRACE_CLASS_RUNNING;
	if (status == TRACE_RUNNABLE)
		return TRACE_CLASS_SCHED;
	if (status == TRACE_SYSCALL)
		return TRACE_CLASS_SYSCALL;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].whole ? strcmp(reason, rows[i].text) == 0
				  : strstr(reason, rows[i].text) != NULL)
			return rows[i].class;
	return TRACE_CLASS_OTHER;
}
