/* SPDX-License-Identifier: MIT */
#include "view/edge_sums.h"

#include <stdlib.h>

#include "base/alloc.h"

#define FIRST_CELLS 4096

static void alloc_cells(struct edge_sums *sums, size_t count, bool mean)
{
	sums->cell_count = count;
	sums->cells = alloc_zero(count, sizeof(*sums->cells));
	sums->divisors = mean ? alloc_zero(count, sizeof(*sums->divisors)) : NULL;
}

void edge_sums_init(struct edge_sums *sums, bool mean)
{
	*sums = (struct edge_sums){0};
	alloc_cells(sums, FIRST_CELLS, mean);
}

void edge_sums_clear(struct edge_sums *sums)
{
	free(sums->cells);
	free(sums->divisors);
	*sums = (struct edge_sums){0};
}

void edge_sums_grow(struct edge_sums *sums)
{
	struct edge_sums old = *sums;

	alloc_cells(sums, old.cell_count * 2, old.divisors != NULL);
	for (size_t i = 0; i < old.cell_count; i++) {
		size_t at;

		if (!old.cells[i].edge)
			continue;
		at = edge_sums_find(sums, old.cells[i].edge);
		sums->cells[at] = old.cells[i];
		if (old.divisors)
			sums->divisors[at] = old.divisors[i];
	}
	free(old.cells);
	free(old.divisors);
}

void edge_sums_merge(struct edge_sums *sums, const struct edge_sums *other)
{
	for (size_t i = 0; i < other->cell_count; i++) {
		const struct edge_cell *cell = &other->cells[i];
		struct edge_cell *sum;
		size_t at;

		if (!cell->edge)
			continue;
		at = edge_sums_cell(sums, cell->edge);
		sum = &sums->cells[at];
		sum->weight = wrap_add(sum->weight, cell->weight);
		sum->called |= cell->called;
		sum->residual |= cell->residual;
		if (other->divisors)
			sums->divisors[at] = wrap_add(sums->divisors[at], other->divisors[i]);
	}
}
