/* SPDX-License-Identifier: MIT */
/* The selection of a session, and how it is found again in another view. */
#ifndef UI_SESSION_SESSION_SPOT_H
#define UI_SESSION_SESSION_SPOT_H

#include "ui/session/place.h"

struct session;

/* Where to come back to. */
struct origin {
	struct spot spot;   /* while its view and tree are shown */
	struct place place; /* in another one */
	uint32_t trees;     /* session.trees then */
};

/* Goes to a place in the view that is shown or coming; frames are found once their tree is there. */
void session_go(struct session *session, const struct place *place);

/* Free with place_clear. */
void session_keep_origin(const struct session *session, struct origin *origin);
void session_return(struct session *session, struct origin *origin);

/* The selection of all panes. */
void session_select_node(struct session *session, node_id node);
void session_select_frame(struct session *session, uint32_t frame);

/* In a log of collections; 0: none. */
void session_select_cycle(struct session *session, int64_t cycle);

/* The same for any frame: the zoom goes out as far as it must. */
void session_go_to_frame(struct session *session, uint32_t frame);

/* The selected frame below the zoom: the heaviest one of the selected node; NONE if none is there. */
uint32_t session_frame(struct session *session);

/* The same; out of a zoom that has none of the selected node. */
uint32_t session_reveal_frame(struct session *session);

/* Before another view is asked for: where to be in it; NULL: where we are. */
void session_depart(struct session *session, const struct place *place);

/* Before it is shown: whoever moved since then stays where he went. */
void session_keep_moves(struct session *session);

/* The centre of the place in the next view. */
node_id session_next_centre(const struct session *session);

/* Finds zoom and frame of the place again once there is a tree. */
void session_find_frames(struct session *session);

/*
 * Adds ^name$ with everything in it meant literally; printed: as rows show it.
 * False for NONE and for a row that no filter takes: session_no_quote says why.
 */
bool session_quote(const struct session *session, node_id node, bool printed, struct text *pattern);

const char *session_no_quote(const struct session *session, node_id node);

#endif
