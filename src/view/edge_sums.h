/* SPDX-License-Identifier: MIT */
/*
 * A hash table of edge weights for loops over all samples, in which every step
 * adds to an edge. Cells are small, so that hot edges stay in the cache.
 */
#ifndef VIEW_EDGE_SUMS_H
#define VIEW_EDGE_SUMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/wrap.h"

struct edge_cell {
	uint64_t edge; /* edge_name; 0: free */
	int64_t weight;
	uint32_t seen; /* the last sample (from 1) that had the edge */
	bool called;   /* the callee was not always inlined into the caller */
	bool residual; /* dropped nodes lay between them in some sample */
};

struct edge_sums {
	struct edge_cell *cells; /* cell_count of them, a power of two */
	int64_t *divisors;       /* by cell; NULL without mean */
	size_t cell_count, used;
};

/* The sample that is being added. */
struct edge_sample {
	uint32_t number; /* from 1 */
	int64_t value, divisor;
};

void edge_sums_init(struct edge_sums *sums, bool mean);
void edge_sums_clear(struct edge_sums *sums);

/* Doubles the number of cells. */
void edge_sums_grow(struct edge_sums *sums);

/* Adds all edges of `other` to `sums`. */
void edge_sums_merge(struct edge_sums *sums, const struct edge_sums *other);

/* The name of an edge; one of the two numbers must not be 0. */
static inline uint64_t edge_name(uint32_t caller, uint32_t callee)
{
	return (uint64_t)caller << 32 | callee;
}

static inline uint32_t edge_caller(uint64_t edge)
{
	return (uint32_t)(edge >> 32);
}

static inline uint32_t edge_callee(uint64_t edge)
{
	return (uint32_t)edge;
}

static inline uint32_t edge_hash(uint64_t edge)
{
	return (uint32_t)((edge ^ edge >> 29) * 0x9e3779b97f4a7c15u >> 32);
}

/* Returns the cell of an edge, or the free cell where it belongs. */
static inline size_t edge_sums_find(const struct edge_sums *sums, uint64_t edge)
{
	size_t mask = sums->cell_count - 1;
	size_t at = edge_hash(edge) & mask;

	while (sums->cells[at].edge != edge && sums->cells[at].edge)
		at = (at + 1) & mask;
	return at;
}

/* Returns the cell of an edge; a new edge is added. */
static inline size_t edge_sums_cell(struct edge_sums *sums, uint64_t edge)
{
	size_t at = edge_sums_find(sums, edge);

	if (sums->cells[at].edge)
		return at;
	/* Half of the cells stay free to keep probes short. */
	if (++sums->used > sums->cell_count / 2) {
		edge_sums_grow(sums);
		at = edge_sums_find(sums, edge);
	}
	sums->cells[at].edge = edge;
	return at;
}

/* Adds an edge of a sample. It counts once, and its first occurrence decides whether it is inlined. */
static inline void edge_sums_add(struct edge_sums *sums, uint64_t edge,
				 const struct edge_sample *sample, bool called, bool residual)
{
	size_t at = edge_sums_cell(sums, edge);
	struct edge_cell *cell = &sums->cells[at];
	bool fresh = cell->seen != sample->number;

	cell->seen = sample->number;
	cell->weight = wrap_add(cell->weight, fresh ? sample->value : 0);
	cell->called |= fresh & called;
	cell->residual |= fresh & residual;
	if (sums->divisors)
		sums->divisors[at] = wrap_add(sums->divisors[at], fresh ? sample->divisor : 0);
}

#endif
