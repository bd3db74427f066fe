/* SPDX-License-Identifier: MIT */
/*
 * The labels of a sample that a view shows, grouped by key: string labels first,
 * then numbers; the values of a key are in file order. Groups are valid until
 * the next call. A zeroed struct is ready to use.
 */
#ifndef VIEW_LABEL_GROUPS_H
#define VIEW_LABEL_GROUPS_H

#include "view/view.h"

struct label_group {
	string_id key;
	bool number;
	const struct label *labels;
	uint32_t count;
};

struct label_groups {
	struct label_group *groups;
	uint32_t count;
	/* Scratch. */
	struct label *labels;
	struct label_place *places;
	size_t group_capacity, label_capacity, place_capacity;
};

void label_groups_set(struct label_groups *groups, const struct view *view, uint32_t sample);
void label_groups_clear(struct label_groups *groups);

#endif
