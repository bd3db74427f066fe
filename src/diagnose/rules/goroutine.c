/* SPDX-License-Identifier: MIT */
#include "diagnose/rules/goroutine.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "diagnose/goroutine_groups.h"
#include "diagnose/rules/leaked.h"
#include "diagnose/rules/series.h"

/* A dump under examination. */
struct dump {
	const struct subject *subject;
	const struct thresholds *thresholds;
	struct findings *findings;
	struct goroutine_groups groups;
	const struct goroutine_group **sorted; /* the largest first */
	size_t examined;                       /* crowds and long waits */
};

/* No page has room for more of one kind; the largest are told. */
#define MOST_FINDINGS 20

static const char *wait_text(struct findings *findings, const struct goroutine_group *group)
{
	if (!group->wait)
		return "";
	return findings_text(findings, ", the longest for %lld min", (long long)group->wait / 60);
}

static const char *creator_text(struct findings *findings, const struct goroutine_group *group)
{
	return *group->creator ? findings_text(findings, ", started by %s", group->creator) : "";
}

static void add_jumps(struct findings *findings, struct finding *finding,
		      const struct subject *subject, const struct goroutine_group *group)
{
	finding_add_jump(findings, finding, JUMP_FUNCTION, subject->number,
			 goroutine_group_name(subject, group));
	if (*group->state)
		finding_add_jump(findings, finding, JUMP_LABEL, subject->number,
				 findings_text(findings, "state=%s", group->state));
}

/* What a panic or the runtime said stands in the comments. */
static void examine_crash(struct dump *dump)
{
	const struct profile *profile = dump->subject->view->profile;

	for (uint32_t i = 0; i < profile->comment_count; i++) {
		const char *text = profile_text(profile, profile->comments[i]);
		bool deadlock = strstr(text, "all goroutines are asleep") != NULL;
		struct finding *finding;

		if (strncmp(text, "panic: ", 7) != 0 && strncmp(text, "fatal error: ", 13) != 0)
			continue;
		finding = findings_add(
			dump->findings, SEVERITY_CRITICAL, deadlock ? "deadlock" : "crash",
			deadlock ? "the program is deadlocked" : "the program crashed",
			deadlock
				? "every goroutine waits for another: look at what each waits for and who "
				  "should have served it"
				: "start at the function named: it is where the first goroutine stood");
		finding->weight = WEIGHT_CAUSE;
		finding->evidence =
			findings_text(dump->findings, "%s: %s", dump->subject->name, text);
		if (dump->groups.count) {
			const struct goroutine_group *first = &dump->groups.items[0];

			finding->evidence =
				findings_text(dump->findings, "%s, in %s%s%s", finding->evidence,
					      goroutine_group_name(dump->subject, first),
					      *first->state ? ", " : "", first->state);
			add_jumps(dump->findings, finding, dump->subject, first);
		}
		return;
	}
}

static const char *wait_advice(enum goroutine_wait wait)
{
	switch (wait) {
	case WAIT_LOCK:
		return "find who holds the lock: the mutex profile names it; no I/O and no channel "
		       "operation under a lock";
	case WAIT_FOREVER:
		return "nobody can ever wake it: the channel is nil or the select empty; end the goroutine "
		       "instead";
	default:
		return "find who serves the other side and why it does not; give the wait a context or a "
		       "timeout, and two dumps some minutes apart to see if it grows";
	}
}

/* Who may end the wait; a wait that nobody ends is marked. */
static const char *partner_text(struct dump *dump, const struct goroutine_group *group)
{
	const struct goroutine_group *partner;

	if (goroutine_wait_of(group->state) == WAIT_FOREVER)
		return "; it can never go on";
	partner = goroutine_groups_partner(dump->subject, &dump->groups, group);
	if (!partner)
		return "; nobody in the dump could be on the other side";
	return findings_text(dump->findings, "; %lld of %s (%s) may be on the other side",
			     (long long)partner->count,
			     goroutine_group_name(dump->subject, partner),
			     *partner->state ? partner->state : "state not said");
}

/* Crowds, and waits that are too long; true if the group is one. */
static bool examine_group(struct dump *dump, const struct goroutine_group *group)
{
	const double *limits = dump->thresholds->values;
	enum goroutine_wait wait = goroutine_wait_of(group->state);
	bool crowd = (double)group->count >= limits[THRESHOLD_GROUP];
	bool late = (double)group->wait >= 60 * limits[THRESHOLD_WAIT];
	struct finding *finding;

	if (wait == WAIT_IDLE || (wait == WAIT_NONE && *group->state) || (!crowd && !late))
		return false;
	if (dump->examined++ >= MOST_FINDINGS)
		return true;
	finding = findings_add(
		dump->findings, SEVERITY_WARNING, crowd ? "goroutine-crowd" : "goroutine-wait",
		crowd ? findings_text(dump->findings, "%lld goroutines are stuck in %s",
				      (long long)group->count,
				      goroutine_group_name(dump->subject, group))
		      : findings_text(dump->findings, "%s has waited for long",
				      goroutine_group_name(dump->subject, group)),
		wait_advice(wait));
	finding->weight =
		crowd ? thresholds_times(dump->thresholds, THRESHOLD_GROUP, (double)group->count)
		      : thresholds_times(dump->thresholds, THRESHOLD_WAIT,
					 (double)group->wait / 60);
	finding->evidence = findings_text(
		dump->findings, "%s: %lld of %.0f%s%s%s%s%s", dump->subject->name,
		(long long)group->count, dump->subject->total, *group->state ? ", " : "",
		group->state, wait_text(dump->findings, group), creator_text(dump->findings, group),
		late ? partner_text(dump, group) : "");
	add_jumps(dump->findings, finding, dump->subject, group);
	return true;
}

/* Who stands on a nil channel or in an empty select, all of them together. */
static void examine_forever(struct dump *dump)
{
	struct finding *finding = NULL;
	const char *text = "";
	int64_t count = 0;

	for (size_t i = 0; i < dump->groups.count; i++) {
		const struct goroutine_group *group = &dump->groups.items[i];

		if (goroutine_wait_of(group->state) != WAIT_FOREVER)
			continue;
		if (!finding)
			finding = findings_add(dump->findings, SEVERITY_NOTE, "goroutine-forever",
					       "", wait_advice(WAIT_FOREVER));
		count += group->count;
		/* As many names as there is room for places to look at. */
		if (finding->jump_count + 2 <= FINDING_JUMPS)
			text = findings_text(dump->findings, "%s%s%s (%s)", text, *text ? ", " : "",
					     goroutine_group_name(dump->subject, group),
					     group->state);
		add_jumps(dump->findings, finding, dump->subject, group);
	}
	if (!finding)
		return;
	finding->title = findings_text(dump->findings, "%lld goroutine%s can never go on",
				       (long long)count, count == 1 ? "" : "s");
	finding->weight = thresholds_times(dump->thresholds, THRESHOLD_GROUP, (double)count);
	finding->evidence = findings_text(dump->findings, "%s: %s", dump->subject->name, text);
}

/* All groups that wait for one lock. */
struct lock {
	const struct goroutine_group *first;
	int64_t count, wait;
};

static void add_lock(struct dump *dump, const struct lock *lock)
{
	const struct goroutine_group *first = lock->first;
	struct goroutine_group all = {.wait = lock->wait};
	struct finding *finding = findings_add(
		dump->findings, lock->wait ? SEVERITY_WARNING : SEVERITY_NOTE, "deadlock-candidate",
		findings_text(dump->findings,
			      "%lld goroutines wait for one lock: a deadlock candidate",
			      (long long)lock->count),
		"the dump does not name the owner: look for a function that takes this lock and then waits "
		"for one of these goroutines, or returns without unlocking");

	finding->weight = thresholds_times(dump->thresholds, THRESHOLD_GROUP, (double)lock->count);
	finding->evidence =
		findings_text(dump->findings, "%s: lock %s in %s%s%s", dump->subject->name,
			      first->waits_for, goroutine_group_name(dump->subject, first),
			      wait_text(dump->findings, &all), creator_text(dump->findings, first));
	add_jumps(dump->findings, finding, dump->subject, first);
	finding_add_jump(dump->findings, finding, JUMP_LABEL, dump->subject->number,
			 findings_text(dump->findings, "waits_for=%s", first->waits_for));
}

static int compare_locks(const void *a, const void *b)
{
	const struct lock *left = a, *right = b;

	if (left->count != right->count)
		return left->count < right->count ? 1 : -1;
	return (left->first > right->first) - (left->first < right->first);
}

static void examine_locks(struct dump *dump)
{
	struct lock *locks = alloc_zero(dump->groups.count + 1, sizeof(*locks));
	struct strings names;
	size_t count, added = 0;

	strings_init(&names, NULL);
	for (size_t i = 0; i < dump->groups.count; i++) {
		const struct goroutine_group *group = &dump->groups.items[i];
		struct lock *lock;

		if (!*group->waits_for || goroutine_wait_of(group->state) != WAIT_LOCK)
			continue;
		lock = &locks[strings_add_text(&names, group->waits_for) - 1];
		lock->first = lock->first ? lock->first : group;
		lock->count += group->count;
		lock->wait = group->wait > lock->wait ? group->wait : lock->wait;
	}
	/* Number 0 is the empty string. */
	count = strings_count(&names) - 1;
	qsort(locks, count, sizeof(*locks), compare_locks);
	for (size_t i = 0; i < count && added < MOST_FINDINGS; i++) {
		if (locks[i].count < 2 && !locks[i].wait)
			continue;
		add_lock(dump, &locks[i]);
		added++;
	}
	strings_clear(&names);
	free(locks);
}

static int compare_groups(const void *a, const void *b)
{
	const struct goroutine_group *left = *(const struct goroutine_group *const *)a;
	const struct goroutine_group *right = *(const struct goroutine_group *const *)b;

	if (left->count != right->count)
		return left->count < right->count ? 1 : -1;
	if (left->wait != right->wait)
		return left->wait < right->wait ? 1 : -1;
	return (left > right) - (left < right);
}

#define TABLE_ROWS 15

/* Profiles in protobuf say no more than who stands where. */
static bool says_state(const struct dump *dump)
{
	for (size_t i = 0; i < dump->groups.count; i++)
		if (*dump->groups.items[i].state || *dump->groups.items[i].creator)
			return true;
	return false;
}

static void add_state(struct findings *findings, struct table *table,
		      const struct goroutine_group *group)
{
	table_add_text(findings, table, group->state);
	if (group->wait)
		table_add_number(findings, table, (double)group->wait, "%lld min",
				 (long long)group->wait / 60);
	else
		table_add_text(findings, table, "");
	table_add_text(findings, table, group->creator);
}

static void add_table(struct dump *dump)
{
	static const char *const columns[] = {"function", "count", "state", "longest wait",
					      "started by"};
	struct findings *findings = dump->findings;
	bool states = says_state(dump);
	struct table *table = findings_add_table(
		findings, "goroutines",
		findings_text(findings, "Goroutines of %s, by what they do", dump->subject->name),
		columns, states ? 5 : 2);

	for (size_t i = 0; i < dump->groups.count && i < TABLE_ROWS; i++) {
		const struct goroutine_group *group = dump->sorted[i];

		table_add_text(findings, table, goroutine_group_name(dump->subject, group));
		table_add_number(findings, table, (double)group->count, "%lld",
				 (long long)group->count);
		if (states)
			add_state(findings, table, group);
	}
}

static void examine_groups(struct dump *dump)
{
	struct finding *finding;

	for (size_t i = 0; i < dump->groups.count; i++)
		examine_group(dump, dump->sorted[i]);
	if (dump->examined <= MOST_FINDINGS)
		return;
	finding =
		findings_add(dump->findings, SEVERITY_NOTE, "goroutine-more",
			     findings_text(dump->findings, "%zu more groups are stuck",
					   dump->examined - MOST_FINDINGS),
			     "-tagroot=state -top has all, -tagfocus=wait=600s: the longest waits");
	finding->evidence = findings_text(dump->findings, "%s has %zu groups", dump->subject->name,
					  dump->groups.count);
}

void goroutine_examine(const struct subject *subject, const struct thresholds *thresholds,
		       struct findings *findings)
{
	struct dump dump = {.subject = subject, .thresholds = thresholds, .findings = findings};

	goroutine_groups_build(subject, &dump.groups);
	dump.sorted = alloc_zero(dump.groups.count + 1, sizeof(*dump.sorted));
	for (size_t i = 0; i < dump.groups.count; i++)
		dump.sorted[i] = &dump.groups.items[i];
	qsort(dump.sorted, dump.groups.count, sizeof(*dump.sorted), compare_groups);
	examine_crash(&dump);
	leaked_examine(subject, findings);
	examine_forever(&dump);
	examine_groups(&dump);
	examine_locks(&dump);
	add_table(&dump);
	free(dump.sorted);
	goroutine_groups_clear(&dump.groups);
}

/* A change beyond what chance does to such a count. */
static bool is_growth(int64_t before, int64_t after)
{
	return (double)(after - before) > 3 * sqrt((double)before + 1);
}

/* Several dumps under comparison. */
struct dumps {
	const struct subject *const *subjects;
	uint32_t count;
	const struct thresholds *thresholds;
	struct findings *findings;
	struct goroutine_groups *groups; /* of each */
	double seconds;                  /* from the first to the last; 0: unknown */
	bool estimated;                  /* by how much longer goroutines have waited */
};

/* How many, and for how long, a group of the last dump was in another; all 0 if it was not there. */
static struct goroutine_group group_in(const struct dumps *dumps, uint32_t dump, size_t number)
{
	const struct goroutine_group *group = goroutine_groups_find(
		&dumps->groups[dump], &dumps->groups[dumps->count - 1], number);

	return group ? *group : (struct goroutine_group){0};
}

/* Waits are in whole minutes: those who stayed tell how far two dumps are apart, to a minute. */
static void estimate_time(struct dumps *dumps)
{
	const struct goroutine_groups *last = &dumps->groups[dumps->count - 1];

	dumps->seconds = series_seconds(dumps->subjects, dumps->count, dumps->thresholds);
	if (dumps->seconds > 0)
		return;
	for (size_t i = 0; i < last->count; i++) {
		struct goroutine_group first = group_in(dumps, 0, i);
		double longer = (double)(last->items[i].wait - first.wait);

		if (first.count == last->items[i].count && longer > dumps->seconds)
			dumps->seconds = longer;
	}
	dumps->estimated = dumps->seconds > 0;
}

static enum severity leak_severity(const struct dumps *dumps, double rate)
{
	const double *limits = dumps->thresholds->values;

	if (dumps->seconds <= 0)
		return SEVERITY_WARNING;
	if (rate >= limits[THRESHOLD_LEAK_CRITICAL] && !dumps->estimated)
		return SEVERITY_CRITICAL;
	return rate >= limits[THRESHOLD_LEAK_RATE] ? SEVERITY_WARNING : SEVERITY_NOTE;
}

static const char *time_text(struct dumps *dumps)
{
	if (dumps->seconds <= 0)
		return " (-threshold interval=SECONDS between the dumps gives the rate)";
	if (dumps->estimated)
		return findings_text(dumps->findings,
				     " in about %.0f min, by how much longer others have waited",
				     dumps->seconds / 60);
	return findings_text(dumps->findings, " in %.0f s", dumps->seconds);
}

static void add_growth(struct dumps *dumps, const struct goroutine_group *group, int64_t before)
{
	const struct subject *subject = dumps->subjects[dumps->count - 1];
	const char *name = goroutine_group_name(subject, group);
	double rate =
		dumps->seconds > 0 ? (double)(group->count - before) * 60 / dumps->seconds : 0;
	struct findings *findings = dumps->findings;
	struct finding *finding = findings_add(
		findings, leak_severity(dumps, rate), "goroutine-leak",
		dumps->seconds > 0
			? findings_text(findings, "goroutines leak in %s: %s%+.1f a minute", name,
					dumps->estimated ? "about " : "", rate)
			: findings_text(findings, "goroutines leak in %s", name),
		findings_text(findings,
			      "what %s starts does not end: give it a context that ends, a "
			      "buffered channel or a close; check the path on which nobody reads",
			      *group->creator ? group->creator : "whoever starts them"));

	/* It comes before the crowd that has gathered by then. */
	finding->weight = dumps->seconds > 0
				  ? thresholds_times(dumps->thresholds, THRESHOLD_LEAK_RATE, rate)
				  : thresholds_times(dumps->thresholds, THRESHOLD_GROUP,
						     2 * (double)group->count);
	finding->evidence = findings_text(
		findings, "from %lld to %lld%s%s%s%s%s", (long long)before, (long long)group->count,
		time_text(dumps), *group->state ? ", " : "", group->state,
		wait_text(findings, group), creator_text(findings, group));
	add_jumps(findings, finding, subject, group);
}

/* In no dump fewer than in the one before. */
static bool is_steady(const struct dumps *dumps, size_t number)
{
	int64_t present = group_in(dumps, 0, number).count;

	for (uint32_t k = 1; k < dumps->count; k++) {
		int64_t next = group_in(dumps, k, number).count;

		if (next < present)
			return false;
		present = next;
	}
	return true;
}

/* A group of the last dump that has grown. */
struct grown {
	size_t number;
	int64_t before, growth;
};

static int compare_grown(const void *a, const void *b)
{
	const struct grown *left = a, *right = b;

	if (left->growth != right->growth)
		return left->growth < right->growth ? 1 : -1;
	return (left->number > right->number) - (left->number < right->number);
}

static void examine_growth(struct dumps *dumps)
{
	const struct goroutine_groups *last = &dumps->groups[dumps->count - 1];
	struct grown *grown = alloc_zero(last->count + 1, sizeof(*grown));
	size_t count = 0;

	for (size_t i = 0; i < last->count; i++) {
		int64_t before = group_in(dumps, 0, i).count, present = last->items[i].count;

		if (is_steady(dumps, i) && is_growth(before, present))
			grown[count++] = (struct grown){i, before, present - before};
	}
	qsort(grown, count, sizeof(*grown), compare_grown);
	for (size_t i = 0; i < count && i < MOST_FINDINGS; i++)
		add_growth(dumps, &last->items[grown[i].number], grown[i].before);
	free(grown);
}

/* Those who are no more and no fewer, and wait longer and longer: workers without work, or stuck. */
static void examine_stayers(struct dumps *dumps)
{
	const struct subject *subject = dumps->subjects[dumps->count - 1];
	const struct goroutine_groups *last = &dumps->groups[dumps->count - 1];
	struct finding *finding = NULL;
	const char *text = "";
	int64_t count = 0, longest = 0;

	for (size_t i = 0; i < last->count; i++) {
		const struct goroutine_group *group = &last->items[i];
		struct goroutine_group first = group_in(dumps, 0, i);
		enum goroutine_wait wait = goroutine_wait_of(group->state);

		if ((wait != WAIT_CHANNEL && wait != WAIT_SELECT && wait != WAIT_LOCK) ||
		    first.count != group->count || first.wait >= group->wait)
			continue;
		if (!finding)
			finding = findings_add(
				dumps->findings, SEVERITY_NOTE, "goroutine-stuck", "",
				"workers without work do so; whoever should have gone on by now is "
				"stuck: see who serves the other side");
		if (finding->jump_count + 2 <= FINDING_JUMPS)
			text = findings_text(dumps->findings, "%s%s%lld in %s (%s%s)", text,
					     *text ? ", " : "", (long long)group->count,
					     goroutine_group_name(subject, group), group->state,
					     wait_text(dumps->findings, group));
		add_jumps(dumps->findings, finding, subject, group);
		count += group->count;
		longest = group->wait > longest ? group->wait : longest;
	}
	if (!finding)
		return;
	finding->title = findings_text(dumps->findings, "%lld goroutines stay and wait longer",
				       (long long)count);
	finding->weight = thresholds_times(dumps->thresholds, THRESHOLD_WAIT, (double)longest / 60);
	finding->evidence = finding->jump_count < FINDING_JUMPS
				    ? text
				    : findings_text(dumps->findings, "%s, ...", text);
}

void goroutine_compare(const struct subject *const *subjects, uint32_t count,
		       const struct thresholds *thresholds, struct findings *findings)
{
	struct dumps dumps = {.subjects = subjects,
			      .count = count,
			      .thresholds = thresholds,
			      .findings = findings,
			      .groups = alloc_zero(count, sizeof(*dumps.groups))};

	for (uint32_t i = 0; i < count; i++)
		goroutine_groups_build(subjects[i], &dumps.groups[i]);
	estimate_time(&dumps);
	examine_growth(&dumps);
	examine_stayers(&dumps);
	for (uint32_t i = 0; i < count; i++)
		goroutine_groups_clear(&dumps.groups[i]);
	free(dumps.groups);
}
