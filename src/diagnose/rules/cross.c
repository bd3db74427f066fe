/* SPDX-License-Identifier: MIT */
#include "diagnose/rules/cross.h"

#include <string.h>

#include "diagnose/rules/counters.h"
#include "diagnose/gc_figures.h"

/* Columns that must name a function before it is a shared cause, and how far down they may. */
#define SHARED_COLUMNS 3
#define SHARED_RANK 3

/* What the inputs say about the run; negative: no input says it. */
struct state {
	double cpu;          /* share of one processor */
	double gc, allocate; /* shares of the CPU profile */
	double gc_log;       /* share of all processors */
	double delay;        /* of the block profile, in seconds */
	double lock;         /* share of blocking or of goroutines */
	double allocated;    /* bytes a second */
	double cycles;       /* an instruction */
	uint32_t cpu_input, block_input;
};

struct cross {
	const struct subject *subjects;
	const struct side_by_side *sides;
	const double *limits;
	struct findings *findings;
	struct state state;
};

static void read_cpu(struct state *state, const struct subject *subject,
		     const struct class_shares *shares)
{
	int64_t duration = subject->view->profile->duration_nanos;

	if (subject->total <= 0)
		return;
	state->cpu_input = subject->number;
	if (duration > 0)
		state->cpu = 100 * subject->total / (double)duration;
	state->gc = 100 * shares->anywhere[KIND_GC] / subject->total;
	state->allocate = 100 * shares->anywhere[KIND_ALLOCATION] / subject->total;
}

static void read_log(struct state *state, const struct subject *subject)
{
	struct gc_figures figures;
	struct gc_log log;
	uint32_t first;

	if (!gc_log_find(subject->view->profile, &log) || !log.count)
		return;
	first = gc_figures_last_run(&log);
	gc_figures_build(&log, first, log.count - first, &figures);
	state->gc_log = 100 * figures.cpu_share;
	state->allocated = figures.allocation_rate;
}

static void read_state(struct state *state, const struct subject *subjects,
		       const struct class_shares *shares, uint32_t count)
{
	*state = (struct state){-1, -1, -1, -1, -1, -1, -1, -1, 0, 0};
	for (uint32_t i = 0; i < count; i++) {
		const struct subject *subject = &subjects[i];
		double lock = subject->total > 0
				      ? 100 * shares[i].anywhere[KIND_LOCK] / subject->total
				      : -1;

		if (subject->kind == SUBJECT_CPU)
			read_cpu(state, subject, &shares[i]);
		else if (subject->kind == SUBJECT_GC)
			read_log(state, subject);
		else if (subject->kind == SUBJECT_COUNTERS)
			state->cycles = counters_cycles_per_instruction(subject);
		if (subject->kind == SUBJECT_BLOCK) {
			state->delay = subject->total / 1e9;
			state->block_input = i;
		}
		if ((subject->kind == SUBJECT_BLOCK || subject->kind == SUBJECT_GOROUTINE) &&
		    lock > state->lock)
			state->lock = lock;
	}
}

/* The column of a kind, or of this title; -1 if there is none. */
static int find_column(const struct cross *cross, enum subject_kind kind, const char *title)
{
	for (uint32_t c = 0; c < cross->sides->column_count; c++)
		if (cross->sides->columns[c].subject->kind == kind &&
		    (!title || strcmp(cross->sides->columns[c].title, title) == 0))
			return (int)c;
	return -1;
}

/* "f 12.0 %, g 3.0 %" of a column, and where to jump. */
static const char *largest_text(struct cross *cross, int column, struct finding *finding)
{
	string_id names[SHARED_RANK];
	const char *text = "";
	uint32_t count;

	if (column < 0)
		return text;
	count = side_by_side_largest(cross->sides, (uint32_t)column, SHARED_RANK, names);
	for (uint32_t i = 0; i < count; i++) {
		const char *name = strings_text(&cross->sides->names, names[i]);

		text = findings_text(cross->findings, "%s%s%s %.1f %%", text, i ? ", " : "", name,
				     100 * cross->sides->columns[column].shares[names[i]]);
		finding_add_jump(cross->findings, finding, JUMP_FUNCTION,
				 cross->sides->columns[column].subject->number, name);
	}
	return text;
}

/* CPU high, memory calm. */
static void examine_computation(struct cross *cross)
{
	const struct state *s = &cross->state;
	struct finding *finding;
	const char *functions;

	if (s->cpu < cross->limits[THRESHOLD_CPU_BUSY] || s->gc < 0 ||
	    s->gc >= cross->limits[THRESHOLD_GC] ||
	    s->allocate >= cross->limits[THRESHOLD_ALLOCATION] ||
	    s->gc_log >= cross->limits[THRESHOLD_GC_TUNE])
		return;
	finding = findings_add(
		cross->findings, SEVERITY_NOTE, "computation",
		"the run is bound by computation, not by memory",
		"work on the hot functions themselves (Peek, -list); look at the class of "
		"locks if the same work got slower with more goroutines");
	functions = largest_text(cross, find_column(cross, SUBJECT_CPU, NULL), finding);
	finding->weight = WEIGHT_CAUSE;
	finding->evidence = findings_text(
		cross->findings,
		"CPU %.0f %% of one processor, of it collector %.1f %% and allocation %.1f %%%s; hot: %s",
		s->cpu, s->gc, s->allocate,
		s->cycles > 0
			? findings_text(cross->findings, "; %.2f cycles an instruction", s->cycles)
			: "",
		functions);
}

/* Who is among the first of both columns: the names, "" for nobody. */
static const char *common_text(struct cross *cross, int one, int other, struct finding *finding)
{
	string_id left[2 * SHARED_RANK], right[2 * SHARED_RANK];
	uint32_t left_count, right_count;
	const char *text = "";

	if (one < 0 || other < 0)
		return text;
	left_count = side_by_side_largest(cross->sides, (uint32_t)one, 2 * SHARED_RANK, left);
	right_count = side_by_side_largest(cross->sides, (uint32_t)other, 2 * SHARED_RANK, right);
	for (uint32_t i = 0; i < left_count; i++) {
		for (uint32_t k = 0; k < right_count; k++) {
			const char *name = strings_text(&cross->sides->names, left[i]);

			if (left[i] != right[k])
				continue;
			text = findings_text(cross->findings, "%s%s%s", text, *text ? ", " : "",
					     name);
			finding_add_jump(cross->findings, finding, JUMP_FUNCTION,
					 cross->sides->columns[one].subject->number, name);
		}
	}
	return text;
}

/* Allocation steep, collections frequent, goroutines blocked. */
static void examine_storm(struct cross *cross)
{
	const struct state *s = &cross->state;
	bool memory = s->allocate >= cross->limits[THRESHOLD_ALLOCATION] ||
		      s->gc >= cross->limits[THRESHOLD_GC] ||
		      s->gc_log >= cross->limits[THRESHOLD_GC_TUNE];
	int allocated = find_column(cross, SUBJECT_HEAP, "allocated");
	int contended = find_column(cross, SUBJECT_MUTEX, NULL);
	struct finding *finding;
	const char *sites, *common;

	if (contended < 0)
		contended = find_column(cross, SUBJECT_BLOCK, NULL);
	if (!memory || s->lock < cross->limits[THRESHOLD_LOCK])
		return;
	finding = findings_add(
		cross->findings, SEVERITY_WARNING, "allocation-storm",
		"allocation and a contended lock make each other worse",
		"first take the allocation out of the locked part, then allocate less: what is named for "
		"both comes first");
	sites = largest_text(cross, allocated, finding);
	common = common_text(cross, allocated, contended, finding);
	finding->weight = WEIGHT_CAUSE + s->lock;
	finding->evidence = findings_text(
		cross->findings,
		"allocation %.1f %% and collector %.1f %% of the CPU; locks %.1f %% of the waiting%s%s%s%s",
		s->allocate > 0 ? s->allocate : 0, s->gc > 0 ? s->gc : s->gc_log, s->lock,
		*sites ? "; allocate: " : "", sites, *common ? "; on both lists: " : "", common);
}

/* The collector has much to do: the profile of allocations says for whom. */
static void examine_garbage(struct cross *cross)
{
	const struct state *s = &cross->state;
	int allocated = find_column(cross, SUBJECT_HEAP, "allocated");
	struct finding *finding;
	string_id first;

	if ((s->gc < cross->limits[THRESHOLD_GC] && s->gc_log < cross->limits[THRESHOLD_GC_TUNE]) ||
	    s->lock >= cross->limits[THRESHOLD_LOCK] || allocated < 0 ||
	    !side_by_side_largest(cross->sides, (uint32_t)allocated, 1, &first))
		return;
	finding = findings_add(
		cross->findings, SEVERITY_WARNING, "garbage",
		findings_text(cross->findings, "%s makes the work of the collector",
			      strings_text(&cross->sides->names, first)),
		"begin with the lines of the first (-list=NAME -sample_index=alloc_space): reuse what is "
		"allocated there, or make it once");
	finding->weight = WEIGHT_CAUSE;
	finding->evidence = largest_text(cross, allocated, finding);
	finding->evidence = findings_text(
		cross->findings, "collector %.1f %% of the CPU%s; allocated bytes: %s",
		s->gc > s->gc_log ? s->gc : s->gc_log,
		s->gc > s->gc_log ? " profile" : " by its log", finding->evidence);
}

/* Long blocking, no memory pressure, idle CPU. */
static void examine_waiting(struct cross *cross)
{
	const struct state *s = &cross->state;
	struct finding *finding;
	const char *sites;

	if (s->cpu < 0 || s->cpu > cross->limits[THRESHOLD_CPU_IDLE] || s->delay <= 0 ||
	    s->gc >= cross->limits[THRESHOLD_GC] || s->gc_log >= cross->limits[THRESHOLD_GC_TUNE])
		return;
	finding = findings_add(
		cross->findings, SEVERITY_NOTE, "waiting",
		"the run waits: I/O or something outside",
		"measure what is called at the wait sites (database, network, disk) before "
		"touching the code");
	sites = largest_text(cross, find_column(cross, SUBJECT_BLOCK, NULL), finding);
	finding->weight = WEIGHT_CAUSE;
	finding->evidence = findings_text(
		cross->findings, "CPU %.0f %% of one processor, %.1f s of blocking; waits in: %s",
		s->cpu, s->delay, sites);
}

/* One function among the first of several kinds of profiles. */
static void examine_shared(struct cross *cross)
{
	const struct side_by_side *sides = cross->sides;
	string_id names[SHARED_RANK];

	for (uint32_t c = 0; c < sides->column_count; c++) {
		uint32_t count = side_by_side_largest(sides, c, SHARED_RANK, names);

		for (uint32_t i = 0; i < count; i++) {
			const char *text = "", *name = strings_text(&sides->names, names[i]);
			unsigned kinds = 0, columns = 0;
			bool first = true;
			double sum = 0;
			struct finding *finding;

			for (uint32_t k = 0; k < sides->column_count; k++) {
				string_id others[SHARED_RANK];
				uint32_t other_count =
					side_by_side_largest(sides, k, SHARED_RANK, others);
				bool named = false;

				for (uint32_t n = 0; n < other_count; n++)
					named = named || others[n] == names[i];
				if (!named)
					continue;
				first = first && k >= c;
				columns += !(kinds >> sides->columns[k].subject->kind & 1);
				kinds |= 1u << sides->columns[k].subject->kind;
				sum += sides->columns[k].shares[names[i]];
				text = findings_text(cross->findings, "%s%s%s %.1f %%", text,
						     *text ? ", " : "", sides->columns[k].title,
						     100 * sides->columns[k].shares[names[i]]);
			}
			if (!first || columns < SHARED_COLUMNS)
				continue;
			finding =
				findings_add(cross->findings, SEVERITY_WARNING, "shared-cause",
					     findings_text(cross->findings,
							   "several profiles point at %s", name),
					     "begin there: one change moves all of these numbers");
			finding->weight = WEIGHT_CAUSE + 100 * sum;
			finding->evidence = text;
			finding_add_jump(cross->findings, finding, JUMP_FUNCTION,
					 sides->columns[c].subject->number, name);
		}
	}
}

void cross_examine(const struct subject *subjects, const struct class_shares *shares,
		   uint32_t count, const struct side_by_side *sides,
		   const struct thresholds *thresholds, struct findings *findings)
{
	struct cross cross = {.subjects = subjects,
			      .sides = sides,
			      .limits = thresholds->values,
			      .findings = findings};

	if (count < 2)
		return;
	read_state(&cross.state, subjects, shares, count);
	examine_computation(&cross);
	examine_storm(&cross);
	examine_garbage(&cross);
	examine_waiting(&cross);
	examine_shared(&cross);
}
