/* SPDX-License-Identifier: MIT */
/*
 * What a key can do. A row of the table (ui/app/command_table.c) makes the key
 * map (key_map.h), the help pane, the words of the prompt and the manual. A row
 * holds in the panes that share a word with `where`; none is everywhere, one
 * that starts with ! everywhere but in these. A test makes sure that a key
 * means one thing in one pane.
 */
#ifndef UI_INPUT_COMMAND_H
#define UI_INPUT_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

/* What the focused pane does for itself. */
enum command_id {
	COMMAND_NONE,
	COMMAND_DOWN,
	COMMAND_UP,
	COMMAND_LEFT,
	COMMAND_RIGHT,
	COMMAND_PAGE_DOWN,
	COMMAND_PAGE_UP,
	COMMAND_HALF_DOWN,
	COMMAND_HALF_UP,
	COMMAND_SCROLL_DOWN,
	COMMAND_SCROLL_UP,
	COMMAND_FIRST,
	COMMAND_LAST,
	COMMAND_LINE_START,
	COMMAND_LINE_END,
	COMMAND_ENTER,
	COMMAND_POINT,
	COMMAND_ZOOM_IN,
	COMMAND_ZOOM_OUT,
	COMMAND_ZOOM_RESET,
	COMMAND_HOTTEST,
	COMMAND_EXPAND,
	COMMAND_COLLAPSE,
	COMMAND_EXPAND_ALL,
	COMMAND_COLLAPSE_ALL,
	COMMAND_SORT,
	COMMAND_INVERT,
	COMMAND_KEEP_ROWS,
	COMMAND_KEEP_VALUE,
	COMMAND_DROP_VALUE,
	COMMAND_COMPARE,
	COMMAND_BOTH,
	COMMAND_REMOVE,
	COMMAND_TOGGLE,
	COMMAND_NEXT_HOT,
	COMMAND_PREVIOUS_HOT,
};

struct app;

struct command {
	const char *name;  /* the word of the prompt, of the help and of the manual */
	const char *keys;  /* names separated by blanks */
	const char *where; /* groups of panes; NULL: everywhere */
	const char *help;
	enum command_id id; /* that the focused pane gets where `run` is NULL */
	void (*run)(struct app *app, const struct command *command);
	const char *argument; /* of `run`; NULL: none */
	bool needs_pane; /* `run` reads the pane or its selection: it waits until that is there */
};

/* By name in a table that a NULL name ends; NULL if there is none that holds in these groups. */
const struct command *command_find(const struct command *table, const char *name,
				   const char *groups);

/* True if the command is no matter of a few panes. */
bool command_is_common(const struct command *command);

/* True if the command holds in a pane of these groups. */
bool command_holds(const struct command *command, const char *groups);

#endif
