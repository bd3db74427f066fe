/* SPDX-License-Identifier: MIT */
#include "ui/input/command.h"

#include <string.h>

/* clang-format off */
const struct command commands[] = {
	{COMMAND_DOWN, "down", "j Down", "list", "next row", NULL},
	{COMMAND_UP, "up", "k Up", "list", "previous row", NULL},
	{COMMAND_LEFT, "left", "h Left", "list", "scroll to the left", NULL},
	{COMMAND_RIGHT, "right", "l Right", "list", "scroll to the right", NULL},
	{COMMAND_DOWN, "child", "j Down", "icicle", "heaviest frame called from here", NULL},
	{COMMAND_UP, "parent", "k Up", "icicle", "the caller", NULL},
	{COMMAND_LEFT, "previous-frame", "h Left", "icicle sandwich", "previous frame in this row", NULL},
	{COMMAND_RIGHT, "next-frame", "l Right", "icicle sandwich", "next frame in this row", NULL},
	{COMMAND_DOWN, "towards-callees", "j Down", "sandwich", "from callers to the function to callees", NULL},
	{COMMAND_UP, "towards-callers", "k Up", "sandwich", "from callees to the function to callers", NULL},
	{COMMAND_PAGE_DOWN, "page-down", "Space PgDn", "!filters", "one page down", NULL},
	{COMMAND_PAGE_DOWN, "next-page", "PgDn", "filters", "one page down", NULL},
	{COMMAND_PAGE_UP, "page-up", "b PgUp", "", "one page up", NULL},
	{COMMAND_HALF_DOWN, "half-down", "^D", "", "half a page down", NULL},
	{COMMAND_HALF_UP, "half-up", "^U", "", "half a page up", NULL},
	{COMMAND_SCROLL_DOWN, "scroll-down", "^E WheelDown", "", "scroll one line down", NULL},
	{COMMAND_SCROLL_UP, "scroll-up", "^Y WheelUp", "", "scroll one line up", NULL},
	{COMMAND_FIRST, "first", "g Home", "", "to the top", NULL},
	{COMMAND_LAST, "last", "G End", "", "to the end", NULL},
	{COMMAND_LINE_START, "line-start", "0", "list", "first column", NULL},
	{COMMAND_LINE_END, "line-end", "$", "list", "last column", NULL},
	{COMMAND_LINE_END, "last-sibling", "$", "icicle sandwich", "last frame with the same caller", NULL},
	{COMMAND_POINT, "point", "Click", "list icicle sandwich", "select with the mouse (set mouse); twice: Enter", NULL},
	{COMMAND_ENTER, "peek-at", "Enter", "top", "callers and callees of the selected function", NULL},
	{COMMAND_ENTER, "recentre", "Enter", "peek sandwich", "callers and callees of the selected row", NULL},
	{COMMAND_ENTER, "zoom", "Enter", "icicle", "zoom to the selected frame", NULL},
	{COMMAND_ENTER, "focus-label", "Enter", "labels", "only samples with this value; on a key: all stacks grouped by it", NULL},
	{COMMAND_KEEP_VALUE, "focus-value", "f", "labels", "only samples with this value", NULL},
	{COMMAND_DROP_VALUE, "ignore-value", "x", "labels", "drop samples with it", NULL},
	{COMMAND_COMPARE, "compare-values", "=", "labels", "compare the other values with this one; again: no longer", NULL},
	{COMMAND_BOTH, "both-values", "D", "labels", "two values side by side, function by function: = marks the other one", NULL},
	{COMMAND_ENTER, "follow", "Enter", "overview", "go to what the line is about", NULL},
	{COMMAND_ENTER, "show-file", "Enter", "files", "only this file; with a base marked: what it has more or less", NULL},
	{COMMAND_ENTER, "go-to-cycle", "Enter", "gc", "on a finding: the cycle that it is about", NULL},
	{COMMAND_ENTER, "go-to-evidence", "Enter", "diagnosis", "go to the evidence: stacks, function, label or cycle", NULL},
	{COMMAND_ENTER, "edit-filter", "Enter", "filters", "edit the value at the prompt", NULL},
	{COMMAND_REMOVE, "remove-filter", "x Del", "filters", "take the filter away", NULL},
	{COMMAND_TOGGLE, "toggle-filter", "Space", "filters", "switch the filter off, and on again", NULL},
	{COMMAND_COMPARE, "mark-base", "=", "files", "compare the others with this file; again: no longer", NULL},
	{COMMAND_ZOOM_IN, "zoom-in", "+", "icicle sandwich", "zoom in one level towards the selection", NULL},
	{COMMAND_ZOOM_OUT, "zoom-out", "-", "icicle sandwich", "zoom out one level", NULL},
	{COMMAND_ZOOM_RESET, "zoom-reset", "0", "icicle sandwich", "show everything", NULL},
	{COMMAND_EXPAND, "expand", "+", "tree", "show what the selected call calls", NULL},
	{COMMAND_COLLAPSE, "collapse", "-", "tree", "hide it; where it is hidden, close the caller", NULL},
	{COMMAND_ENTER, "toggle", "Enter", "tree", "show or hide what the selected call calls", NULL},
	{COMMAND_EXPAND_ALL, "expand-all", "E", "tree", "open the whole tree", NULL},
	{COMMAND_COLLAPSE_ALL, "collapse-all", "C", "tree", "close the whole tree", NULL},
	{COMMAND_TRACES, "traces-of", "D", "icicle tree", "the stacks that go through the selected frame", NULL},
	{COMMAND_HOTTEST, "hottest", ".", "icicle sandwich tree", "walk down the hottest path to its leaf", NULL},
	{COMMAND_LOCATE, "locate", "Enter", "source", "say where the file is that was not found; kept for later runs", NULL},
	{COMMAND_NEXT_HOT, "next-hot", "]", "source", "next hot line", NULL},
	{COMMAND_PREVIOUS_HOT, "previous-hot", "[", "source", "previous hot line", NULL},
	{COMMAND_NEXT_HOT, "next-finding", "]", "diagnosis gc", "next finding or table", NULL},
	{COMMAND_PREVIOUS_HOT, "previous-finding", "[", "diagnosis gc", "previous finding or table", NULL},
	{COMMAND_SORT, "sort", "o", "top peek labels gc files", "sort by the next column (a source has its lines, a tree its weights)", NULL},
	{COMMAND_INVERT, "invert", "I", "top peek labels gc files", "turn the order round", NULL},
	{COMMAND_KEEP_ROWS, "keep-rows", "&", "top peek labels source tree files text", "keep only rows that match; nothing: all", NULL},

	{COMMAND_PANE, "top-pane", "T 1", "", "functions by weight", "top"},
	{COMMAND_PANE, "peek-pane", "p 2", "", "callers and callees of the selected function", "peek"},
	{COMMAND_PANE, "icicle-pane", "i 3", "", "the call tree as an icicle", "icicle"},
	{COMMAND_PANE, "sandwich-pane", "c 4", "", "all callers above the selected function, all callees below", "sandwich"},
	{COMMAND_PANE, "source-pane", "s 5", "", "source lines of the selected function", "source"},
	{COMMAND_PANE, "labels-pane", "t 7", "", "labels of the samples and what they cost", "labels"},
	{COMMAND_PANE, "tree-pane", "8", "", "the call tree as rows that open and close", "tree"},
	{COMMAND_PANE, "diagnosis", "9", "", "what is wrong and what to do about it, in all files", "diagnosis"},
	{COMMAND_PANE, "collections", "C", "!tree", "the cycles of a log of the garbage collector", "gc"},
	{COMMAND_PANE, "overview", "A", "", "what this profile is, and its heaviest functions and path", "overview"},
	{COMMAND_PANE, "profiles", "W", "", "the files: all merged, one alone, or the difference of two", "files"},
	{COMMAND_NEXT_PANE, "next-pane", "Tab S-Tab", "", "the other pane", NULL},
	{COMMAND_MAXIMISE, "maximise", "z", "", "one pane or two on a wide terminal", NULL},
	{COMMAND_BACK, "back", "Backspace < ^O", "", "back: pane, selection, zoom and filters", NULL},
	{COMMAND_FORWARD, "forward", ">", "", "forward again", NULL},
	{COMMAND_MARK, "mark", "B", "", "set a bookmark: pane, selection, zoom and filters; then a letter", NULL},
	{COMMAND_GO_TO_MARK, "go-to-mark", "'", "", "go to the bookmark of a letter", NULL},

	{COMMAND_SEARCH, "search", "/", "", "search by regular expression", NULL},
	{COMMAND_NEXT_MATCH, "next-match", "n", "", "next match", NULL},
	{COMMAND_PREVIOUS_MATCH, "previous-match", "N", "", "previous match", NULL},
	{COMMAND_SAME_NAME, "same-name", "*", "", "search for the selected function", NULL},
	{COMMAND_ESCAPE, "escape", "Esc", "", "end the search; icicle: else zoom out", NULL},

	{COMMAND_FILTER, "focus-selected", "f", "!labels", "only samples with the selected function", "focus"},
	{COMMAND_FILTER, "ignore-selected", "x", "!filters labels", "drop samples with it", "ignore"},
	{COMMAND_FILTER, "hide-selected", "H", "", "take its frames out of all stacks", "hide"},
	{COMMAND_FILTER, "show-from-selected", "S", "", "start all stacks at it", "show_from"},
	{COMMAND_FILTER, "show-selected", "K", "", "only its frames", "show"},
	{COMMAND_FILTER, "prune-selected", "P", "", "cut off everything it calls", "prune_from"},
	{COMMAND_PANE, "filters", "F", "", "the list of filters: edit, take away, switch off and on", "filters"},
	{COMMAND_UNDO, "undo", "u", "", "undo the last change of filters, types, units, options or rows of Top", NULL},
	{COMMAND_REDO, "redo", "^R", "", "do it again", NULL},

	{COMMAND_NEXT_TYPE, "next-type", "m", "", "next sample type", NULL},
	{COMMAND_PREVIOUS_TYPE, "previous-type", "M", "", "previous sample type", NULL},
	{COMMAND_RELATIVE, "relative", "%", "", "percent of all or of what the filters leave", NULL},
	{COMMAND_UNIT, "next-unit", "U", "", "next unit of the numbers: minimum, auto, and ns, us, ms, s or the like", NULL},
	{COMMAND_GRANULARITY, "granularity", "L", "", "functions, files, lines, addresses", NULL},

	{COMMAND_TREE_COLLAPSE, "recursion", "r", "", "call trees: a function that calls itself is one frame; again: all", NULL},
	{COMMAND_TREE_INVERT, "turn-round", "v", "", "call trees: leaves on top, their callers below; again: not", NULL},
	{COMMAND_OWN_CODE, "own-code", "O", "", "hide runtime, standard library and vendored code; again: not", NULL},
	{COMMAND_BY_CLASS, "classes", "J", "", "group by kind of work: collector, locks, system calls, ...; again: not", NULL},
	{COMMAND_DISPLAY, "display", "d", "", "of a difference: delta, base, new, normalised", NULL},
	{COMMAND_EDIT, "edit", "e", "", "open the editor at the source line", NULL},
	{COMMAND_WRITE, "write", "w", "", "write what this pane shows to a file", NULL},
	{COMMAND_COPY_NAME, "copy-name", "y", "", "copy the name of the selection to the clipboard of the terminal", NULL},
	{COMMAND_COPY_ROW, "copy-row", "Y", "", "copy it with its numbers; in call trees its stack", NULL},
	{COMMAND_PROMPT, "prompt", ":", "", "command line: top10, peek RE, focus=RE, ...", NULL},
	{COMMAND_PANE, "keys", "? F1", "", "this help", "help"},
	{COMMAND_RELOAD, "reload", "R", "", "read the file again", NULL},
	{COMMAND_REDRAW, "redraw", "^L", "", "draw the screen anew", NULL},
	{COMMAND_SUSPEND, "suspend", "^Z", "", "suspend; fg comes back", NULL},
	{COMMAND_INTERRUPT, "interrupt", "^C", "", "stop what is running; when idle quit", NULL},
	{COMMAND_CLOSE, "close", "q", "", "close this pane; quit at the last one", NULL},
	{COMMAND_QUIT, "quit-now", "Q", "", "quit", NULL},
	{COMMAND_NONE, NULL, NULL, NULL, NULL, NULL},
};
/* clang-format on */

/* True if the words of two lists have one in common. */
static bool share_word(const char *words, const char *others)
{
	while (*words) {
		size_t length = strcspn(words, " ");

		for (const char *other = others; *other;) {
			size_t other_length = strcspn(other, " ");

			if (length == other_length && !memcmp(words, other, length))
				return true;
			other += other_length + strspn(other + other_length, " ");
		}
		words += length + strspn(words + length, " ");
	}
	return false;
}

bool command_is_common(const struct command *command)
{
	return !*command->where || *command->where == '!';
}

bool command_holds(const struct command *command, const char *groups)
{
	if (*command->where == '!')
		return !share_word(command->where + 1, groups);
	return !*command->where || share_word(command->where, groups);
}

const struct command *command_find(const char *name, const char *groups)
{
	for (const struct command *command = commands; command->name; command++)
		if (!strcmp(command->name, name) && command_holds(command, groups))
			return command;
	return NULL;
}
