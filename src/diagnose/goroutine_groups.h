/* SPDX-License-Identifier: MIT */
/*
 * The goroutines of a dump grouped by what they do: state, creator and the
 * names of the functions on their stacks, without lines, arguments and
 * addresses, so that groups of several dumps can be compared.
 */
#ifndef DIAGNOSE_GOROUTINE_GROUPS_H
#define DIAGNOSE_GOROUTINE_GROUPS_H

#include "diagnose/subject.h"

struct goroutine_group {
	int64_t count, wait; /* wait: the longest, in seconds; 0: not said */
	const char *state, *creator,
		*waits_for; /* of the profile; "" where the dump does not say */
	function_id payer; /* the application's function nearest the leaf, or else the leaf; NONE */
};

struct goroutine_groups {
	struct strings keys; /* by group: key number i + 1 is that of group i */
	struct goroutine_group *items;
	size_t count, capacity;
};

/* Groups in the order of their first goroutine. */
void goroutine_groups_build(const struct subject *subject, struct goroutine_groups *groups);
void goroutine_groups_clear(struct goroutine_groups *groups);

/* The group of this number of `from` in other groups; NULL if they have none such. */
const struct goroutine_group *goroutine_groups_find(const struct goroutine_groups *groups,
						    const struct goroutine_groups *from,
						    size_t number);

/* The name to show for a group. */
const char *goroutine_group_name(const struct subject *subject,
				 const struct goroutine_group *group);

/* How a goroutine in this state waits. */
enum goroutine_wait {
	WAIT_NONE, /* it runs, or the dump does not say */
	WAIT_IDLE, /* for input, time or the runtime: nothing by itself */
	WAIT_CHANNEL,
	WAIT_SELECT,
	WAIT_LOCK,
	WAIT_FOREVER, /* on a nil channel or in an empty select */
};
enum goroutine_wait goroutine_wait_of(const char *state);

/*
 * A group that may be on the other side of what this one waits for: it shares
 * the function or the creator with it, or one started the other, and it does
 * not wait for the same thing: who receives is served by one that sends,
 * selects or goes on, a lock by one that waits for no lock. The largest such
 * group; NULL: nobody in the dump could be it.
 */
const struct goroutine_group *goroutine_groups_partner(const struct subject *subject,
						       const struct goroutine_groups *groups,
						       const struct goroutine_group *group);

#endif
