/* SPDX-License-Identifier: MIT */
#include "report/stacks/flame_walk.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

static int compare_descending(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x < y) - (x > y);
}

void flame_choose(const struct call_tree *tree, int64_t least, uint32_t most,
		  struct flame_choice *choice)
{
	struct arena scratch = {0};
	int64_t *widths = arena_alloc(&scratch, tree->count * sizeof(*widths));
	uint32_t count = 0;

	for (uint32_t run = 0; run < tree->run_count; run++)
		for (uint32_t i = tree->first[run]; i < tree->first[run + 1]; i++)
			if (tree->width[run] >= least)
				widths[count++] = tree->width[run];
	*choice = (struct flame_choice){least, count};
	if (count > most) {
		qsort(widths, count, sizeof(*widths), compare_descending);
		*choice = (struct flame_choice){widths[most - 1], most};
		for (uint32_t i = 0; i < most && widths[i] > choice->least; i++)
			choice->ties--;
	}
	arena_clear(&scratch);
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
		uint32_t i = walk->at, depth = call_tree_depth(tree, i);

		array_reserve(walk->next, walk->next_capacity, (size_t)depth + 2);
		if (i == 0)
			walk->next[0] = 0;
		walk->start = walk->next[depth];
		walk->next[depth] += call_tree_width(tree, i);
		walk->next[depth + 1] = walk->start;
		if (!take(&walk->choice, call_tree_width(tree, i))) {
			walk->at = call_tree_end(tree, i);
			continue;
		}
		walk->at = i + 1;
		*found = i;
		return true;
	}
	free(walk->next);
	return false;
}
