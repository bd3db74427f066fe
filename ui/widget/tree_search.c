/* SPDX-License-Identifier: MIT */
#include "ui/widget/tree_search.h"

#include <stdlib.h>

#include "base/bitset.h"
#include "ui/widget/icicle_paint.h"

void tree_search_clear(struct tree_search *search)
{
	free(search->matches);
	*search = (struct tree_search){NULL, 0};
}

void tree_search_update(struct tree_search *search, const struct session *session)
{
	const struct derived *shown = &session->shown;

	tree_search_clear(search);
	if (!shown->tree)
		return;
	search->matches = icicle_find_matches(shown->view, session->search);
	if (search->matches)
		search->count =
			tree_index_count(&shown->tree_index, search->matches, shown->tree->count);
}

static bool is_match(const struct tree_search *search, const struct session *session,
		     uint32_t frame)
{
	node_id node = frame == NONE ? NONE : session->shown.tree->node[frame];

	return search->matches && node != NONE && bitset_has(search->matches, node);
}

bool tree_search_seek(const struct tree_search *search, struct session *session, int direction,
		      bool here)
{
	uint32_t at = session_frame(session);

	if (!search->count)
		return false;
	if (at == NONE)
		at = session->spot.zoom;
	if (!here || !is_match(search, session, at))
		at = tree_index_next(&session->shown.tree_index, search->matches, at, direction);
	session_go_to_frame(session, at);
	return true;
}

void tree_search_number(const struct tree_search *search, struct session *session, uint32_t *number,
			uint32_t *count)
{
	uint32_t frame = session_frame(session);

	*number = 0;
	*count = search->count;
	if (search->count && is_match(search, session, frame))
		*number = 1 + tree_index_count(&session->shown.tree_index, search->matches, frame);
}
