/* SPDX-License-Identifier: MIT */
#include "diagnose/rules/system_calls.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "profile/system_calls.h"

#define TABLE_ROWS 10

/* All calls of one name. */
struct call {
	function_id function;
	double calls, time, errors;
};

struct trace {
	const struct subject *subject;
	const struct thresholds *thresholds;
	struct findings *findings;
	struct call *calls; /* by function; sorted later */
	uint32_t count;
	double total_calls, total_time;
};

bool system_calls_apply(const struct subject *subject)
{
	return subject_column(subject, SYSTEM_CALL_TYPE) &&
	       subject_column(subject, SYSTEM_CALL_ERRORS);
}

/* The name of a call is the leaf of its stack. */
static function_id name_of(const struct subject *subject, struct path path)
{
	const struct profile *profile = subject->view->profile;

	if (path.first == path.end)
		return NONE;
	return profile
		->frames[profile->locations[profile_location(profile, path.end - 1)].first_frame]
		.function;
}

static int compare_calls(const void *a, const void *b)
{
	const struct call *left = a, *right = b;

	if (left->time != right->time)
		return left->time < right->time ? 1 : -1;
	if (left->calls != right->calls)
		return left->calls < right->calls ? 1 : -1;
	return (left->function > right->function) - (left->function < right->function);
}

static void add_up(struct trace *trace)
{
	const struct profile *profile = trace->subject->view->profile;
	const int64_t *calls = subject_column(trace->subject, SYSTEM_CALL_TYPE);
	const int64_t *times = subject_column(trace->subject, SYSTEM_CALL_TIME);
	const int64_t *errors = subject_column(trace->subject, SYSTEM_CALL_ERRORS);
	struct path path;

	trace->count = profile->function_count;
	trace->calls = alloc_zero((size_t)trace->count + 1, sizeof(*trace->calls));
	for (uint32_t i = 0; i < trace->count; i++)
		trace->calls[i].function = i;
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		function_id name;

		if (!view_path(trace->subject->view, i, &path))
			continue;
		name = name_of(trace->subject, path);
		if (name == NONE)
			continue;
		trace->calls[name].calls += (double)calls[i];
		trace->calls[name].time += times ? (double)times[i] : 0;
		trace->calls[name].errors += (double)errors[i];
		trace->total_calls += (double)calls[i];
		trace->total_time += times ? (double)times[i] : 0;
	}
	qsort(trace->calls, trace->count, sizeof(*trace->calls), compare_calls);
}

/* What a share of the time in calls of these names means. */
static const struct meaning {
	const char *names[8];
	enum threshold threshold;
	const char *rule, *title, *advice;
} meanings[] = {
	{{"futex", "_umtx_op", "ulock_wait"},
	 THRESHOLD_LOCK,
	 "syscall-lock",
	 "threads wait for locks or for one another",
	 "a mutex or off-CPU profile names the locks; idle workers wait so, too"},
	{{"fsync", "fdatasync", "sync_file_range", "msync", "sync"},
	 THRESHOLD_SYSCALL_SYNC,
	 "syscall-sync",
	 "the program waits for the disk to have what it wrote",
	 "write more between two syncs, or let another thread sync"},
	{{"nanosleep", "clock_nanosleep"},
	 THRESHOLD_SYSCALL_SLEEP,
	 "syscall-sleep",
	 "the program sleeps",
	 "wait for the event itself instead of looking for it from time to time"},
	{{"openat", "open", "stat", "newfstatat", "access", "readlink", "faccessat2"},
	 THRESHOLD_SYSCALL,
	 "syscall-files",
	 "looking for files takes the time",
	 "look once and keep the answer; fewer directories in search paths"},
	{{"mmap", "munmap", "brk", "madvise", "mremap"},
	 THRESHOLD_SYSCALL,
	 "syscall-memory",
	 "memory is asked for and given back all the time",
	 "reuse large buffers; an allocator that keeps what is freed (M_TRIM_THRESHOLD)"},
};

static void examine_meaning(struct trace *trace, const struct meaning *meaning)
{
	double limit = trace->thresholds->values[meaning->threshold], time = 0, share;
	struct finding *finding;
	const char *text = "";

	for (uint32_t i = 0; i < trace->count; i++) {
		const char *name = subject_function(trace->subject, trace->calls[i].function);

		for (size_t k = 0; k < COUNT(meaning->names) && meaning->names[k]; k++) {
			if (strcmp(name, meaning->names[k]) != 0 || trace->calls[i].time <= 0)
				continue;
			time += trace->calls[i].time;
			text = findings_text(trace->findings, "%s%s%s (%.0f calls)", text,
					     *text ? ", " : "", name, trace->calls[i].calls);
		}
	}
	share = trace->total_time > 0 ? 100 * time / trace->total_time : 0;
	if (share < limit || time <= 0)
		return;
	finding = findings_add(trace->findings, SEVERITY_WARNING, meaning->rule, meaning->title,
			       meaning->advice);
	finding->weight = thresholds_times(trace->thresholds, meaning->threshold, share);
	finding->evidence =
		findings_text(trace->findings, "%s: %.0f %% of the time in system calls, in %s",
			      trace->subject->name, share, text);
}

/* Calls that fail often, where nobody expects it: what is looked for is not there, or not ready. */
static void examine_errors(struct trace *trace)
{
	double limit = trace->thresholds->values[THRESHOLD_SYSCALL_ERRORS];

	for (uint32_t i = 0; i < trace->count; i++) {
		const struct call *call = &trace->calls[i];
		double share = call->calls > 0 ? 100 * call->errors / call->calls : 0;
		const char *name = subject_function(trace->subject, call->function);
		struct finding *finding;

		if (share < limit || call->errors < trace->thresholds->values[THRESHOLD_SAMPLES])
			continue;
		finding = findings_add(
			trace->findings, SEVERITY_NOTE, "syscall-errors",
			findings_text(trace->findings, "%s mostly fails", name),
			"strace -e shows with what: a path that is not there, or a descriptor that is "
			"asked before it is ready");
		finding->weight =
			thresholds_times(trace->thresholds, THRESHOLD_SYSCALL_ERRORS, share);
		finding->evidence =
			findings_text(trace->findings, "%s: %.0f of %.0f calls of %s",
				      trace->subject->name, call->errors, call->calls, name);
		finding_add_jump(trace->findings, finding, JUMP_FUNCTION, trace->subject->number,
				 name);
	}
}

/* Very many short calls: a buffer is missing. */
static void examine_small(struct trace *trace)
{
	static const char *const names[] = {"read",   "write",   "recvfrom",
					    "sendto", "pread64", "pwrite64"};
	double limit = trace->thresholds->values[THRESHOLD_SYSCALL_CALLS];

	for (uint32_t i = 0; i < trace->count; i++) {
		const struct call *call = &trace->calls[i];
		const char *name = subject_function(trace->subject, call->function);
		double share = trace->total_calls > 0 ? 100 * call->calls / trace->total_calls : 0;

		for (size_t k = 0; k < COUNT(names); k++) {
			struct finding *finding;

			if (strcmp(name, names[k]) != 0 || share < limit ||
			    call->calls < 10 * trace->thresholds->values[THRESHOLD_SAMPLES])
				continue;
			finding = findings_add(
				trace->findings, SEVERITY_NOTE, "syscall-small",
				findings_text(trace->findings, "%s is most of all calls", name),
				"read and write in larger pieces: a buffer of 64 kB, or "
				"readv and writev");
			finding->weight =
				thresholds_times(trace->thresholds, THRESHOLD_SYSCALL_CALLS, share);
			finding->evidence = findings_text(trace->findings, "%s: %.0f of %.0f calls",
							  trace->subject->name, call->calls,
							  trace->total_calls);
			finding_add_jump(trace->findings, finding, JUMP_FUNCTION,
					 trace->subject->number, name);
		}
	}
}

static void add_table(struct trace *trace)
{
	static const char *const columns[] = {"system call", "calls", "time", "each", "errors"};
	struct findings *findings = trace->findings;
	struct table *table = findings_add_table(
		findings, "system_calls",
		findings_text(findings, "System calls of %s", trace->subject->name), columns, 5);

	for (uint32_t i = 0; i < trace->count && i < TABLE_ROWS; i++) {
		const struct call *call = &trace->calls[i];

		if (call->calls <= 0)
			continue;
		table_add_text(findings, table, subject_function(trace->subject, call->function));
		table_add_number(findings, table, call->calls, "%.0f", call->calls);
		table_add_number(findings, table, call->time, "%.2f ms", call->time / 1e6);
		table_add_number(findings, table, call->time / call->calls, "%.3f ms",
				 call->time / call->calls / 1e6);
		table_add_number(findings, table, call->errors, "%.0f", call->errors);
	}
}

void system_calls_examine(const struct subject *subject, const struct thresholds *thresholds,
			  struct findings *findings)
{
	struct trace trace = {.subject = subject, .thresholds = thresholds, .findings = findings};

	add_up(&trace);
	/* The start of any program is full of these. */
	if (trace.total_calls >= thresholds->values[THRESHOLD_SAMPLES]) {
		for (size_t i = 0; i < COUNT(meanings); i++)
			examine_meaning(&trace, &meanings[i]);
		examine_errors(&trace);
		examine_small(&trace);
	}
	add_table(&trace);
	free(trace.calls);
}
