/* SPDX-License-Identifier: MIT */
/*
 * Flat, cum and edges of a view, added up without a thought for speed: what
 * the tables of the library must agree with.
 */
#ifndef REFERENCE_H
#define REFERENCE_H

#include "fixture.h"

#define REFERENCE_NODES 128
#define REFERENCE_DEPTH 256

struct reference_edge {
	int64_t weight, divisor;
	bool exists, residual;
	bool called; /* at least once not inlined */
};

struct reference {
	struct reference_edge flat[REFERENCE_NODES], cum[REFERENCE_NODES]; /* by node of the view */
	struct reference_edge edges[REFERENCE_NODES][REFERENCE_NODES];     /* [caller][callee] */
};

/* kept: by node, NULL for all. The view's filters are applied anew, one sample at a time. */
void reference_build(struct reference *reference, const struct view *view, const bool *kept);

#endif
