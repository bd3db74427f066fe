/* SPDX-License-Identifier: MIT */
/*
 * The keys: those that are promised have their meaning, and each key of each
 * pane does something that is seen.
 */
#include <locale.h>

#include "explorer.h"
#include "base/array.h"
#include "ui/term/key.h"
#include "ui/app/command_table.h"
#include "ui/app/run_pane.h"
#include "ui/widget/pane.h"
#include "ui/term/terminal.h"

/* --- What is promised ------------------------------------------------------- */

/* Panes, keys, and the command that all of these keys are in all of these panes. */
static const struct {
	const char *panes, *keys, *command;
} promised[] = {
	{"top peek source labels tree", "j Down", "down"},
	{"top peek source labels tree", "k Up", "up"},
	{"top peek source labels tree", "h Left", "left"},
	{"top peek source labels tree", "l Right", "right"},
	{"icicle", "j Down", "child"},
	{"icicle", "k Up", "parent"},
	{"icicle sandwich", "h Left", "previous-frame"},
	{"icicle sandwich", "l Right", "next-frame"},
	{"", "Space PgDn", "page-down"},
	{"", "b PgUp", "page-up"},
	{"", "^D", "half-down"},
	{"", "^U", "half-up"},
	{"", "^E", "scroll-down"},
	{"", "^Y", "scroll-up"},
	{"", "g Home", "first"},
	{"", "G End", "last"},
	{"top peek", "0", "line-start"},
	{"top peek", "$", "line-end"},
	{"icicle", "0", "zoom-reset"},
	{"icicle", "$", "last-sibling"},
	{"top", "Enter", "peek-at"},
	{"peek", "Enter", "recentre"},
	{"icicle", "Enter", "zoom"},
	{"labels", "Enter", "focus-label"},
	{"", "Backspace < ^O", "back"},
	{"", ">", "forward"},
	{"", "Esc", "escape"},
	{"", "q", "close"},
	{"", "Q", "quit-now"},
	{"", "^C", "interrupt"},
	{"", "1 T", "top-pane"},
	{"", "2 p", "peek-pane"},
	{"", "3 i", "icicle-pane"},
	{"", "4 c", "sandwich-pane"},
	{"", "5 s", "source-pane"},
	{"", "7 t", "labels-pane"},
	{"", "8", "tree-pane"},
	{"", "Tab S-Tab", "next-pane"},
	{"", "z", "maximise"},
	{"", "/", "search"},
	{"", "n", "next-match"},
	{"", "N", "previous-match"},
	{"", "*", "same-name"},
	{"top peek labels", "&", "keep-rows"},
	{"top peek icicle sandwich source tree", "f", "focus-selected"},
	{"top peek icicle", "x", "ignore-selected"},
	{"", "H", "hide-selected"},
	{"", "S", "show-from-selected"},
	{"", "K", "show-selected"},
	{"", "P", "prune-selected"},
	{"", "F", "filters"},
	{"", "u", "undo"},
	{"", "^R", "redo"},
	{"", "m", "next-type"},
	{"", "M", "previous-type"},
	{"top peek labels", "o", "sort"},
	{"top peek labels", "I", "invert"},
	{"", "%", "relative"},
	{"", "L", "granularity"},
	{"", "r", "recursion"},
	{"", "v", "turn-round"},
	{"icicle sandwich", "+", "zoom-in"},
	{"icicle sandwich", "-", "zoom-out"},
	{"tree", "+", "expand"},
	{"tree", "-", "collapse"},
	{"tree", "E", "expand-all"},
	{"tree", "C", "collapse-all"},
	{"icicle tree", ".", "hottest"},
	{"", "d", "display"},
	{"", "O", "own-code"},
	{"", "B", "mark"},
	{"", "'", "go-to-mark"},
	{"source", "]", "next-hot"},
	{"source", "[", "previous-hot"},
	{"", "e", "edit"},
	{"", "w", "write"},
	{"", "y", "copy-name"},
	{"", "Y", "copy-row"},
	{"", "R", "reload"},
	{"", "^L", "redraw"},
	{"", "^Z", "suspend"},
	{"", "? F1", "keys"},
	{"", ":", "prompt"},
};

static void check_promise(const char *panes, const char *keys, const char *command)
{
	static const struct key_map table = {.commands = commands};
	char pane[32], key[32];

	for (; *panes; panes += strcspn(panes, " "), panes += strspn(panes, " ")) {
		snprintf(pane, sizeof(pane), "%.*s", (int)strcspn(panes, " "), panes);
		for (const char *at = keys; *at; at += strcspn(at, " "), at += strspn(at, " ")) {
			const struct command *found;

			snprintf(key, sizeof(key), "%.*s", (int)strcspn(at, " "), at);
			found = key_map_find(&table, key_parse(key, strlen(key)),
					     pane_find(pane)->groups);
			if (!found || strcmp(found->name, command) != 0)
				fail_msg("%s in %s is %s, not %s", key, pane,
					 found ? found->name : "nothing", command);
		}
	}
}

static void promised_keys_have_their_meaning(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(promised); i++)
		check_promise(*promised[i].panes ? promised[i].panes
						 : "top peek icicle sandwich source labels tree",
			      promised[i].keys, promised[i].command);
}

/* --- What is seen ------------------------------------------------------------- */

/* How to get to a pane so that there is something on all sides. */
static const struct {
	const char *pane, *keys;
} ways[] = {
	{"top", "j j"},
	{"peek", "/ mallocgc$ Enter Esc p"},
	{"icicle", "j j i"},
	{"sandwich", "/ mallocgc$ Enter Esc c"},
	{"source", "j j s"},
	{"labels", "t j j"},
	{"tree", "8 g j j"},
	{"overview", "A j"},
	{"files", "W j"},
	{"filters", ": focus=. Enter : ignore=zzzz Enter F j"},
	{"report", ": traces Enter ^D"},
	{"help", "? ^D"},
};

/* What a command needs first; else its pane is enough. */
static const struct {
	const char *command, *keys;
	const char *pane; /* NULL: in all that are not named before */
} needs[] = {
	{"previous-frame", "g j j l", "icicle"},
	{"next-frame", "g j j", "icicle"},
	{"last-sibling", "g j j", "icicle"},
	{"previous-frame", "j l", "sandwich"},
	{"next-frame", "j", "sandwich"},
	{"last-sibling", "j", "sandwich"},
	{"zoom-out", "j j +", "sandwich"},
	{"zoom-reset", "j j +", "sandwich"},
	{"zoom-in", "j j", "sandwich"},
	{"hottest", "", "sandwich"},
	{"up", "j j", NULL},
	{"page-up", "Space Space", NULL},
	{"half-up", "^D ^D", NULL},
	{"scroll-up", "^E ^E", NULL},
	{"first", "G", NULL},
	{"last", "g", NULL},
	{"half-down", "g", NULL},
	{"page-down", "g", NULL},
	{"next-page", "g", NULL},
	{"scroll-down", "g", NULL},
	{"down", "g", NULL},
	{"parent", "j", NULL},
	{"child", "g", NULL},
	{"left", "g l", NULL},
	{"line-start", "g l", NULL},
	{"zoom-out", "Enter", NULL},
	{"zoom-reset", "Enter", NULL},
	{"zoom-in", "g", NULL},
	{"recentre", "j", NULL},
	{"back", "G p", NULL},
	{"forward", "G p <", NULL},
	{"next-match", "/ e Enter", NULL},
	{"previous-match", "/ e Enter", NULL},
	{"escape", "/ e Enter", NULL},
	{"undo", ": focus=main Enter", NULL},
	{"redo", ": focus=main Enter u", NULL},
	{"towards-callers", "j", NULL},
	{"collapse", "+", NULL},
	{"expand", "C", NULL},
	{"expand-all", "C", NULL},
	{"previous-hot", "]", NULL},
	{"hottest", "g", NULL},
};

/* What shows nothing by itself, has nothing to do there, or would stop the test. */
static const struct {
	const char *command, *pane; /* NULL: in all panes */
} silent[] = {
	{"redraw", NULL},         {"suspend", NULL},        {"point", NULL},
	{"escape", NULL},         {"reload", NULL},         {"left", NULL},
	{"right", NULL},          {"line-start", NULL},     {"line-end", NULL},
	{"scroll-down", "files"}, {"scroll-up", "files"},   {"scroll-down", "filters"},
	{"scroll-up", "filters"}, {"next-match", "source"}, {"previous-match", "source"},
};

static bool is_silent(const struct command *command, const char *pane)
{
	for (size_t i = 0; i < COUNT(silent); i++)
		if (!strcmp(command->name, silent[i].command) &&
		    (!silent[i].pane || !strcmp(silent[i].pane, pane)))
			return true;
	/* Where one is already. */
	return command->run == run_open_pane && !strcmp(command->argument, pane);
}

static const char *needed(const struct command *command, const char *pane)
{
	for (size_t i = 0; i < COUNT(needs); i++)
		if (!strcmp(needs[i].command, command->name) &&
		    (!needs[i].pane || !strcmp(needs[i].pane, pane)))
			return needs[i].keys;
	return "";
}

static bool press_and_look(size_t way, const struct command *command)
{
	static const char *const files[] = {"-diff_base=web_before.cpu.pb.gz",
					    "web_after.cpu.pb.gz", NULL};
	struct explorer explorer;
	struct app *app = explorer_open_words(&explorer, files, 12, 100, CHARSET_UTF8);
	char key[32], *before, *after;
	bool seen;

	explorer_press(app, ways[way].keys);
	explorer_press(app, needed(command, ways[way].pane));
	before = explorer_screen(app, true);
	snprintf(key, sizeof(key), "%.*s", (int)strcspn(command->keys, " "), command->keys);
	explorer_press(app, key);
	after = explorer_screen(app, true);
	seen = strcmp(before, after) != 0 || app->quit;
	if (!seen)
		print_message("%s: %s (%s) changes nothing on:\n%s", ways[way].pane, command->name,
			      key, after);
	free(before);
	free(after);
	explorer_close(&explorer);
	return seen;
}

static void every_key_of_every_pane_is_seen(void **state)
{
	int unseen = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(ways); i++) {
		const char *groups = pane_find(ways[i].pane)->groups;

		for (const struct command *command = commands; command->name; command++)
			if (command_holds(command, groups) && !is_silent(command, ways[i].pane))
				unseen += !press_and_look(i, command);
	}
	assert_int_equal(unseen, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(promised_keys_have_their_meaning),
		cmocka_unit_test(every_key_of_every_pane_is_seen),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
