/* SPDX-License-Identifier: MIT */
#include "ui/app/app_copy.h"

#include <stdlib.h>
#include <string.h>

#include "ui/term/clipboard.h"
#include "ui/term/terminal.h"

/* Adds one line without anything that a terminal, or a shell it is pasted to, would obey. */
static void add_safe(struct text *text, const char *line, size_t length)
{
	text_add_sanitized(text, line, length, false);
}

/* What goes out, and what of it the status line has room for. */
static void copy(struct app *app, const struct text *text)
{
	struct session *session = &app->session;
	enum clipboard_way way = clipboard_way(getenv("TERM"), getenv("TMUX"));
	size_t length = clipboard_fit(text_string(text), text->length);
	int shown = (int)strcspn(text_string(text), "\n");
	const char *more = text->bytes && text->bytes[shown] ? " ..." : "";
	struct text sequence = {0};

	if (!app->preferences.clipboard || way == CLIPBOARD_NONE) {
		session_message(session, "%s; not copied: %.*s%s",
				way == CLIPBOARD_NONE ? "this terminal has no clipboard"
						      : "clipboard is off",
				shown > 400 ? 400 : shown, text_string(text), more);
		return;
	}
	clipboard_add(way, text_string(text), length, &sequence);
	terminal_send(sequence.bytes, sequence.length);
	text_clear(&sequence);
	session_message(session, "copied%s: %.*s%s", length < text->length ? " the first 6 kB" : "",
			shown > 400 ? 400 : shown, text_string(text), more);
}

void app_copy_name(struct app *app, const struct command *command)
{
	struct pane *pane = app_ready_pane(app);
	struct text name = {0}, numbers = {0}, text = {0};

	(void)command;
	if (!pane)
		return;
	chrome_describe(&app->session, pane, &name, &numbers);
	add_safe(&text, text_string(&name), name.length);
	copy(app, &text);
	text_clear(&name);
	text_clear(&numbers);
	text_clear(&text);
}

/* From the selected frame up to the root. */
static void add_stack(struct session *session, struct text *text)
{
	const struct call_tree *tree = session->shown.tree;
	const char *const *names = session->shown.view->node_names;
	uint32_t frame = session_frame(session);

	if (frame == NONE)
		frame = session->spot.zoom;
	for (; frame != 0; frame = call_tree_parent(tree, frame)) {
		const char *name = names[tree->node[frame]];

		if (text->length)
			text_add_char(text, '\n');
		add_safe(text, name, strlen(name));
		/* Deeper than anybody wants to have at once. */
		if (text->length > 2 * CLIPBOARD_LIMIT)
			break;
	}
}

void app_copy_row(struct app *app, const struct command *command)
{
	struct pane *pane = app_ready_pane(app);
	struct text name = {0}, numbers = {0}, text = {0};

	(void)command;
	if (!pane)
		return;
	if (pane->kind->needs & PART_TREE)
		add_stack(&app->session, &text);
	if (!text.length) {
		chrome_describe(&app->session, pane, &name, &numbers);
		add_safe(&text, text_string(&name), name.length);
		text_add_string(&text, numbers.length ? "   " : "");
		add_safe(&text, text_string(&numbers), numbers.length);
	}
	copy(app, &text);
	text_clear(&name);
	text_clear(&numbers);
	text_clear(&text);
}
