/* SPDX-License-Identifier: MIT */
#include "diagnose/rules/gc.h"

#include <math.h>

#include "base/array.h"
#include "diagnose/gc_figures.h"

#define MEBIBYTE 0x1p20

/* How far log and MemStats of one run may be apart: parts, points, and parts. */
#define AGREEING_CYCLES 0.05
#define AGREEING_SHARE 5
#define AGREEING_BYTES 0.2

/* One log under examination. */
struct examination {
	const struct subject *subject;
	const struct thresholds *thresholds;
	struct findings *findings;
	struct gc_log log;
	uint32_t first;
	struct gc_figures figures;
};

static double limit(const struct examination *gc, enum threshold threshold)
{
	return gc->thresholds->values[threshold];
}

static double times(const struct examination *gc, enum threshold threshold, double value)
{
	return thresholds_times(gc->thresholds, threshold, value);
}

static struct finding *add(struct examination *gc, enum severity severity, const char *rule,
			   const char *title, const char *advice)
{
	return findings_add(gc->findings, severity, rule, title, advice);
}

/* "3.1 cycles/s, ..." behind every statement on CPU. */
static const char *cpu_evidence(struct examination *gc)
{
	const struct gc_figures *f = &gc->figures;

	return findings_text(
		gc->findings,
		"%.1f %% of %.0f processors over %.1f s in %u cycles (%.1f/s); live %.0f MB, "
		"goal %.0f MB; %.0f MB/s allocated; assists do %.0f %% of the marking",
		100 * f->cpu_share, f->processors, f->span, f->cycles, f->cycle_rate,
		f->live_last / MEBIBYTE, f->goal_last / MEBIBYTE, f->allocation_rate / MEBIBYTE,
		100 * f->assist_share);
}

static void examine_cpu(struct examination *gc)
{
	const struct gc_figures *f = &gc->figures;
	double share = 100 * f->cpu_share;
	bool at_goal = f->goal_last > 0 && f->live_last >= 0.9 * f->goal_last;
	enum threshold passed = share >= limit(gc, THRESHOLD_SPIRAL) && at_goal ? THRESHOLD_SPIRAL
				: share >= limit(gc, THRESHOLD_THRASH)          ? THRESHOLD_THRASH
				: share >= limit(gc, THRESHOLD_GC_TUNE)         ? THRESHOLD_GC_TUNE
									: THRESHOLD_GC_WATCH;
	struct finding *finding;

	if (passed == THRESHOLD_SPIRAL)
		finding = add(
			gc, SEVERITY_CRITICAL, "gc-limit-spiral",
			"the collector fights the memory limit",
			"the live heap fills the limit, so cycle follows cycle: raise GOMEMLIMIT or "
			"the container's memory, or hold less; until then the program starves");
	else if (passed == THRESHOLD_THRASH)
		finding = add(
			gc, SEVERITY_CRITICAL, "gc-thrashing", "the collector thrashes",
			at_goal ? "the live heap is near its goal: raise GOMEMLIMIT, or hold less"
				: "allocate less where the allocs profile points, then raise GOGC; "
				  "a cycle every few milliseconds buys little memory");
	else if (passed == THRESHOLD_GC_TUNE)
		finding = add(gc, SEVERITY_WARNING, "gc-cpu", "the collector takes much CPU",
			      "allocate less, or raise GOGC if there is memory to spare");
	else if (share >= limit(gc, THRESHOLD_GC_WATCH))
		finding = add(gc, SEVERITY_NOTE, "gc-cpu", "the collector's CPU is worth watching",
			      "compare with the next release; above 10 % tuning pays");
	else
		return;
	finding->weight = times(gc, passed, share);
	finding->evidence = cpu_evidence(gc);
}

static void examine_pauses(struct examination *gc)
{
	const struct gc_figures *f = &gc->figures;
	double longest = 1e3 * f->pause_max;
	enum severity severity = gc_pause_level(gc->thresholds, f->pause_max);
	long long number = gc->log.columns[GC_NUMBER][f->longest];
	struct finding *finding;

	if (severity == SEVERITY_UNKNOWN)
		return;
	finding = add(
		gc, severity, "gc-pause",
		severity == SEVERITY_NOTE ? "a pause is worth a note"
					  : "pauses of the collector hurt latency",
		"look for loops without calls and for a CPU quota below GOMAXPROCS, which delay the "
		"stop; a long mark termination points to many goroutines or stacks");
	finding->weight = times(
		gc, severity == SEVERITY_CRITICAL ? THRESHOLD_PAUSE_CRITICAL : THRESHOLD_PAUSE,
		longest);
	finding->evidence = findings_text(
		gc->findings,
		"longest %.3f ms in cycle %lld at %.3f s (sweep termination %.3f, mark termination "
		"%.3f); p99 %.3f ms; %.2f ms in all, %.2f %% of %.1f s",
		longest, number, (double)gc->log.columns[GC_START][f->longest] / 1e9,
		(double)gc->log.columns[GC_SWEEP_TERMINATION][f->longest] / 1e6,
		(double)gc->log.columns[GC_MARK_TERMINATION][f->longest] / 1e6, 1e3 * f->pause_p99,
		1e3 * f->pause_total, f->span > 0 ? 100 * f->pause_total / f->span : 0, f->span);
	finding_add_jump(gc->findings, finding, JUMP_CYCLE, gc->subject->number,
			 findings_text(gc->findings, "%lld", number));
}

/* What takes several cycles to see. */
static void examine_trend(struct examination *gc)
{
	const struct gc_figures *f = &gc->figures;
	double rise = f->live_slope * f->span;
	bool straight = f->live_fit > limit(gc, THRESHOLD_TREND_FIT) && rise >= GC_LEAST_GROWTH;
	double fastest = f->goal_slope > f->live_slope ? f->goal_slope : f->live_slope;
	bool steep = fastest > limit(gc, THRESHOLD_GROWTH) * MEBIBYTE && rise >= GC_LEAST_GROWTH;
	struct finding *finding;

	if (!straight && !steep)
		return;
	finding = add(
		gc, SEVERITY_WARNING, "gc-leak-trend", "the live heap grows steadily",
		"take two heap profiles some minutes apart and diagnose them together: the function "
		"whose memory grows is named there");
	finding->weight = 1 + times(gc, THRESHOLD_GROWTH, fastest / MEBIBYTE);
	finding->evidence = findings_text(
		gc->findings,
		"live heap from %.0f to %.0f MB in %u cycles and %.1f s: %.1f MB/s (R2 %.3f), goal "
		"%.1f MB/s",
		f->live_first / MEBIBYTE, f->live_last / MEBIBYTE, f->cycles, f->span,
		f->live_slope / MEBIBYTE, f->live_fit, f->goal_slope / MEBIBYTE);
}

static void examine_tiny_heap(struct examination *gc)
{
	const struct gc_figures *f = &gc->figures;
	struct finding *finding;

	if (f->cycle_rate <= limit(gc, THRESHOLD_CYCLE_RATE) ||
	    f->live_max >= limit(gc, THRESHOLD_TINY_HEAP) * MEBIBYTE)
		return;
	finding =
		add(gc, SEVERITY_WARNING, "gc-tiny-heap", "a tiny heap is collected all the time",
		    "raise GOGC, or set GOGC=off with a GOMEMLIMIT: a few dozen MB more save most "
		    "cycles");
	finding->weight = times(gc, THRESHOLD_CYCLE_RATE, f->cycle_rate);
	finding->evidence = findings_text(
		gc->findings, "%.1f cycles/s with at most %.0f MB live; %.0f MB/s allocated",
		f->cycle_rate, f->live_max / MEBIBYTE, f->allocation_rate / MEBIBYTE);
}

static void examine_assists(struct examination *gc)
{
	const struct gc_figures *f = &gc->figures;
	struct finding *finding;

	/* Where the collector costs nothing, it does not matter who does it. */
	if (100 * f->assist_share <= limit(gc, THRESHOLD_ASSIST) ||
	    100 * f->cpu_share < limit(gc, THRESHOLD_GC_WATCH))
		return;
	finding = add(
		gc, SEVERITY_WARNING, "gc-assist", "allocation outruns the collector",
		"requests pay for marking themselves, which shows as latency: allocate less per "
		"request, or raise GOGC, which leaves the background more time to mark");
	finding->weight = times(gc, THRESHOLD_ASSIST, 100 * f->assist_share);
	finding->evidence = findings_text(
		gc->findings,
		"assists do %.0f %% of the marking (background %.0f %%); %.0f MB/s allocated",
		100 * f->assist_share, 100 - 100 * f->assist_share, f->allocation_rate / MEBIBYTE);
}

static void examine_forced(struct examination *gc)
{
	const struct runtime_log *runtime = gc->subject->view->profile->runtime_log;
	const struct gc_figures *f = &gc->figures;
	struct finding *finding;

	/* The last one of a program that ends with runtime.GC is none of a habit. */
	if (f->forced < 2 || 100.0 * f->forced / f->cycles <= limit(gc, THRESHOLD_FORCED))
		return;
	finding = add(
		gc, SEVERITY_WARNING, "gc-forced", "somebody forces collections",
		"search for runtime.GC and debug.FreeOSMemory, also in libraries and health checks, "
		"and take them out");
	finding->weight = times(gc, THRESHOLD_FORCED, 100.0 * f->forced / f->cycles);
	finding->evidence = findings_text(gc->findings, "%u of %u cycles (%.0f %%) are forced",
					  f->forced, f->cycles, 100.0 * f->forced / f->cycles);
	if (runtime && runtime->forced_releases)
		finding->evidence = findings_text(
			gc->findings, "%s; memory is given back by force %lld times (FreeOSMemory)",
			finding->evidence, (long long)runtime->forced_releases);
}

/* In bytes: as given, or as the program said in its log; 0: unknown. */
static double memory_limit(const struct examination *gc)
{
	const struct runtime_log *runtime = gc->subject->view->profile->runtime_log;
	double given = limit(gc, THRESHOLD_MEMORY_LIMIT) * MEBIBYTE;

	return given > 0 || !runtime ? given : (double)runtime->memory_limit;
}

static void examine_overshoot(struct examination *gc)
{
	const struct gc_figures *f = &gc->figures;
	double over = 100.0 * f->over_goal / f->cycles;
	struct finding *finding;

	if (over <= limit(gc, THRESHOLD_OVERSHOOT))
		return;
	finding = add(gc, SEVERITY_NOTE, "gc-overshoot", "cycles end above their heap goal",
		      "allocation comes in bursts: spread it, or leave more room between goal and "
		      "memory limit");
	finding->weight = times(gc, THRESHOLD_OVERSHOOT, over);
	finding->evidence = findings_text(gc->findings, "%u of %u cycles (%.0f %%)", f->over_goal,
					  f->cycles, over);
}

static void examine_goal(struct examination *gc)
{
	const struct gc_figures *f = &gc->figures;
	double memory = memory_limit(gc), share = memory > 0 ? 100 * f->goal_last / memory : 0;
	struct finding *finding;

	if (share <= limit(gc, THRESHOLD_GOAL_NOTE))
		return;
	finding = add(gc, share > limit(gc, THRESHOLD_GOAL) ? SEVERITY_WARNING : SEVERITY_NOTE,
		      "gc-goal", "the heap goal is near the memory limit",
		      "give the program more memory, or make it hold less, before collections get "
		      "frequent");
	finding->weight = times(gc, THRESHOLD_GOAL_NOTE, share);
	finding->evidence = findings_text(
		gc->findings, "goal %.0f MB, %.0f %% of the limit of %.0f MB (%s)",
		f->goal_last / MEBIBYTE, share, memory / MEBIBYTE,
		limit(gc, THRESHOLD_MEMORY_LIMIT) > 0 ? "as given" : "GOMEMLIMIT in the log");
}

static void add_table(struct examination *gc)
{
	static const char *const columns[] = {"figure", "value"};
	const struct gc_figures *f = &gc->figures;
	const struct {
		const char *name, *unit;
		double value;
	} rows[] = {
		{"cycles", "", f->cycles},
		{"forced", "", f->forced},
		{"span", " s", f->span},
		{"cycles a second", "/s", f->cycle_rate},
		{"pauses, all", " ms", 1e3 * f->pause_total},
		{"pauses, longest", " ms", 1e3 * f->pause_max},
		{"pauses, p99", " ms", 1e3 * f->pause_p99},
		{"marking, share of time", " %", 100 * f->mark_share},
		{"CPU of the collector", " %", 100 * f->cpu_share},
		{"CPU as last printed", " %", f->printed_percent},
		{"assists, share of marking", " %", 100 * f->assist_share},
		{"idle marking", " ms", 1e3 * f->idle_cpu},
		{"allocated", " MB", f->allocated / MEBIBYTE},
		{"allocated a second", " MB/s", f->allocation_rate / MEBIBYTE},
		{"live heap, first", " MB", f->live_first / MEBIBYTE},
		{"live heap, last", " MB", f->live_last / MEBIBYTE},
		{"heap goal, last", " MB", f->goal_last / MEBIBYTE},
		{"cycles above their goal", "", f->over_goal},
		/* Where no live heap was as large as 1 MB there is none. */
		{"effective GOGC", " %", f->effective_gogc > 0 ? f->effective_gogc : NAN},
	};
	struct table *table = findings_add_table(
		gc->findings, "gc",
		findings_text(gc->findings, "Collections of %s", gc->subject->name), columns, 2);

	for (size_t i = 0; i < COUNT(rows); i++) {
		if (isnan(rows[i].value))
			continue;
		table_add_text(gc->findings, table, rows[i].name);
		table_add_number(gc->findings, table, rows[i].value, "%.7g%s",
				 (double)(long long)(rows[i].value * 1000 + 0.5) / 1000,
				 rows[i].unit);
	}
}

/* What the scheduler and the scavenger say beside the cycles. */
static void add_runtime_table(struct examination *gc, const struct runtime_log *runtime)
{
	static const char *const columns[] = {"figure", "value"};
	double lines = (double)runtime->schedules;
	const struct {
		const char *name, *unit;
		double value;
		bool said;
	} rows[] = {
		{"lines of the scheduler", "", lines, lines > 0},
		{"GOMAXPROCS", "", (double)runtime->processors, lines > 0},
		{"threads, most", "", (double)runtime->threads, lines > 0},
		{"run queue, mean", "", (double)runtime->queue_sum / (lines > 0 ? lines : 1),
		 lines > 0},
		{"run queue, longest", "", (double)runtime->queue_max, lines > 0},
		{"lines with a queue and no idle processor", "", (double)runtime->starving,
		 lines > 0},
		{"lines of the scavenger", "", (double)runtime->releases, runtime->releases > 0},
		{"of them forced", "", (double)runtime->forced_releases, runtime->releases > 0},
		{"memory given back", " MB", (double)runtime->released / MEBIBYTE,
		 runtime->releases > 0},
		{"memory held, last", " MB", (double)runtime->held / MEBIBYTE,
		 runtime->releases > 0},
		{"of it in use", " %", (double)runtime->used_percent, runtime->releases > 0},
	};
	struct table *table = findings_add_table(
		gc->findings, "runtime",
		findings_text(gc->findings, "Scheduler and scavenger of %s", gc->subject->name),
		columns, 2);

	for (size_t i = 0; i < COUNT(rows); i++) {
		if (!rows[i].said)
			continue;
		table_add_text(gc->findings, table, rows[i].name);
		table_add_number(gc->findings, table, rows[i].value, "%.4g%s", rows[i].value,
				 rows[i].unit);
	}
}

static void examine_scheduler(struct examination *gc, const struct runtime_log *runtime)
{
	double lines = (double)runtime->schedules;
	double mean = (double)runtime->queue_sum / lines, processors = (double)runtime->processors;
	struct finding *finding;

	if (runtime->schedules < limit(gc, THRESHOLD_CYCLES))
		return;
	if (mean > limit(gc, THRESHOLD_QUEUE) * processors) {
		finding = add(
			gc, SEVERITY_WARNING, "sched-queue", "goroutines wait for a processor",
			"more CPU (the quota, GOMAXPROCS), or less work at once: bound how many "
			"requests run together; a CPU profile says what runs meanwhile");
		finding->weight =
			times(gc, THRESHOLD_QUEUE, mean / (processors > 0 ? processors : 1));
		finding->evidence = findings_text(
			gc->findings,
			"%.1f in the run queues on average, at most %lld, with %lld processors; no "
			"processor idle meanwhile in %lld of %.0f lines",
			mean, (long long)runtime->queue_max, (long long)runtime->processors,
			(long long)runtime->starving, lines);
	}
	if ((double)runtime->threads > limit(gc, THRESHOLD_THREADS)) {
		finding =
			add(gc, SEVERITY_WARNING, "threads", "the program has many threads",
			    "each call that blocks in the system or in C takes one: bound how many "
			    "run at once; the threadcreate profile says where they come from");
		finding->weight = times(gc, THRESHOLD_THREADS, (double)runtime->threads);
		finding->evidence =
			findings_text(gc->findings, "%lld threads for %lld processors",
				      (long long)runtime->threads, (long long)runtime->processors);
	}
}

static void examine_cycles(struct examination *gc)
{
	struct finding *finding;

	gc->first = gc_figures_last_run(&gc->log);
	gc_figures_build(&gc->log, gc->first, gc->log.count - gc->first, &gc->figures);
	examine_pauses(gc);
	add_table(gc);
	if (gc->figures.cycles < limit(gc, THRESHOLD_CYCLES)) {
		finding = add(gc, SEVERITY_UNKNOWN, "gc-cycles", "not enough cycles in the log",
			      "let the program run for longer under load");
		finding->evidence = findings_text(
			gc->findings, "%s has %u, trends and shares need %.0f", gc->subject->name,
			gc->figures.cycles, limit(gc, THRESHOLD_CYCLES));
		return;
	}
	examine_cpu(gc);
	examine_trend(gc);
	examine_tiny_heap(gc);
	examine_assists(gc);
	examine_forced(gc);
	examine_overshoot(gc);
	examine_goal(gc);
}

void gc_examine(const struct subject *subject, const struct thresholds *thresholds,
		struct findings *findings)
{
	struct examination gc = {
		.subject = subject, .thresholds = thresholds, .findings = findings};
	const struct runtime_log *runtime = subject->view->profile->runtime_log;

	if (!gc_log_find(subject->view->profile, &gc.log))
		return;
	if (gc.log.count)
		examine_cycles(&gc);
	if (runtime && runtime->schedules)
		examine_scheduler(&gc, runtime);
	if (runtime && (runtime->schedules || runtime->releases))
		add_runtime_table(&gc, runtime);
}

static void add_comparison(struct findings *findings, struct table *table, const char *name,
			   const char *unit, double log, double stats)
{
	double difference = log - stats;

	table_add_text(findings, table, name);
	table_add_number(findings, table, log, "%.6g%s", log, unit);
	table_add_number(findings, table, stats, "%.6g%s", stats, unit);
	if (stats != 0)
		table_add_number(findings, table, difference, "%+.4g%s (%+.1f %%)", difference,
				 unit, 100 * difference / stats);
	else
		table_add_number(findings, table, difference, "%+.4g%s", difference, unit);
}

/* The pauses of the last cycles that the ring of MemStats holds, up to cycle `count`. */
static double ring_pauses(const struct mem_stats *stats, int64_t count)
{
	double sum = 0;

	for (int64_t k = count; k > 0 && k > count - MEM_STATS_PAUSES; k--)
		sum += (double)stats->pauses[(k - 1) % MEM_STATS_PAUSES];
	return sum;
}

/* What log and MemStats say of one figure. */
struct pair {
	double log, stats;
};

static double distance(struct pair pair)
{
	return fabs(pair.log - pair.stats);
}

/* Numbers that no rounding explains, and nothing since the last cycle: of two runs, or of half a log. */
static void examine_agreement(const struct subject *log, const struct subject *heap,
			      struct pair cycles, struct pair share, struct pair allocated,
			      struct findings *findings)
{
	const struct mem_stats *stats = heap->view->profile->mem_stats;
	double slack = AGREEING_BYTES * allocated.stats + (double)stats->heap_alloc;
	struct finding *finding;

	if (distance(cycles) <= AGREEING_CYCLES * cycles.stats &&
	    distance(share) <= AGREEING_SHARE && distance(allocated) <= slack)
		return;
	finding = findings_add(
		findings, SEVERITY_UNKNOWN, "gc-check", "log and MemStats do not agree",
		"see that both are of one run and one process, and that the log is whole; "
		"until then trust neither sum");
	finding->evidence = findings_text(
		findings,
		"%s against %s: %.0f and %.0f cycles, collector %.1f and %.1f %% of the CPU, %.0f and "
		"%.0f MB allocated",
		log->name, heap->name, cycles.log, cycles.stats, share.log, share.stats,
		allocated.log / MEBIBYTE, allocated.stats / MEBIBYTE);
}

void gc_compare(const struct subject *subject, const struct subject *heap,
		struct findings *findings)
{
	static const char *const columns[] = {"figure", "log", "MemStats", "difference"};
	const struct mem_stats *stats = heap->view->profile->mem_stats;
	struct gc_figures figures;
	struct table *table;
	struct gc_log log;
	struct pair share, allocated;
	uint32_t *inputs, first, count, ring;
	double pauses = 0;

	if (!stats || !gc_log_find(subject->view->profile, &log) || !log.count ||
	    stats->cycles <= 0)
		return;
	first = gc_figures_last_run(&log);
	for (count = 0; first + count < log.count; count++)
		if (log.columns[GC_NUMBER][first + count] > stats->cycles)
			break;
	if (!count)
		return;
	gc_figures_build(&log, first, count, &figures);
	ring = count < MEM_STATS_PAUSES ? count : MEM_STATS_PAUSES;
	for (uint32_t i = first + count - ring; i < first + count; i++)
		pauses += (double)log.columns[GC_PAUSE][i];
	table = findings_add_table(findings, "gc-check",
				   findings_text(findings,
						 "%s checked against runtime.MemStats of %s",
						 subject->name, heap->name),
				   columns, 4);
	inputs = arena_zero(&findings->arena, 4, sizeof(*inputs));
	inputs[1] = inputs[3] = subject->number;
	inputs[2] = heap->number;
	table->inputs = inputs;
	table->leads = JUMP_KIND_COUNT; /* figures */
	add_comparison(findings, table, "NumGC", "", count, (double)stats->cycles);
	add_comparison(findings, table, "NumForcedGC", "", figures.forced,
		       (double)stats->forced_cycles);
	add_comparison(findings, table, "PauseNs (last 256)", " ms", pauses / 1e6,
		       ring_pauses(stats, stats->cycles) / 1e6);
	share = (struct pair){100 * figures.cpu_share, 100 * stats->gc_cpu_fraction};
	add_comparison(findings, table, "GCCPUFraction", " %", share.log, share.stats);
	/* What the program had before its first cycle is not in the sum. */
	allocated = (struct pair){figures.allocated + (double)log.columns[GC_HEAP_START][first],
				  (double)stats->total_alloc};
	add_comparison(findings, table, "TotalAlloc", " MB", allocated.log / MEBIBYTE,
		       allocated.stats / MEBIBYTE);
	add_comparison(findings, table, "HeapAlloc (live)", " MB", figures.live_last / MEBIBYTE,
		       (double)stats->heap_alloc / MEBIBYTE);
	examine_agreement(subject, heap, (struct pair){count, (double)stats->cycles}, share,
			  allocated, findings);
}
