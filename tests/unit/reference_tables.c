/* SPDX-License-Identifier: MIT */
/* Tables and graphs added up sample by sample, in quadratic time; see reference.h. */
#include "reference.h"

#include "base/wrap.h"

static void add(struct reference_edge *edge, int64_t value, int64_t divisor)
{
	edge->weight = wrap_add(edge->weight, value);
	edge->divisor = wrap_add(edge->divisor, divisor);
}

void reference_build(struct reference *reference, const struct view *view, const bool *kept)
{
	const struct profile *profile = view->profile;
	static struct reference_frame frames[REFERENCE_DEPTH];

	memset(reference, 0, sizeof(*reference));
	assert_true(view->node_count <= REFERENCE_NODES);
	for (uint32_t sample = 0; sample < profile->sample_count; sample++) {
		int count = reference_path(profile, &view->spec, sample, frames, REFERENCE_DEPTH);
		int64_t value = view->values[sample];
		int64_t divisor = view->divisors ? view->divisors[sample] : 0;
		node_id caller = NONE;
		bool residual = false;
		bool seen[REFERENCE_NODES] = {false};
		static bool joined[REFERENCE_NODES][REFERENCE_NODES];

		memset(joined, 0, sizeof(joined));
		for (int i = 0; i < count && (value || divisor); i++) {
			node_id node = view->frame_node[frames[i].frame];
			struct reference_edge *edge;

			if (kept && !kept[node]) {
				residual = true;
				continue;
			}
			if (!seen[node])
				add(&reference->cum[node], value, divisor);
			seen[node] = true;
			if (caller != NONE && caller != node && !joined[caller][node]) {
				joined[caller][node] = true;
				edge = &reference->edges[caller][node];
				edge->residual = edge->residual || residual;
				edge->called = edge->called || !frames[i].inlined;
				edge->exists = true;
				add(edge, value, divisor);
			}
			if (i + 1 == count)
				add(&reference->flat[node], value, divisor);
			caller = node;
			residual = false;
		}
	}
}
