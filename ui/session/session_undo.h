/* SPDX-License-Identifier: MIT */
/*
 * Undo and redo of what changes the screen: filters, types and options, the
 * rows of Top, the display of a difference. One row of states, one of which
 * holds now; what a pane has for itself (order, scrolling) is none of it.
 */
#ifndef UI_SESSION_SESSION_UNDO_H
#define UI_SESSION_SESSION_UNDO_H

#include <stdbool.h>
#include <stddef.h>

struct file_selection;
struct session;
struct session_state;
struct settings;

struct undo {
	struct session_state *states; /* states[at] holds now */
	size_t count, capacity, at;
};

/* After a change: what held before can be had back, what was undone no longer. */
void session_note(struct session *session);

/* Other files have been read: no change that is undone by itself. */
void session_note_files(struct session *session);

/*
 * Goes to the state before (-1) or after (1) the one that holds: what is to be
 * used now, and which files are to be read. False if there is none. What the
 * title does not show is said in a message.
 */
bool session_step(struct session *session, int direction, struct settings *settings,
		  struct file_selection *comparison);
bool session_can_undo(const struct session *session);

/* The view that was last asked for is given up; the settings have that of before already. */
void session_give_up(struct session *session);

/* The files that were asked for cannot be read: those of before hold. */
void session_give_up_files(struct session *session);

/* What was undone or could be is of no use where types have other numbers. */
void session_forget_undo(struct session *session);
void session_clear_undo(struct session *session);

#endif
