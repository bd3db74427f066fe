/* SPDX-License-Identifier: MIT */
#include "report/stacks/flame_walk.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define DIGIT_BITS 8
#define DIGITS (1 << DIGIT_BITS)

/* How many frames of the widths that begin with `prefix` have each next digit. */
static void count_digits(const struct call_tree *tree, int64_t least, uint64_t prefix,
			 unsigned shift, uint64_t counts[DIGITS])
{
	memset(counts, 0, DIGITS * sizeof(*counts));
	for (uint32_t run = 0; run < tree->run_count; run++) {
		uint64_t digits = (uint64_t)tree->width[run] >> shift;

		if (tree->width[run] >= least && digits >> DIGIT_BITS == prefix)
			counts[digits % DIGITS] += tree->first[run + 1] - tree->first[run];
	}
}

/*
 * The width of the `most`-th frame is found digit by digit, the highest first:
 * no list of millions of widths is sorted, and a run counts all its frames.
 */
void flame_choose(const struct call_tree *tree, int64_t least, uint32_t most,
		  struct flame_choice *choice)
{
	uint64_t counts[DIGITS], prefix = 0, wider = 0;

	for (unsigned shift = 64 - DIGIT_BITS;; shift -= DIGIT_BITS) {
		unsigned digit = DIGITS - 1;

		count_digits(tree, least, prefix, shift, counts);
		while (digit && wider + counts[digit] < most)
			wider += counts[digit--];
		prefix = prefix << DIGIT_BITS | digit;
		if (!shift)
			break;
	}
	*choice = (struct flame_choice){(int64_t)prefix, most - (uint32_t)wider};
	/* Fewer frames than that: all of them. */
	if (choice->least < least)
		*choice = (struct flame_choice){least, UINT32_MAX};
}

static bool take(struct flame_choice *choice, int64_t width)
{
	if (width == choice->least && choice->ties) {
		choice->ties--;
		return true;
	}
	return width > choice->least;
}

bool flame_walk_next(struct flame_walk *walk, uint32_t *found)
{
	const struct call_tree *tree = walk->tree;

	while (walk->at < tree->count) {
		uint32_t i = walk->at, run = call_tree_run_from(tree, i, walk->run);
		uint32_t depth = tree->top[run] + (i - tree->first[run]);

		walk->run = run;
		array_reserve(walk->next, walk->next_capacity, (size_t)depth + 2);
		if (i == 0)
			walk->next[0] = 0;
		walk->start = walk->next[depth];
		walk->next[depth] += tree->width[run];
		walk->next[depth + 1] = walk->start;
		if (!take(&walk->choice, tree->width[run])) {
			walk->at = tree->first[tree->behind[run]];
			continue;
		}
		walk->at = i + 1;
		*found = i;
		return true;
	}
	free(walk->next);
	return false;
}
