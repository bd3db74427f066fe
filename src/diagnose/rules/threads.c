/* SPDX-License-Identifier: MIT */
#include "diagnose/rules/threads.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "profile/thread_dump.h"

#define MOST_LOCKS 20
#define TABLE_ROWS 12

struct dump {
	const struct subject *subject;
	const struct thresholds *thresholds;
	struct findings *findings;
	string_id holds, waits; /* keys of labels; NONE: no thread has one */
};

static string_id find_key(const struct profile *profile, const char *key)
{
	return strings_find(&profile->strings, key, strlen(key));
}

/* What Java itself found. */
static void examine_deadlock(struct dump *dump)
{
	const struct profile *profile = dump->subject->view->profile;
	const char *text = "";
	struct finding *finding;

	for (uint32_t i = 0; i < profile->comment_count; i++) {
		const char *comment = profile_text(profile, profile->comments[i]);

		if (strncmp(comment, THREAD_DEADLOCK, strlen(THREAD_DEADLOCK)) == 0)
			text = findings_text(dump->findings, "%s%s%s", text, *text ? ", " : "",
					     comment + strlen(THREAD_DEADLOCK));
	}
	if (!*text)
		return;
	finding = findings_add(dump->findings, SEVERITY_CRITICAL, "deadlock",
			       "threads are deadlocked",
			       "take the locks in the same order everywhere, or one lock for both");
	finding->weight = WEIGHT_CAUSE;
	finding->evidence = findings_text(dump->findings, "%s: %s", dump->subject->name, text);
}

/* The thread that holds a lock; NONE if no one in the dump does. */
static uint32_t find_owner(const struct dump *dump, string_id lock)
{
	const struct profile *profile = dump->subject->view->profile;

	for (uint32_t i = 0; i < profile->sample_count; i++)
		if (profile_has_label(profile, i, dump->holds, lock))
			return i;
	return NONE;
}

static const char *leaf_of(const struct dump *dump, uint32_t sample)
{
	const struct profile *profile = dump->subject->view->profile;
	struct path path;
	function_id function;

	if (!view_path(dump->subject->view, sample, &path) || path.first == path.end)
		return "no function";
	function = subject_payer(dump->subject, path);
	if (function == NONE)
		function =
			profile->frames[profile->locations[profile_location(profile, path.end - 1)]
						.first_frame]
				.function;
	return function == NONE ? "no function" : subject_function(dump->subject, function);
}

/* Threads that are blocked, and by whom. A condition that someone waits on is held by no one. */
static void add_lock(struct dump *dump, string_id lock, double count)
{
	const struct profile *profile = dump->subject->view->profile;
	uint32_t owner = find_owner(dump, lock);
	double share = dump->subject->total > 0 ? 100 * count / dump->subject->total : 0;
	const char *text = profile_text(profile, lock);
	struct finding *finding;

	if (owner == NONE || (share < dump->thresholds->values[THRESHOLD_LOCK] && count < 2))
		return;
	finding = findings_add(
		dump->findings,
		share < dump->thresholds->values[THRESHOLD_LOCK] ? SEVERITY_NOTE : SEVERITY_WARNING,
		"thread-lock",
		findings_text(dump->findings, "%.0f thread%s for a lock", count,
			      count == 1 ? " waits" : "s wait"),
		"hold it for less: no I/O and no sleeping under a lock, or one lock for each part of the "
		"data");
	finding->weight = thresholds_times(dump->thresholds, THRESHOLD_LOCK, share);
	finding->evidence = findings_text(
		dump->findings, "%s: %s, held by \"%s\" in %s", dump->subject->name, text,
		subject_label(profile, owner, THREAD_LABEL_NAME), leaf_of(dump, owner));
	finding_add_jump(dump->findings, finding, JUMP_LABEL, dump->subject->number,
			 findings_text(dump->findings, THREAD_LABEL_WAITS_FOR "=%s", text));
}

/* By string: how many threads have it as the text of a label. */
static double *count_texts(const struct dump *dump, string_id key)
{
	const struct profile *profile = dump->subject->view->profile;
	double *counts = alloc_zero(strings_count(&profile->strings), sizeof(*counts));
	struct path path;

	for (uint32_t i = 0; profile->label_start && i < profile->sample_count; i++) {
		if (!view_path(dump->subject->view, i, &path))
			continue;
		for (uint32_t k = profile->label_start[i]; k < profile->label_start[i + 1]; k++)
			if (profile->labels[k].key == key && profile->labels[k].text != NONE)
				counts[profile->labels[k].text] += (double)dump->subject->values[i];
	}
	return counts;
}

static void examine_locks(struct dump *dump)
{
	const struct profile *profile = dump->subject->view->profile;
	double *counts = count_texts(dump, dump->waits);
	size_t added = 0;

	for (string_id i = 1; i < strings_count(&profile->strings) && added < MOST_LOCKS; i++) {
		if (counts[i] <= 0)
			continue;
		add_lock(dump, i, counts[i]);
		added++;
	}
	free(counts);
}

/* The states, the most frequent first. */
static void add_table(struct dump *dump)
{
	static const char *const columns[] = {"state", "threads"};
	const struct profile *profile = dump->subject->view->profile;
	double *counts = count_texts(dump, find_key(profile, THREAD_LABEL_STATE));
	struct table *table = findings_add_table(
		dump->findings, "threads",
		findings_text(dump->findings, "Threads of %s, by state", dump->subject->name),
		columns, 2);

	for (int row = 0; row < TABLE_ROWS; row++) {
		string_id most = 0;

		for (string_id i = 1; i < strings_count(&profile->strings); i++)
			if (counts[i] > counts[most])
				most = i;
		if (counts[most] <= 0)
			break;
		table_add_text(dump->findings, table, profile_text(profile, most));
		table_add_number(dump->findings, table, counts[most], "%.0f", counts[most]);
		counts[most] = 0;
	}
	free(counts);
}

void threads_examine(const struct subject *subject, const struct thresholds *thresholds,
		     struct findings *findings)
{
	const struct profile *profile = subject->view->profile;
	struct dump dump = {
		.subject = subject,
		.thresholds = thresholds,
		.findings = findings,
		.holds = find_key(profile, THREAD_LABEL_HOLDS),
		.waits = find_key(profile, THREAD_LABEL_WAITS_FOR),
	};

	examine_deadlock(&dump);
	examine_locks(&dump);
	add_table(&dump);
}
