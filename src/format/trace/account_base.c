/* SPDX-License-Identifier: MIT */
/* What the parts of the account share. */
#include "base/array.h"
#include "format/trace/account.h"

struct trace_goroutine *account_goroutine(struct account *account, uint32_t number)
{
	struct trace *trace = account->trace;

	if (number == NONE)
		return NULL;
	while (trace->goroutine_count <= number) {
		uint64_t id = feed_id(&account->feed->goroutines, (uint32_t)trace->goroutine_count);

		array_push(trace->goroutines, trace->goroutine_count, trace->goroutine_capacity,
			   ((struct trace_goroutine){
				   .id = id,
				   .by = NONE,
				   .start = -1,
				   .end = -1,
				   .assist_since = -1,
				   .group = NONE,
				   .region = NONE,
				   .pause = NONE,
			   }));
	}
	return &trace->goroutines[number];
}

bool account_is_counted(uint8_t status)
{
	return status >= TRACE_RUNNABLE && status <= TRACE_WAITING;
}

void account_classes(struct account *account, const struct trace_goroutine *goroutine, int64_t now,
		     int64_t spent[TRACE_CLASS_COUNT])
{
	string_id reason = goroutine->status == TRACE_WAITING ? goroutine->reason : 0;

	trace_goroutine_classes(goroutine, spent);
	if (account_is_counted(goroutine->status))
		spent[trace_class_of(goroutine->status, trace_text(account->trace, reason))] +=
			now - goroutine->since;
}

struct totals_key account_key(struct account *account, const struct trace_goroutine *goroutine)
{
	struct totals_key key = {.group = NONE, .proc = NONE};
	const struct trace *trace = account->trace;

	if (!goroutine)
		return key;
	key.group = goroutine->group;
	if (goroutine->region != NONE) {
		const struct trace_region *region = &trace->regions[goroutine->region];

		key.region = region->name;
		if (region->task != NONE)
			key.task = trace->tasks[region->task].name;
	}
	return key;
}

/* Its present state, which is not gone. */
struct totals_key account_state_key(struct account *account,
				    const struct trace_goroutine *goroutine, uint32_t proc,
				    enum trace_class class)
{
	struct totals_key key = account_key(account, goroutine);

	key.type = (uint16_t)(TOTALS_CLASSES + class);
	if (goroutine->status == TRACE_RUNNING) {
		key.proc = proc;
	} else {
		key.reason = goroutine->reason;
		key.stack = goroutine->stack;
	}
	return key;
}

void account_add(struct account *account, const struct totals_key *key, int64_t count, int64_t from,
		 int64_t to)
{
	if (from < account->from)
		from = account->from;
	if (to > account->to)
		to = account->to;
	if (to > from)
		totals_add(&account->totals, key, count, to - from);
}

void account_split(struct account *account, struct trace_goroutine *goroutine, uint32_t proc,
		   int64_t now)
{
	struct totals_key key;

	if (goroutine->status != TRACE_RUNNING || goroutine->group == NONE)
		return;
	key = account_state_key(account, goroutine, proc, TRACE_CLASS_RUNNING);
	account_add(account, &key, 0, goroutine->counted, now);
	goroutine->counted = now;
}
