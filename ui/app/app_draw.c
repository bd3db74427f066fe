/* SPDX-License-Identifier: MIT */
/* The picture of the explorer: lines around the panes, one pane or two, the prompt. */
#include <stdio.h>
#include <string.h>

#include "ui/app/app.h"
#include "source/fetch.h"
#include "ui/widget/text_pane.h"
#include "ui/term/theme.h"

void app_resize(struct app *app, int rows, int columns, enum charset charset, bool color)
{
	canvas_clear(&app->canvas);
	canvas_init(&app->canvas, rows, columns, charset, color);
	app->rows = rows;
	app->columns = columns;
	app->drawn = NULL;
}

static void draw_tiny(struct app *app)
{
	static const char *const forms[] = {"ncprof: the screen is too small; q quits",
					    "screen too small; q quits", "too small", ""};
	int form = 0;

	while ((int)strlen(forms[form]) > app->columns)
		form++;
	canvas_string(&app->canvas, 0, 0, STYLE_PLAIN, forms[form]);
}

/* What a screen shows while there is no profile yet. */
static void draw_loading(struct app *app, struct canvas *body)
{
	struct session *session = &app->session;
	uint64_t done = atomic_load(&session->progress.done),
		 total = atomic_load(&session->progress.total);
	char read[UNIT_LABEL_SIZE], all[UNIT_LABEL_SIZE];
	struct text elapsed = {0};

	if (session->profile) {
		canvas_string(body, 1, 2, STYLE_PLAIN, "computing the table");
		canvas_string(body, 3, 2, STYLE_MUTED, "Q quits");
		return;
	}
	unit_label((int64_t)done, "bytes", "auto", read);
	unit_label((int64_t)total, "bytes", "auto", all);
	fetch_print_progress(&session->progress, &elapsed);
	if (total)
		canvas_printf(body, 1, 2, STYLE_PLAIN, "reading: %s%s of %s (%d%%)",
			      text_string(&elapsed), read, all,
			      (int)(100 * (double)done / (double)total));
	else
		canvas_printf(body, 1, 2, STYLE_PLAIN, "%s: %s%s",
			      elapsed.length ? "capturing" : "reading", text_string(&elapsed),
			      read);
	text_clear(&elapsed);
	canvas_string(body, 3, 2, STYLE_MUTED, "^C or q cancels");
}

static void draw_pane(struct app *app, const struct pane_kind *kind, struct canvas *area)
{
	struct pane *pane = app_pane(app, kind);

	if (pane)
		pane_draw(pane, area, kind == app_focus(app));
	else if (app->session.shown.view)
		canvas_string(area, 1, 2, STYLE_MUTED, "computing");
	else
		draw_loading(app, area);
}

static void draw_body(struct app *app, const struct layout *layout)
{
	struct canvas area;

	if (!layout->split) {
		area = canvas_part(&app->canvas, layout->body_row, 0, layout->body_rows,
				   app->columns);
		draw_pane(app, app_focus(app), &area);
		return;
	}
	/* The focused pane first: the other one follows what it selects. */
	for (int turn = 0; turn < 2; turn++) {
		bool right = app->focus_right == (turn == 0);

		area = canvas_part(&app->canvas, layout->body_row, right ? layout->right_column : 0,
				   layout->body_rows,
				   right ? layout->right_columns : layout->left_columns);
		draw_pane(app, right ? app->right : app->left, &area);
	}
	for (int row = 0; row < layout->body_rows; row++)
		canvas_glyph(&app->canvas, layout->body_row + row, layout->left_columns, 1,
			     STYLE_LINE, GLYPH_VLINE);
}

/* "3/41" of a search, or what is being done; returns its width. */
static int draw_state(struct app *app, struct canvas *line)
{
	struct session *session = &app->session;
	struct pane *pane = app_pane(app, app_focus(app));
	uint32_t number, count;
	char text[64] = "";

	if (session->changing) {
		snprintf(text, sizeof(text), "computing; ^C goes back");
	} else if (session_loading(session) && session->profile) {
		snprintf(text, sizeof(text), "reading; ^C stops");
	} else if (session->search && pane) {
		pane_matches(pane, &number, &count);
		if (number)
			snprintf(text, sizeof(text), "%u/%u", number, count);
		else
			snprintf(text, sizeof(text), "-/%u", count);
	}
	canvas_string(line, 0, line->columns - (int)strlen(text), STYLE_STRONG, text);
	return *text ? (int)strlen(text) + 2 : 0;
}

/* What is of use in the present state, before what always is. */
static void add_state_hints(struct app *app, struct text *hints)
{
	const struct session *session = &app->session;
	const struct pane *pane = app_pane(app, app_focus(app));

	if (app->outdated)
		text_add_string(hints, "reload:file-changed ");
	if (session->search)
		text_add_string(hints, "next-match:next previous-match:previous escape:end ");
	if (pane && pane_is_filtered(pane))
		text_add_string(hints, "keep-rows:not-all-rows ");
	if (session->seen.base != COMPARISON_ALL)
		text_add_string(hints, "display:display ");
	if (session_can_undo(session) && !session->search)
		text_add_string(hints, "undo:undo ");
}

static void draw_hints(struct app *app, struct canvas *line)
{
	const struct pane_kind *kind = app_focus(app);
	const struct pane *pane = app_pane(app, kind);
	struct text first = {0};

	add_state_hints(app, &first);
	chrome_hints(&app->keys, kind->groups, text_string(&first),
		     pane && pane->hints ? pane->hints : kind->hints, line);
	text_clear(&first);
}

static void draw_status(struct app *app, struct canvas *line, int *cursor)
{
	struct session *session = &app->session;
	struct canvas room = canvas_part(line, 0, 0, 1, line->columns - draw_state(app, line));

	if (app->prompting)
		prompt_draw(&app->prompt, &room, cursor);
	else if (app->notice.length)
		canvas_fit(&room, 0, 0, room.columns, STYLE_ERROR, app->notice.bytes,
			   app->notice.length);
	else if (*session->message)
		canvas_fit(&room, 0, 0, room.columns,
			   session->message_is_error ? STYLE_ERROR : STYLE_STRONG, session->message,
			   strlen(session->message));
	else if (session->shown.view)
		draw_hints(app, &room);
}

/* The prompt has the status line, so what it has to say goes to the line above. */
static void draw_prompt_notes(struct app *app, struct canvas *line)
{
	const struct session *session = &app->session;

	if (!app->prompting || prompt_draw_completions(&app->prompt, line) || !*session->message)
		return;
	canvas_fill(line, 0, 0, line->columns, STYLE_PLAIN);
	canvas_fit(line, 0, 0, line->columns, STYLE_ERROR, session->message,
		   strlen(session->message));
}

static const char *app_title(struct app *app)
{
	const struct pane *pane = app_pane(app, app_focus(app));

	return pane && pane->title ? pane->title : app_focus(app)->title;
}

/* Rows for the selection; a text in front has some if its lines are longer than the screen. */
static int detail_rows(struct app *app)
{
	struct session *session = &app->session;
	struct pane *pane = app_pane(app, app_focus(app));

	if (app->over)
		return text_pane_detail_rows(pane, app->columns);
	return session->shown.table ? chrome_detail_rows(session, pane, &app->canvas) : 0;
}

void app_draw(struct app *app, int *cursor_row, int *cursor_column)
{
	struct session *session = &app->session;
	struct canvas *screen = &app->canvas;
	struct layout layout;
	struct canvas area;

	*cursor_row = -1;
	app->drawn = app_focus(app);
	app->drawn_generation = session->generation;
	for (int row = 0; row < app->rows; row++)
		canvas_fill(screen, row, 0, app->columns, STYLE_PLAIN);
	layout_compute(&layout, app->rows, app->columns, app_is_split(app), detail_rows(app));
	app->layout = layout;
	if (layout.tiny) {
		draw_tiny(app);
		return;
	}
	draw_body(app, &layout);
	/* Behind the body: a pane may have settled the selection. */
	area = canvas_part(screen, layout.detail_row, 0, layout.detail_rows, app->columns);
	if (app->over && layout.detail_rows)
		chrome_text(session, app_pane(app, app->over), &area);
	else if (session->shown.table && !app->over)
		chrome_detail(&app->chrome, session, app_pane(app, app_focus(app)), &area);
	area = canvas_part(screen, 0, 0, 1, app->columns);
	chrome_title(session, app_title(app), &area);
	area = canvas_part(screen, layout.status_row - 1, 0, 1, app->columns);
	draw_prompt_notes(app, &area);
	area = canvas_part(screen, layout.status_row, 0, 1, app->columns);
	draw_status(app, &area, cursor_column);
	if (app->prompting)
		*cursor_row = layout.status_row;
}
