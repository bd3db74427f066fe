/* SPDX-License-Identifier: MIT */
#include "ui/session/session_undo.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "ui/session/session.h"

struct session_state {
	struct settings settings;
	uint32_t top_rows;
	struct file_selection comparison; /* of these files the display is brought back */
};

static bool only_displays_differ(const struct file_selection *a, const struct file_selection *b)
{
	return a->alone == b->alone && a->base == b->base && !file_selection_equal(a, b);
}

static bool holds_now(const struct session *session, const struct session_state *state)
{
	return settings_equal(&state->settings, &session->settings) &&
	       state->top_rows == session->top_rows &&
	       !only_displays_differ(&state->comparison, &session->asked);
}

/* Forgets all states but the first ones. */
static void cut(struct undo *undo, size_t count)
{
	while (undo->count > count)
		settings_clear(&undo->states[--undo->count].settings);
}

void session_note(struct session *session)
{
	struct undo *undo = &session->undo;
	struct session_state *state;

	/* Before there is a profile nothing is shown that could be gone back to. */
	if (!session->profile || (undo->count && holds_now(session, &undo->states[undo->at])))
		return;
	if (undo->count)
		cut(undo, undo->at + 1);
	array_reserve(undo->states, undo->capacity, undo->count + 1);
	state = &undo->states[undo->count];
	settings_copy(&state->settings, &session->settings);
	state->top_rows = session->top_rows;
	state->comparison = session->asked;
	undo->at = undo->count++;
}

void session_note_files(struct session *session)
{
	struct undo *undo = &session->undo;

	if (undo->count)
		undo->states[undo->at].comparison = session->asked;
}

/* Adds what becomes of options that have no chip in the title: "unit=ms, sort=flat". */
static void describe_options(const struct settings *now, const struct settings *then,
			     struct text *text)
{
	struct settings other = *now;

	/* Borrowed: what the title shows is the same in both. */
	other.view = then->view;
	other.sample_index = then->sample_index;
	for (const struct option *option = options; option->name; option++) {
		struct text value = {0};

		if (option_equal(&other, then, option))
			continue;
		option_print(then, option, &value);
		if (option->kind != OPTION_CHOICE)
			text_printf(text, "%s%s=%s", text->length ? ", " : "", option->name,
				    text_string(&value));
		else if (!strcmp(text_string(&value), "true"))
			text_printf(text, "%s%s=%s", text->length ? ", " : "", option->group,
				    option->name);
		text_clear(&value);
	}
}

static void tell(struct session *session, const struct session_state *then)
{
	struct text text = {0};

	describe_options(&session->settings, &then->settings, &text);
	if (then->top_rows != session->top_rows) {
		text_add_string(&text, text.length ? ", " : "");
		if (then->top_rows)
			text_printf(&text, "the first %u rows of Top", then->top_rows);
		else
			text_add_string(&text, "all rows of Top");
	}
	if (only_displays_differ(&then->comparison, &session->asked))
		text_printf(&text, "%s%s", text.length ? ", " : "",
			    comparison_display_name(then->comparison.display));
	if (text.length)
		session_message(session, "%s", text.bytes);
	text_clear(&text);
}

bool session_can_undo(const struct session *session)
{
	return session->undo.at > 0;
}

bool session_step(struct session *session, int direction, struct settings *settings,
		  struct file_selection *comparison)
{
	struct undo *undo = &session->undo;
	const struct session_state *state;

	if (direction < 0 ? undo->at == 0 : undo->at + 1 >= undo->count)
		return false;
	undo->at = direction < 0 ? undo->at - 1 : undo->at + 1;
	state = &undo->states[undo->at];
	tell(session, state);
	session->top_rows = state->top_rows;
	settings_copy(settings, &state->settings);
	*comparison = only_displays_differ(&state->comparison, &session->asked) ? state->comparison
										: session->asked;
	return true;
}

void session_give_up(struct session *session)
{
	struct undo *undo = &session->undo;
	size_t end;

	if (undo->at > 0 && undo->at + 1 == undo->count)
		cut(undo, undo->at);
	for (end = undo->count; end > 0; end--)
		if (holds_now(session, &undo->states[end - 1]))
			break;
	/* Options that were changed meanwhile stay: a state of their own behind the last one of this view. */
	for (size_t i = undo->count; !end && i > 0; i--)
		if (view_spec_equal(&undo->states[i - 1].settings.view, &session->settings.view))
			end = i;
	undo->at = end ? end - 1 : 0;
	session_note(session);
}

void session_give_up_files(struct session *session)
{
	bool noted = only_displays_differ(&session->loaded, &session->asked);

	session->asked = session->loaded;
	if (noted)
		session_give_up(session);
}

void session_forget_undo(struct session *session)
{
	cut(&session->undo, 0);
	session->undo.at = 0;
}

void session_clear_undo(struct session *session)
{
	session_forget_undo(session);
	free(session->undo.states);
}
