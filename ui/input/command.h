/* SPDX-License-Identifier: MIT */
/*
 * Everything a key can do, as one table: the key map (key_map.h), the help pane, the words
 * of the prompt and the manual come from it. A row holds in the panes that
 * share a word with `where`; an empty `where` is everywhere, one that starts
 * with ! everywhere but in these. A test makes sure
 * that a key means one thing in one pane.
 */
#ifndef UI_INPUT_COMMAND_H
#define UI_INPUT_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

enum command_id {
	COMMAND_NONE,
	/* Moving; panes handle these. */
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
	/* The same everywhere. */
	COMMAND_BACK,
	COMMAND_FORWARD,
	COMMAND_MARK,
	COMMAND_GO_TO_MARK,
	COMMAND_ESCAPE,
	COMMAND_CLOSE,
	COMMAND_QUIT,
	COMMAND_INTERRUPT,
	COMMAND_PANE, /* argument: name of the pane */
	COMMAND_NEXT_PANE,
	COMMAND_MAXIMISE,
	COMMAND_SEARCH,
	COMMAND_NEXT_MATCH,
	COMMAND_PREVIOUS_MATCH,
	COMMAND_SAME_NAME,
	COMMAND_FILTER, /* argument: the filter that the selected function goes to */
	COMMAND_UNDO,
	COMMAND_REDO,
	COMMAND_NEXT_TYPE,
	COMMAND_PREVIOUS_TYPE,
	COMMAND_RELATIVE,
	COMMAND_UNIT,
	COMMAND_GRANULARITY,
	COMMAND_TREE_INVERT,
	COMMAND_TREE_COLLAPSE,
	COMMAND_OWN_CODE,
	COMMAND_BY_CLASS,
	COMMAND_DISPLAY,
	COMMAND_EDIT,
	COMMAND_LOCATE,
	COMMAND_TRACES,
	COMMAND_WRITE,
	COMMAND_COPY_NAME,
	COMMAND_COPY_ROW,
	COMMAND_RELOAD,
	COMMAND_REDRAW,
	COMMAND_SUSPEND,
	COMMAND_PROMPT,
};

struct command {
	enum command_id id;
	const char *name;  /* the word of the prompt, of the help and of the manual */
	const char *keys;  /* names separated by blanks */
	const char *where; /* groups of panes */
	const char *help;
	const char *argument; /* NULL: none */
};

/* In the order of the help; ended by a NULL name. */
extern const struct command commands[];

/* By name; NULL if there is none that holds in these groups. */
const struct command *command_find(const char *name, const char *groups);

/* True if the command is no matter of a few panes. */
bool command_is_common(const struct command *command);

/* True if the command holds in a pane of these groups. */
bool command_holds(const struct command *command, const char *groups);

#endif
