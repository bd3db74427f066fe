/* SPDX-License-Identifier: MIT */
/*
 * Weights of edges between two numbers: a hash table for walks over all
 * samples, where each step adds to an edge. Cells are small, and the edges
 * that are walked all the time stay in the cache.
 */
#ifndef VIEW_EDGE_SUMS_H
#define VIEW_EDGE_SUMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/wrap.h"

struct edge_cell {
	uint64_t edge; /* edge_name; 0: a free cell */
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

/* A sample on its way through the sums. */
struct edge_sample {
	uint32_t number; /* from 1 */
	int64_t value, divisor;
};

void edge_sums_init(struct edge_sums *sums, bool mean);
void edge_sums_clear(struct edge_sums *sums);

/* Twice the cells. */
void edge_sums_grow(struct edge_sums *sums);

/* Adds all edges of `other`. */
void edge_sums_merge(struct edge_sums *sums, const struct edge_sums *other);

/* Not both of them may be 0. */
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

/* The cell of an edge, or the free one where it belongs. */
static inline size_t edge_sums_find(const struct edge_sums *sums, uint64_t edge)
{
	size_t mask = sums->cell_count - 1;
	size_t at = edge_hash(edge) & mask;

	while (sums->cells[at].edge != edge && sums->cells[at].edge)
		at = (at + 1) & mask;
	return at;
}

/* The cell of an edge, which is added when it is new. */
static inline size_t edge_sums_cell(struct edge_sums *sums, uint64_t edge)
{
	size_t at = edge_sums_find(sums, edge);

	if (sums->cells[at].edge)
		return at;
	/* Half of the cells stay free: probes are short. */
	if (++sums->used > sums->cell_count / 2) {
		edge_sums_grow(sums);
		at = edge_sums_find(sums, edge);
	}
	sums->cells[at].edge = edge;
	return at;
}

/* An edge of a sample; it counts once, and its first time says how it was. */
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
