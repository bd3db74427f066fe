/* SPDX-License-Identifier: MIT */
#include "diagnose/rules/trace.h"

#include <string.h>

#include "base/alloc.h"
#include "profile/unit.h"
#include "view/trace_table.h"

/* A trace under examination. */
struct examination {
	const struct subject *subject;
	const struct thresholds *thresholds;
	struct findings *findings;
	const struct trace *trace;
	int64_t spent[TRACE_CLASS_COUNT]; /* of all goroutines but the runtime's own */
	int64_t assist;
};

/* No page has room for more of one kind. */
#define MOST_FINDINGS 5

static double limit(const struct examination *trace, enum threshold threshold)
{
	return trace->thresholds->values[threshold];
}

static const char *time_text(struct examination *trace, int64_t time)
{
	char label[UNIT_LABEL_SIZE];

	return findings_text(trace->findings, "%s", unit_label(time, "ns", "auto", label));
}

static struct finding *add(struct examination *trace, enum severity severity, const char *rule,
			   const char *title, const char *advice, enum threshold threshold,
			   double value)
{
	struct finding *finding = findings_add(trace->findings, severity, rule, title, advice);

	finding->weight = thresholds_times(trace->thresholds, threshold, value);
	return finding;
}

static void jump_to_goroutines(struct examination *trace, struct finding *finding, const char *name)
{
	finding_add_jump(trace->findings, finding, JUMP_LABEL, trace->subject->number,
			 findings_text(trace->findings, "goroutine=%s", name));
}

static double share(double part, double all)
{
	return all > 0 ? 100 * part / all : 0;
}

static void add_up(struct examination *trace)
{
	for (size_t i = 0; i < trace->trace->goroutine_count; i++) {
		const struct trace_goroutine *goroutine = &trace->trace->goroutines[i];
		int64_t spent[TRACE_CLASS_COUNT];

		if (!goroutine->seen || trace_is_system(trace->trace, goroutine))
			continue;
		trace_goroutine_classes(goroutine, spent);
		for (int class = 0; class < TRACE_CLASS_COUNT; class ++)
			trace->spent[class] += spent[class];
		trace->assist += goroutine->assist;
	}
}

static void examine_pauses(struct examination *trace)
{
	const struct trace *facts = trace->trace;
	const struct trace_pause *longest = NULL;
	int64_t length = 0, all = 0;
	size_t count = 0;
	struct finding *finding;
	double ms;

	for (size_t i = 0; i < facts->pause_count; i++) {
		const struct trace_pause *pause = &facts->pauses[i];

		/* The trace stops the world by itself to begin and to end. */
		if (pause->end < 0 || strstr(trace_text(facts, pause->kind), " trace"))
			continue;
		count++;
		all += pause->end - pause->start;
		if (pause->end - pause->start > length) {
			longest = pause;
			length = pause->end - pause->start;
		}
	}
	ms = (double)length / 1e6;
	if (ms <= limit(trace, THRESHOLD_PAUSE_NOTE))
		return;
	finding =
		add(trace,
		    ms > limit(trace, THRESHOLD_PAUSE_CRITICAL) ? SEVERITY_CRITICAL
		    : ms > limit(trace, THRESHOLD_PAUSE)        ? SEVERITY_WARNING
								: SEVERITY_NOTE,
		    "trace-pause", "the world is stopped for long",
		    "a pause waits for the last goroutine that does not stop: look at what ran at "
		    "that time on each P, loops without calls and long system calls among them",
		    THRESHOLD_PAUSE_NOTE, ms);
	finding->evidence = findings_text(
		trace->findings, "%zu pauses, %s in all; the longest, %s for %s, at %s", count,
		time_text(trace, all), time_text(trace, length), trace_text(facts, longest->kind),
		time_text(trace, longest->start));
	finding_add_jump(
		trace->findings, finding, JUMP_LABEL, trace->subject->number,
		findings_text(trace->findings, "reason=%s", trace_text(facts, longest->kind)));
}

/* The row of a table by goroutines with the largest value in a column; NULL: all are 0. */
static const char *largest_group(struct examination *trace, const char *column, int64_t *value,
				 int64_t *count)
{
	struct error error;
	struct trace_table *table = trace_table_build(trace->trace, trace_table_find("goroutines"),
						      NULL, NULL, column, &error);
	const char *name = NULL;

	for (size_t row = 0; table && row < table->row_count && !name; row++) {
		const char *found = trace_table_cell(table, row, 0)->text;

		for (uint32_t i = 0; i < table->kind->column_count; i++)
			if (strcmp(table->kind->columns[i].name, column) == 0)
				*value = trace_table_cell(table, row, i)->number;
		*count = trace_table_cell(table, row, 1)->number;
		if (strncmp(found, "runtime.", 8) != 0 && *found != '(')
			name = found;
	}
	trace_table_free(table);
	return name;
}

static void examine_scheduling(struct examination *trace)
{
	int64_t wait = trace->spent[TRACE_CLASS_SCHED], running = trace->spent[TRACE_CLASS_RUNNING];
	double waiting = share((double)wait, (double)(wait + running));
	int64_t most = 0, count = 0;
	const char *name = largest_group(trace, "sched", &most, &count);
	struct finding *finding;

	if (waiting <= limit(trace, THRESHOLD_SCHED_WAIT) || !name)
		return;
	finding = add(trace, SEVERITY_WARNING, "trace-sched",
		      "goroutines that could run wait for a processor",
		      "there is more to run than GOMAXPROCS allows: run fewer at once, give the "
		      "program more processors, or look for a CPU limit of the container",
		      THRESHOLD_SCHED_WAIT, waiting);
	finding->evidence = findings_text(
		trace->findings,
		"%s runnable against %s running (%.0f %%), %lld Ps; most of it %s: %s in %lld "
		"goroutines",
		time_text(trace, wait), time_text(trace, running), waiting,
		(long long)trace->trace->proc_limit, name, time_text(trace, most),
		(long long)count);
	jump_to_goroutines(trace, finding, name);
}

static void examine_idle(struct examination *trace)
{
	double idle =
		share((double)trace->trace->idle_while_runnable, (double)trace->trace->duration);
	struct finding *finding;

	if (idle <= limit(trace, THRESHOLD_PROC_IDLE))
		return;
	finding = add(trace, SEVERITY_NOTE, "trace-idle-p",
		      "Ps are idle while goroutines are runnable",
		      "waking a P takes longer than the work: give goroutines larger pieces, or "
		      "look for a machine that is busy with other programs",
		      THRESHOLD_PROC_IDLE, idle);
	finding->evidence =
		findings_text(trace->findings, "for %s, %.0f %% of the trace",
			      time_text(trace, trace->trace->idle_while_runnable), idle);
}

static void examine_assists(struct examination *trace)
{
	double assists = share((double)trace->assist, (double)(trace->spent[TRACE_CLASS_RUNNING] +
							       trace->spent[TRACE_CLASS_SCHED]));
	int64_t most = 0, count = 0;
	const char *name = largest_group(trace, "assist", &most, &count);
	struct finding *finding;

	if (assists <= limit(trace, THRESHOLD_ASSIST_TIME) || !name || !most)
		return;
	finding = add(trace, SEVERITY_WARNING, "trace-assist",
		      "goroutines mark for the collector instead of working",
		      "allocate less where they do, or raise GOGC or the memory limit so that "
		      "collections are fewer",
		      THRESHOLD_ASSIST_TIME, assists);
	finding->evidence = findings_text(trace->findings,
					  "%s in assists, %.0f %% of their time; most of it "
					  "%s: %s in %lld goroutines",
					  time_text(trace, trace->assist), assists, name,
					  time_text(trace, most), (long long)count);
	jump_to_goroutines(trace, finding, name);
}

static void examine_syscalls(struct examination *trace)
{
	int64_t time = trace->spent[TRACE_CLASS_SYSCALL], most = 0, count = 0;
	double calls = share((double)time, (double)(time + trace->spent[TRACE_CLASS_RUNNING]));
	const char *name = largest_group(trace, "syscall", &most, &count);
	struct finding *finding;

	if (calls <= limit(trace, THRESHOLD_SYSCALL) || !name || !most)
		return;
	finding = add(trace, SEVERITY_NOTE, "trace-syscall",
		      "goroutines spend their time in system calls",
		      "each keeps its P until the runtime takes it away: use larger reads and "
		      "writes, a buffer, or fewer calls",
		      THRESHOLD_SYSCALL, calls);
	finding->evidence =
		findings_text(trace->findings,
			      "%s in system calls, %.0f %% of the time on a P; most of it %s: %s",
			      time_text(trace, time), calls, name, time_text(trace, most));
	jump_to_goroutines(trace, finding, name);
}

/* Who wakes the goroutines of a name most, and its share of all who do. */
static const char *main_waker(const struct trace *trace, const char *woken, double *part)
{
	uint64_t most = 0, all = 0;
	const char *waker = NULL;

	for (uint32_t i = 0; i < trace->wake_count; i++) {
		uint32_t name = pair_map_first(&trace->wakes, i);

		if (strcmp(trace_text(trace, pair_map_second(&trace->wakes, i)), woken) != 0)
			continue;
		all += trace->wake_counts[i];
		if (trace->wake_counts[i] <= most)
			continue;
		most = trace->wake_counts[i];
		waker = name == NONE ? "the poller or a timer" : trace_text(trace, name);
	}
	*part = share((double)most, (double)all);
	return waker;
}

/* Many wait for a lock at a time, and one kind of goroutine wakes them. */
static void examine_convoys(struct examination *trace)
{
	struct error error;
	struct trace_table *table = trace_table_build(trace->trace, trace_table_find("goroutines"),
						      NULL, NULL, "sync", &error);
	size_t found = 0;

	for (size_t row = 0; table && row < table->row_count && found < MOST_FINDINGS; row++) {
		const char *name = trace_table_cell(table, row, 0)->text, *waker;
		int64_t wait = trace_table_cell(table, row, 2 + TRACE_CLASS_SYNC)->number;
		double waiting = (double)wait / (double)(trace->trace->duration + 1), part;
		struct finding *finding;

		if (waiting <= limit(trace, THRESHOLD_CONVOY))
			break;
		waker = main_waker(trace->trace, name, &part);
		if (strncmp(name, "runtime.", 8) == 0 || !waker)
			continue;
		found++;
		finding = add(trace, SEVERITY_WARNING, "trace-convoy",
			      "many goroutines wait for one lock",
			      "do less while the lock is held, split what it guards, or use "
			      "sync.RWMutex or atomics",
			      THRESHOLD_CONVOY, waiting);
		finding->evidence = findings_text(
			trace->findings,
			"%.1f of %lld goroutines of %s wait at a time (%s in all); %.0f %% of them "
			"are woken by %s",
			waiting, (long long)trace_table_cell(table, row, 1)->number, name,
			time_text(trace, wait), part, waker);
		jump_to_goroutines(trace, finding, name);
	}
	trace_table_free(table);
}

/* The class where most of a task's time went. */
static int largest_class(const struct trace_table *table, size_t row, uint32_t first)
{
	int largest = 0;

	for (int i = 1; i < TRACE_CLASS_COUNT; i++)
		if (trace_table_cell(table, row, first + (uint32_t)i)->number >
		    trace_table_cell(table, row, first + (uint32_t)largest)->number)
			largest = i;
	return largest;
}

/* The slowest task of a name and what it waited for. */
static const char *slowest_task(struct examination *trace, const char *name)
{
	struct error error;
	struct trace_table *table = trace_table_build(trace->trace, trace_table_find("task_list"),
						      NULL, NULL, "latency", &error);
	const char *text = "";

	for (size_t row = 0; table && row < table->row_count && !*text; row++) {
		int class = largest_class(table, row, 4);

		if (strcmp(trace_table_cell(table, row, 0)->text, name) == 0)
			text = findings_text(
				trace->findings, "; the slowest, task %lld, at %s: %s %s",
				(long long)trace_table_cell(table, row, 1)->number,
				time_text(trace, trace_table_cell(table, row, 2)->number),
				trace_class_names[class],
				time_text(trace, trace_table_cell(table, row, 4 + (uint32_t) class)
							 ->number));
	}
	trace_table_free(table);
	return text;
}

static void examine_tasks(struct examination *trace)
{
	struct error error;
	struct trace_table *table = trace_table_build(trace->trace, trace_table_find("tasks"), NULL,
						      NULL, "max", &error);
	size_t found = 0;

	for (size_t row = 0; table && row < table->row_count && found < MOST_FINDINGS; row++) {
		const char *name = trace_table_cell(table, row, 0)->text;
		int64_t done = trace_table_cell(table, row, 2)->number;
		int64_t median = trace_table_cell(table, row, 5)->number;
		int64_t tail = trace_table_cell(table, row, 6)->number;
		double times = median > 0 ? (double)tail / (double)median : 0;
		struct finding *finding;

		/* Below a millisecond nobody waits. */
		if (done < 10 || tail < 1000000 || times <= limit(trace, THRESHOLD_TASK_TAIL))
			continue;
		found++;
		finding = add(trace, SEVERITY_WARNING, "trace-slow-task",
			      "some tasks take many times the usual",
			      "look at what the slowest waited for: -task_list -focus of its name, "
			      "or the Timeline",
			      THRESHOLD_TASK_TAIL, times);
		finding->evidence =
			findings_text(trace->findings, "%lld of %s: p50 %s, p99 %s%s",
				      (long long)done, name, time_text(trace, median),
				      time_text(trace, tail), slowest_task(trace, name));
		finding_add_jump(trace->findings, finding, JUMP_LABEL, trace->subject->number,
				 findings_text(trace->findings, "task=%s", name));
	}
	trace_table_free(table);
}

void trace_examine(const struct subject *subject, const struct thresholds *thresholds,
		   struct findings *findings)
{
	struct examination trace = {.subject = subject,
				    .thresholds = thresholds,
				    .findings = findings,
				    .trace = subject->view->profile->trace};

	/* A difference of traces has samples only. */
	if (!trace.trace)
		return;
	add_up(&trace);
	examine_pauses(&trace);
	examine_scheduling(&trace);
	examine_idle(&trace);
	examine_assists(&trace);
	examine_syscalls(&trace);
	examine_convoys(&trace);
	examine_tasks(&trace);
}
