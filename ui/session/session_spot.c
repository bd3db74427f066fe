/* SPDX-License-Identifier: MIT */
/* The selection of a session: where it is, and how it is found again in another view. */
#include "ui/session/session_spot.h"

#include "ui/session/session.h"

void session_keep_moves(struct session *session)
{
	const struct spot *spot = &session->spot, *left = &session->left;
	struct place now;

	if (!session->shown.view)
		return;
	place_capture(&now, &session->shown, spot);
	place_swap(&session->place, &now,
		   (session->moved ? PLACE_SELECTION : 0u) |
			   (spot->centre != left->centre ? PLACE_CENTRE : 0u) |
			   (spot->zoom != left->zoom ? PLACE_ZOOM : 0u));
	place_clear(&now);
}

node_id session_next_centre(const struct session *session)
{
	struct spot spot = session->spot;

	place_find_nodes(&session->place, &session->next, &spot);
	return spot.centre;
}

void session_find_frames(struct session *session)
{
	if (!session->place_waits || !session->shown.tree)
		return;
	session->place_waits = false;
	place_find_frames(&session->place, &session->shown, &session->spot);
	session->frame_sought = false;
}

/* Where we are; a zoom that still waits for its tree goes on waiting. */
static void capture_place(struct session *session)
{
	struct place place;

	place_capture(&place, &session->shown, &session->spot);
	if (session->place_waits) {
		place.zoom = session->place.zoom;
		session->place.zoom = (struct place_path){0};
	}
	place_clear(&session->place);
	session->place = place;
}

static void set_place(struct session *session, const struct place *place)
{
	struct place copy;

	place_copy(&copy, place);
	place_clear(&session->place);
	session->place = copy;
}

void session_depart(struct session *session, const struct place *place)
{
	if (place)
		set_place(session, place);
	else if (session->shown.view)
		capture_place(session);
	session->left = session->spot;
	session->moved = false;
}

void session_go(struct session *session, const struct place *place)
{
	set_place(session, place);
	place_find_nodes(place, &session->shown, &session->spot);
	session->left = session->spot;
	session->moved = false;
	session->place_waits = true;
	session_find_frames(session);
	session->frame_sought = session->spot.frame != NONE;
}

void session_keep_origin(const struct session *session, struct origin *origin)
{
	origin->spot = session->spot;
	origin->trees = session->trees;
	place_clear(&origin->place);
	if (session->shown.view)
		place_capture(&origin->place, &session->shown, &session->spot);
}

/* A file may have been read again meanwhile: then numbers of nodes and frames mean others. */
void session_return(struct session *session, struct origin *origin)
{
	if (session->trees != origin->trees) {
		session_go(session, &origin->place);
		session_keep_origin(session, origin);
		return;
	}
	session->spot = origin->spot;
	session->frame_sought = session->spot.frame != NONE;
}

/* A place that is found late must not undo a move; its zoom still holds. */
static void note_move(struct session *session)
{
	struct place none = {0};

	session->moved = true;
	if (!session->place_waits)
		return;
	place_swap(&session->place, &none, PLACE_SELECTION);
	place_clear(&none);
}

void session_select_node(struct session *session, node_id node)
{
	if (session->spot.node == node)
		return;
	note_move(session);
	session->spot.node = node;
	session->spot.frame = NONE;
	session->frame_sought = false;
}

void session_select_frame(struct session *session, uint32_t frame)
{
	note_move(session);
	session->spot.frame = frame;
	session->frame_sought = true;
	if (frame != NONE)
		session->spot.node = session->shown.tree->node[frame];
}

void session_select_cycle(struct session *session, int64_t cycle)
{
	if (session->spot.cycle == cycle)
		return;
	note_move(session);
	session->spot.cycle = cycle;
}

void session_go_to_frame(struct session *session, uint32_t frame)
{
	const struct call_tree *tree = session->shown.tree;
	uint32_t zoom = session->spot.zoom;

	while (frame < zoom || frame >= call_tree_end(tree, zoom))
		zoom = call_tree_parent(tree, zoom);
	session->spot.zoom = zoom;
	session_select_frame(session, frame);
}

uint32_t session_frame(struct session *session)
{
	const struct call_tree *tree = session->shown.tree;
	struct spot *spot = &session->spot;

	if (!tree)
		return NONE;
	if (spot->frame != NONE && spot->frame >= spot->zoom &&
	    spot->frame < call_tree_end(tree, spot->zoom))
		return spot->frame;
	if (session->frame_sought && spot->frame == NONE)
		return NONE;
	session->frame_sought = true;
	spot->frame = tree_index_heaviest(&session->shown.tree_index, spot->node, spot->zoom);
	return spot->frame;
}

uint32_t session_reveal_frame(struct session *session)
{
	uint32_t frame = session_frame(session);

	if (frame != NONE || !session->spot.zoom)
		return frame;
	session->spot.zoom = 0;
	session->frame_sought = false;
	return session_frame(session);
}

/* True if a function of this binary has a name: then a filter by the binary takes more than its unnamed frames. */
static bool has_names(const struct view *view, string_id object)
{
	const struct profile *profile = view->profile;

	for (location_id i = 0; i < profile->location_count; i++) {
		const struct location *location = &profile->locations[i];

		if (location->mapping == NONE ||
		    profile->mappings[location->mapping].file != object)
			continue;
		for (uint32_t k = 0; k < location->line_count; k++) {
			const struct frame *frame = &profile->frames[location->first_frame + k];

			if (frame->function != NONE && profile->functions[frame->function].name)
				return true;
		}
	}
	return false;
}

/* What filters look at of this row: function, file or binary. NULL: none of them, or too much. */
static const char *filtered_name(const struct view *view, const struct node *node)
{
	if (node->name)
		return view_text(view, node->name);
	if (node->file)
		return view_text(view, node->file);
	return node->object && !has_names(view, node->object) ? view_text(view, node->object)
							      : NULL;
}

const char *session_no_quote(const struct session *session, node_id node)
{
	const struct view *view = session->shown.view;

	if (!view || node == NONE)
		return "no function is selected";
	return view->nodes[node].object
		       ? "these frames have no name, and others of the same binary have one: no "
			 "filter takes them alone; -symbolize or :addresses tells more"
		       : "these frames have no name, no file and no binary: there is nothing to "
			 "filter by";
}

bool session_quote(const struct session *session, node_id node, bool printed, struct text *pattern)
{
	const struct view *view = session->shown.view;
	const char *name;

	if (!view || node == NONE)
		return false;
	/* Filters look at what the profile has, whatever the granularity makes of it. */
	name = printed ? view->node_names[node] : filtered_name(view, &view->nodes[node]);
	if (!name)
		return false;
	text_add_char(pattern, '^');
	pattern_quote(pattern, name);
	text_add_char(pattern, '$');
	return true;
}
