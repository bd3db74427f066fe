#include "diagnose/goroutine.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "diagnose/goroutine_groups.h"
#include "diagnose/series.h"

/* A dump under examination. */
struct dump {
	const struct subject *subject;
	const struct thresholds *thresholds;
	struct findings *findings;
	struct goroutine_groups groups;
};

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

/* Crowds, and waits that are too long. */
static void examine_group(struct dump *dump, const struct goroutine_group *group)
{
	const double *limits = dump->thresholds->values;
	enum goroutine_wait wait = goroutine_wait_of(group->state);
	bool crowd = (double)group->count >= limits[THRESHOLD_GROUP];
	bool late = (double)group->wait >= 60 * limits[THRESHOLD_WAIT];
	struct finding *finding;

	if (wait == WAIT_IDLE || (wait == WAIT_NONE && *group->state) || (!crowd && !late))
		return;
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
		text = findings_text(dump->findings, "%s%s%s (%s)", text, *text ? ", " : "",
				     goroutine_group_name(dump->subject, group), group->state);
		add_jumps(dump->findings, finding, dump->subject, group);
	}
	if (!finding)
		return;
	finding->title = findings_text(dump->findings, "%lld goroutine%s can never go on",
				       (long long)count, count == 1 ? "" : "s");
	finding->weight = thresholds_times(dump->thresholds, THRESHOLD_GROUP, (double)count);
	finding->evidence = findings_text(dump->findings, "%s: %s", dump->subject->name, text);
}

/* All groups that wait for the lock of this group, which is the first with it. */
static void examine_lock(struct dump *dump, size_t number)
{
	const struct goroutine_group *first = &dump->groups.items[number];
	struct goroutine_group all = *first;
	struct finding *finding;

	all.count = all.wait = 0;
	for (size_t i = 0; i < dump->groups.count; i++) {
		const struct goroutine_group *other = &dump->groups.items[i];

		if (strcmp(other->waits_for, first->waits_for) != 0)
			continue;
		if (i < number)
			return;
		all.count += other->count;
		all.wait = other->wait > all.wait ? other->wait : all.wait;
	}
	if (all.count < 2 && !all.wait)
		return;
	finding = findings_add(
		dump->findings, all.wait ? SEVERITY_WARNING : SEVERITY_NOTE, "deadlock-candidate",
		findings_text(dump->findings,
			      "%lld goroutines wait for one lock: a deadlock candidate",
			      (long long)all.count),
		"the dump does not name the owner: look for a function that takes this lock and then waits "
		"for one of these goroutines, or returns without unlocking");
	finding->weight = thresholds_times(dump->thresholds, THRESHOLD_GROUP, (double)all.count);
	finding->evidence =
		findings_text(dump->findings, "%s: lock %s in %s%s%s", dump->subject->name,
			      first->waits_for, goroutine_group_name(dump->subject, first),
			      wait_text(dump->findings, &all), creator_text(dump->findings, first));
	add_jumps(dump->findings, finding, dump->subject, first);
	finding_add_jump(dump->findings, finding, JUMP_LABEL, dump->subject->number,
			 findings_text(dump->findings, "waits_for=%s", first->waits_for));
}

static int compare_groups(const void *a, const void *b)
{
	const struct goroutine_group *left = *(const struct goroutine_group *const *)a;
	const struct goroutine_group *right = *(const struct goroutine_group *const *)b;

	if (left->count != right->count)
		return left->count < right->count ? 1 : -1;
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
	const struct goroutine_group **sorted = alloc_zero(dump->groups.count + 1, sizeof(*sorted));
	struct findings *findings = dump->findings;
	bool states = says_state(dump);
	struct table *table = findings_add_table(
		findings, "goroutines",
		findings_text(findings, "Goroutines of %s, by what they do", dump->subject->name),
		columns, states ? 5 : 2);

	for (size_t i = 0; i < dump->groups.count; i++)
		sorted[i] = &dump->groups.items[i];
	qsort(sorted, dump->groups.count, sizeof(*sorted), compare_groups);
	for (size_t i = 0; i < dump->groups.count && i < TABLE_ROWS; i++) {
		table_add_text(findings, table, goroutine_group_name(dump->subject, sorted[i]));
		table_add_number(findings, table, (double)sorted[i]->count, "%lld",
				 (long long)sorted[i]->count);
		if (states)
			add_state(findings, table, sorted[i]);
	}
	free(sorted);
}

void goroutine_examine(const struct subject *subject, const struct thresholds *thresholds,
		       struct findings *findings)
{
	struct dump dump = {.subject = subject, .thresholds = thresholds, .findings = findings};

	goroutine_groups_build(subject, &dump.groups);
	examine_crash(&dump);
	examine_forever(&dump);
	for (size_t i = 0; i < dump.groups.count; i++) {
		examine_group(&dump, &dump.groups.items[i]);
		if (*dump.groups.items[i].waits_for &&
		    goroutine_wait_of(dump.groups.items[i].state) == WAIT_LOCK)
			examine_lock(&dump, i);
	}
	add_table(&dump);
	goroutine_groups_clear(&dump.groups);
}

/* A change beyond what chance does to such a count. */
static bool is_growth(int64_t before, int64_t after)
{
	return (double)(after - before) > 3 * sqrt((double)before + 1);
}

static void add_growth(const struct subject *subject, const struct goroutine_group *group,
		       int64_t before, double seconds, const struct thresholds *thresholds,
		       struct findings *findings)
{
	const double *limits = thresholds->values;
	double rate = seconds > 0 ? (double)(group->count - before) * 60 / seconds : 0;
	enum severity severity = seconds <= 0 || rate >= limits[THRESHOLD_LEAK_RATE]
					 ? SEVERITY_WARNING
					 : SEVERITY_NOTE;
	struct finding *finding;

	if (rate >= limits[THRESHOLD_LEAK_CRITICAL])
		severity = SEVERITY_CRITICAL;
	finding = findings_add(
		findings, severity, "goroutine-leak",
		seconds > 0 ? findings_text(findings, "goroutines leak in %s: %+.1f a minute",
					    goroutine_group_name(subject, group), rate)
			    : findings_text(findings, "goroutines leak in %s",
					    goroutine_group_name(subject, group)),
		*group->creator
			? findings_text(
				  findings,
				  "what %s starts does not end: give it a context that ends, a "
				  "buffered channel or a close; check the path on which nobody reads",
				  group->creator)
			: "what is started there does not end: give it a context that ends, a buffered "
			  "channel or a close; check the path on which nobody reads");
	/* It comes before the crowd that has gathered by then. */
	finding->weight = seconds > 0 ? thresholds_times(thresholds, THRESHOLD_LEAK_RATE, rate)
				      : thresholds_times(thresholds, THRESHOLD_GROUP,
							 2 * (double)group->count);
	finding->evidence = findings_text(
		findings, "from %lld to %lld%s%s%s%s%s", (long long)before, (long long)group->count,
		seconds > 0 ? findings_text(findings, " in %.0f s", seconds)
			    : " (-threshold interval=SECONDS between the dumps gives the rate)",
		*group->state ? ", " : "", group->state, wait_text(findings, group),
		creator_text(findings, group));
	add_jumps(findings, finding, subject, group);
}

/* How many this group has in a dump; 0 if there is none. */
static int64_t count_in(const struct goroutine_groups *groups, const struct goroutine_groups *from,
			size_t number)
{
	const struct goroutine_group *group = goroutine_groups_find(groups, from, number);

	return group ? group->count : 0;
}

void goroutine_compare(const struct subject *const *subjects, uint32_t count,
		       const struct thresholds *thresholds, struct findings *findings)
{
	struct goroutine_groups *groups = alloc_zero(count, sizeof(*groups));
	const struct goroutine_groups *last = &groups[count - 1];
	double seconds = series_seconds(subjects, count, thresholds);

	for (uint32_t i = 0; i < count; i++)
		goroutine_groups_build(subjects[i], &groups[i]);
	for (size_t i = 0; i < last->count; i++) {
		int64_t before = count_in(&groups[0], last, i), present = before;
		bool steady = true;

		for (uint32_t k = 1; k < count && steady; k++) {
			int64_t next = count_in(&groups[k], last, i);

			steady = next >= present;
			present = next;
		}
		if (steady && is_growth(before, last->items[i].count))
			add_growth(subjects[count - 1], &last->items[i], before, seconds,
				   thresholds, findings);
	}
	for (uint32_t i = 0; i < count; i++)
		goroutine_groups_clear(&groups[i]);
	free(groups);
}
