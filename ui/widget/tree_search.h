/* SPDX-License-Identifier: MIT */
/* Search in the call tree, for the panes that show it: every frame is reached, however small. */
#ifndef UI_WIDGET_TREE_SEARCH_H
#define UI_WIDGET_TREE_SEARCH_H

#include "ui/session/session.h"

struct tree_search {
	uint64_t *matches; /* bitset of nodes; NULL: no search */
	uint32_t count;    /* of frames that match */
};

/* Finds what session->search matches in the present tree, if there is one. */
void tree_search_update(struct tree_search *search, const struct session *session);
void tree_search_clear(struct tree_search *search);

/*
 * Selects the next match in depth-first order, in the whole tree, round its
 * end; the zoom goes out as far as it must. False: there is none.
 */
bool tree_search_seek(const struct tree_search *search, struct session *session, int direction,
		      bool here);

/* The number of the selected match, 0 if it is none, and how many there are. */
void tree_search_number(const struct tree_search *search, struct session *session, uint32_t *number,
			uint32_t *count);

#endif
