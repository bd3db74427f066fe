#include "view/edge_sums.h"

#include <stdlib.h>

#include "base/alloc.h"

#define FIRST_CELLS 4096

void edge_sums_init(struct edge_sums *sums)
{
	*sums = (struct edge_sums){.cell_count = FIRST_CELLS};
	sums->cells = alloc_zero(sums->cell_count, sizeof(*sums->cells));
}

void edge_sums_clear(struct edge_sums *sums)
{
	free(sums->cells);
	*sums = (struct edge_sums){0};
}

void edge_sums_grow(struct edge_sums *sums)
{
	struct edge_cell *old = sums->cells;
	size_t old_count = sums->cell_count;

	sums->cell_count *= 2;
	sums->cells = alloc_zero(sums->cell_count, sizeof(*sums->cells));
	for (size_t i = 0; i < old_count; i++)
		if (old[i].edge)
			*edge_sums_find(sums, old[i].edge) = old[i];
	free(old);
}

void edge_sums_merge(struct edge_sums *sums, const struct edge_sums *other)
{
	for (size_t i = 0; i < other->cell_count; i++) {
		const struct edge_cell *cell = &other->cells[i];
		struct edge_cell *sum;

		if (!cell->edge)
			continue;
		sum = edge_sums_cell(sums, cell->edge);
		sum->weight = wrap_add(sum->weight, cell->weight);
		sum->called |= cell->called;
	}
}
