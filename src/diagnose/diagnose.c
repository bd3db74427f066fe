/* SPDX-License-Identifier: MIT */
#include "diagnose/diagnose.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "diagnose/rules/changes.h"
#include "diagnose/class.h"
#include "diagnose/rules/counters.h"
#include "diagnose/rules/cross.h"
#include "diagnose/rules/escape.h"
#include "diagnose/rules/gc.h"
#include "diagnose/rules/goroutine.h"
#include "diagnose/rules/hotspot.h"
#include "diagnose/inputs.h"
#include "diagnose/rules/jvm.h"
#include "diagnose/rules/series.h"
#include "diagnose/rules/system_calls.h"
#include "diagnose/rules/threads.h"
#include "diagnose/rules/trace.h"
#include "diagnose/side_by_side.h"
#include "profile/thread_dump.h"

/* All inputs under diagnosis. */
struct session {
	struct subject *subjects;
	struct class_shares *shares; /* by subject */
	uint32_t count;
	const struct thresholds *thresholds;
	struct findings *findings;
};

static void add_unknown(const struct subject *subject, struct findings *findings)
{
	struct finding *finding = findings_add(
		findings, SEVERITY_UNKNOWN, "kind", "no rule knows this kind of profile",
		"give a CPU, heap, block, mutex or goroutine profile of Go, a goroutine dump or a log of "
		"gctrace");

	finding->evidence =
		findings_text(findings, "%s counts %s", subject->name, view_type(subject->view));
}

/* A profile of who created threads says how many there are. */
static void examine_threads(const struct subject *subject, const struct thresholds *thresholds,
			    struct findings *findings)
{
	struct finding *finding;

	if (subject->total <= thresholds->values[THRESHOLD_THREADS])
		return;
	finding = findings_add(
		findings, SEVERITY_WARNING, "threads", "the program has many threads",
		"each call that blocks in the system or in C takes one: bound how many "
		"run at once");
	finding->weight = thresholds_times(thresholds, THRESHOLD_THREADS, subject->total);
	finding->evidence =
		findings_text(findings, "%s: %.0f threads", subject->name, subject->total);
}

/* What other tools than Go's say beside a profile; false if it is nothing of the kind. */
static bool examine_other_tools(const struct subject *subject, const struct thresholds *thresholds,
				struct findings *findings)
{
	if (system_calls_apply(subject))
		system_calls_examine(subject, thresholds, findings);
	else if (jvm_applies(subject))
		jvm_examine(subject, thresholds, findings);
	else if (subject_column(subject, THREAD_TYPE))
		threads_examine(subject, thresholds, findings);
	else
		return false;
	return true;
}

static void add_lonely(const struct subject *subject, struct findings *findings)
{
	struct finding *finding =
		findings_add(findings, SEVERITY_UNKNOWN, "escapes",
			     "what escapes has no price without a profile",
			     "name a heap or allocs profile of the same program too");

	finding->evidence =
		findings_text(findings, "%s has %.0f places", subject->name, subject->total);
}

/* Where nothing smaller is to be looked at, all of the input is. */
static void complete_jumps(struct findings *findings, size_t first, const struct subject *subject)
{
	for (size_t i = first; i < findings->count; i++)
		if (!findings->items[i].jump_count)
			finding_add_jump(findings, &findings->items[i], JUMP_FILE, subject->number,
					 subject->name);
}

/* One input by itself. */
static void examine(struct session *session, uint32_t number)
{
	const struct subject *subject = &session->subjects[number];
	struct class_map map = {0};

	gc_examine(subject, session->thresholds, session->findings);
	if (subject->kind == SUBJECT_GOROUTINE)
		goroutine_examine(subject, session->thresholds, session->findings);
	if (subject->kind == SUBJECT_COUNTERS)
		counters_examine(subject, session->thresholds, session->findings);
	if (subject->kind == SUBJECT_TRACE)
		trace_examine(subject, session->thresholds, session->findings);
	if (subject_column(subject, "threadcreate"))
		examine_threads(subject, session->thresholds, session->findings);
	else if (!examine_other_tools(subject, session->thresholds, session->findings) &&
		 subject->kind == SUBJECT_OTHER)
		add_unknown(subject, session->findings);
	if (!hotspot_applies(subject))
		return;
	class_map_build(subject->view->profile, &map);
	class_shares_build(subject, &map, &session->shares[number]);
	hotspot_examine(subject, &session->shares[number], session->thresholds, session->findings);
	class_map_clear(&map);
}

/* What each input says for itself. */
static void examine_each(struct session *session)
{
	for (uint32_t i = 0; i < session->count; i++) {
		const struct subject *subject = &session->subjects[i];
		size_t first = session->findings->count;

		if (subject->twin || (subject->kind == SUBJECT_GOROUTINE && subject->superseded))
			continue;
		examine(session, i);
		complete_jumps(session->findings, first, subject);
	}
}

/* How several inputs of one kind are compared. */
struct series_rule {
	enum subject_kind kind;
	uint32_t least; /* two profiles of one run may be before and after, not a series */
	void (*compare)(const struct subject *const *subjects, uint32_t count,
			const struct thresholds *thresholds, struct findings *findings);
};

/* Those of one form; of other kinds than goroutines all count as the first. */
static void examine_form(struct session *session, const struct series_rule *rule, unsigned form)
{
	const struct subject **series = alloc_zero(session->count, sizeof(*series));
	uint32_t count = 0;

	for (uint32_t i = 0; i < session->count; i++) {
		const struct subject *subject = &session->subjects[i];
		unsigned own = subject->kind == SUBJECT_GOROUTINE ? inputs_form(subject) : 0;

		if (subject->kind == rule->kind && !subject->twin && own == form)
			series[count++] = subject;
	}
	if (count >= rule->least) {
		series_sort(series, count);
		if (rule->compare)
			rule->compare(series, count, session->thresholds, session->findings);
		series_write(series, count, session->thresholds, session->findings);
	}
	free(series);
}

/* Several inputs of one kind, the oldest first. */
static void examine_series(struct session *session)
{
	static const struct series_rule rules[] = {
		{SUBJECT_GOROUTINE, 2, goroutine_compare},
		{SUBJECT_HEAP, 2, series_compare_heaps},
		{SUBJECT_CPU, 3, NULL},
		{SUBJECT_BLOCK, 3, NULL},
		{SUBJECT_MUTEX, 3, NULL},
	};

	for (size_t r = 0; r < COUNT(rules); r++)
		for (unsigned form = 0; form < FORM_COUNT; form++)
			examine_form(session, &rules[r], form);
}

/* Every log against every heap that has the numbers of the runtime, and what escapes against what was allocated. */
static void join_heaps(struct session *session)
{
	for (uint32_t i = 0; i < session->count; i++) {
		const struct subject *subject = &session->subjects[i];
		bool joined = false;

		for (uint32_t k = 0; k < session->count; k++) {
			const struct subject *heap = &session->subjects[k];

			if (heap->kind != SUBJECT_HEAP)
				continue;
			joined = true;
			if (subject->kind == SUBJECT_GC)
				gc_compare(subject, heap, session->findings);
			else if (subject->kind == SUBJECT_ESCAPE && !heap->superseded &&
				 !heap->twin)
				escape_join(subject, heap, session->thresholds, session->findings);
		}
		if (!joined && subject->kind == SUBJECT_ESCAPE)
			add_lonely(subject, session->findings);
	}
}

void diagnose(const struct diagnose_input *inputs, uint32_t count,
	      const struct thresholds *thresholds, struct findings *findings)
{
	struct session session = {.subjects = alloc_zero(count, sizeof(*session.subjects)),
				  .shares = alloc_zero(count, sizeof(*session.shares)),
				  .count = count,
				  .thresholds = thresholds,
				  .findings = findings};
	struct side_by_side sides;

	for (uint32_t i = 0; i < count; i++)
		subject_init(&session.subjects[i], inputs[i].name, i, inputs[i].view);
	inputs_mark(session.subjects, count);
	inputs_write(session.subjects, count, findings);
	side_by_side_build(session.subjects, count, findings, &sides);
	side_by_side_write(&sides, findings);
	examine_each(&session);
	join_heaps(&session);
	examine_series(&session);
	changes_examine(session.subjects, count, findings);
	cross_examine(session.subjects, session.shares, count, &sides, thresholds, findings);
	findings_sort(findings);
	side_by_side_clear(&sides);
	for (uint32_t i = 0; i < count; i++) {
		class_shares_clear(&session.shares[i]);
		subject_clear(&session.subjects[i]);
	}
	free(session.subjects);
	free(session.shares);
}
