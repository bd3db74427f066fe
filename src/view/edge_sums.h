/*
 * Weights of edges, by a number that names the edge: a hash table for walks
 * over all samples, where each step adds to an edge. A cell fills a quarter of
 * a cache line, and the edges that are walked all the time stay in the cache.
 */
#ifndef VIEW_EDGE_SUMS_H
#define VIEW_EDGE_SUMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/wrap.h"

/* Names of edges are 1 ... EDGE_LIMIT. */
#define EDGE_LIMIT (UINT32_MAX >> 1)

struct edge_cell {
	int64_t weight;
	uint32_t seen;       /* the last sample (from 1) that had the edge */
	uint32_t edge : 31;  /* 0: a free cell */
	uint32_t called : 1; /* the callee was not always inlined into the caller */
};

struct edge_sums {
	struct edge_cell *cells; /* cell_count of them, a power of two */
	size_t cell_count, used;
};

void edge_sums_init(struct edge_sums *sums);
void edge_sums_clear(struct edge_sums *sums);

/* Twice the cells. */
void edge_sums_grow(struct edge_sums *sums);

/* Adds all edges of `other`. */
void edge_sums_merge(struct edge_sums *sums, const struct edge_sums *other);

/* The cell of an edge, or the free one where it belongs. */
static inline struct edge_cell *edge_sums_find(const struct edge_sums *sums, uint32_t edge)
{
	size_t mask = sums->cell_count - 1;
	size_t at = (edge * 0x9e3779b97f4a7c15u >> 32) & mask;

	while (sums->cells[at].edge != edge && sums->cells[at].edge)
		at = (at + 1) & mask;
	return &sums->cells[at];
}

/* The cell of an edge, which is added when it is new. */
static inline struct edge_cell *edge_sums_cell(struct edge_sums *sums, uint32_t edge)
{
	struct edge_cell *cell = edge_sums_find(sums, edge);

	if (cell->edge)
		return cell;
	/* Half of the cells stay free: probes are short. */
	if (++sums->used > sums->cell_count / 2) {
		edge_sums_grow(sums);
		cell = edge_sums_find(sums, edge);
	}
	cell->edge = edge & EDGE_LIMIT;
	return cell;
}

/* An edge of a sample; it counts once, and the first time says whether it was inlined. */
static inline void edge_sums_add(struct edge_sums *sums, uint32_t edge, uint32_t sample,
				 int64_t value, bool called)
{
	struct edge_cell *cell = edge_sums_cell(sums, edge);
	bool fresh = cell->seen != sample;

	cell->seen = sample;
	cell->weight = wrap_add(cell->weight, fresh ? value : 0);
	cell->called |= fresh & called;
}

#endif
