/* SPDX-License-Identifier: MIT */
/*
 * The explorer: reads keys, runs commands, lays out panes and paints them when
 * nothing is left to read. Everything that is explored is in the session; the
 * app knows which panes are open and how one got there.
 */
#ifndef UI_APP_APP_H
#define UI_APP_APP_H

#include "setting/options.h"
#include "ui/widget/status.h"
#include "ui/store/file_watch.h"
#include "ui/input/key_map.h"
#include "ui/term/layout.h"
#include "ui/widget/pane.h"
#include "ui/store/preferences.h"
#include "ui/input/prompt.h"
#include "report/text/source_places.h"
#include "ui/session/visit.h"

struct request;

#define APP_MOST_PANES 16
#define APP_MOST_WAITING 256

/* One opened pane; the session's generation that it has seen. */
struct app_pane {
	struct pane *pane;
	uint32_t generation;
};

/* What the prompt is for; NULL in the app: it is closed. */
struct app_prompt_kind;

struct app {
	struct session session;
	struct app_pane panes[APP_MOST_PANES]; /* by the number of their kind; opened when needed */
	const struct pane_kind *left, *right, *over; /* over: NULL or the one in front */
	bool focus_right;
	bool maximised;

	struct visit *visits; /* [0, visit_at) is behind us, the rest ahead */
	size_t visit_count, visit_capacity, visit_at;
	struct visit marks[VISIT_MARKS];
	const struct command
		*asking; /* the next key is the letter of a bookmark; NULL: it is not */

	node_id followed; /* the selection that the unfocused pane has seen */

	struct prompt prompt;
	const struct app_prompt_kind *prompts; /* that there are */
	const struct app_prompt_kind *prompting;
	struct prompt_history commands, searches;
	struct source_places places;
	struct file_watch watch;
	bool outdated;              /* a file has changed since it was read */
	char *file;                 /* that the present view is to be written to; owned */
	struct pattern *old_search; /* while another one is being typed */
	const struct pane_kind
		*searched;          /* the pane in front that the search was typed in; NULL: none */
	struct origin search_start; /* where that began */

	/* Keys for a pane that is still being computed. */
	const struct pane_kind *awaited;
	uint32_t waiting[APP_MOST_WAITING];
	size_t waiting_count;
	bool seek_waits; /* what is typed at the search prompt, too */

	const struct pane_kind
		*drawn; /* the focused pane of the last picture, and its generation */
	uint32_t drawn_generation;

	struct key_map keys;
	struct preferences preferences;
	struct text notice; /* what to know about the start, until the first key */
	struct chrome chrome;
	struct canvas canvas;
	struct layout layout; /* of the last picture */
	int64_t clicked_at;   /* 0: the next click is a first one */
	int clicked_row, clicked_column;
	int rows, columns;
	bool has_view;      /* the first view has been there */
	bool slow;          /* the change being made takes its time */
	bool report_is_old; /* what the report in front was made of has changed */
	bool quit;
	bool leaves; /* the program, not only the explorer */
	int status;
};

/* Explores; returns the exit status, or APP_NO_TERMINAL with an error. Says why it failed else. */
#define APP_NO_TERMINAL (-1)
int app_run(struct request *request, struct error *error);

/* For tests: an app without a terminal on a profile that is loaded already. */
void app_init(struct app *app, const struct request *request);
/* False if a job still runs that reads the app and the request: then both must stay. */
bool app_clear(struct app *app);
void app_resize(struct app *app, int rows, int columns, enum charset charset, bool color);

/* One key, and all the work that follows from it. */
void app_key(struct app *app, uint32_t key);

/* Takes what a job has made, and the keys that waited for it. */
void app_wake(struct app *app);

/* Draws everything into app->canvas; the cursor's row is -1 if it is hidden. */
void app_draw(struct app *app, int *cursor_row, int *cursor_column);

/* --- Between the files of the app ----------------------------------------- */

const struct pane_kind *app_focus(const struct app *app);
bool app_is_split(const struct app *app);

/* The pane of a kind, opened and refreshed; NULL while its needs are not met. */
struct pane *app_pane(struct app *app, const struct pane_kind *kind);

/* Shows a kind where it belongs and gives it the focus. */
void app_show(struct app *app, const struct pane_kind *kind);

/* Remembers where we are and asks for another spec. */
void app_set_spec(struct app *app, const struct view_spec *spec);

/* Puts a pane in front of the others, NULL: none; a search that was typed in another one ends. */
void app_put_over(struct app *app, const struct pane_kind *kind);

/* Makes all open panes mark what session.search matches. */
void app_search(struct app *app);

/* Reads the files, for the first time or anew; app_check_files does it if they have changed. */
void app_load(struct app *app);
void app_check_files(struct app *app);

void app_command(struct app *app, const struct command *command);

/* Says why a key without a meaning in the focused pane does nothing. */
void app_explain_key(struct app *app, uint32_t key);

/* True for what reads the pane or its selection and has to wait until that is there. */
bool app_command_needs_pane(const struct command *command);

/* Asks the session for what the visible panes read. */
void app_update_needs(struct app *app);

/* The focused pane is there, and shows what it will be asked about. */
bool app_is_ready(struct app *app);

/* The focused pane for a key: laid out, and where the session is; NULL: not there yet. */
struct pane *app_ready_pane(struct app *app);

/* Runs one line of the command prompt; false with an error and the byte where it is. */
bool app_run_line(struct app *app, const char *line, struct error *error);

/* A command: runs its argument as such a line. */
void app_command_line(struct app *app, const struct command *command);

/* Runs a line of pprof's shell. */
bool app_shell_line(struct app *app, const char *line, struct error *error);

/* Takes over settings, which can be undone. */
void app_use_settings(struct app *app, struct settings *settings);

/* Writes a report in the background, which is taken over. */
bool app_start_report(struct app *app, struct report_job *job, struct error *error);

/* Writes the report in front anew if what it was made of has changed. */
void app_renew_report(struct app *app);

/* Shows or saves a report that is done; false with an error if it could not be had. */
bool app_take_report(struct app *app, struct error *error);

#endif
