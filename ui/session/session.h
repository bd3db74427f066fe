/* SPDX-License-Identifier: MIT */
/*
 * What is explored: the profile, what is asked of it (settings), the tables
 * that answer (derived), the selection that all panes share, and what it was
 * before, for undo. Loading and building run as one background job at a time;
 * until a new view is there the old one stays on the screen and usable.
 */
#ifndef UI_SESSION_SESSION_H
#define UI_SESSION_SESSION_H

#include "base/job.h"
#include "base/pattern.h"
#include "setting/options.h"
#include "ui/session/view_change.h"
#include "ui/session/file_selection.h"
#include "ui/session/tables.h"
#include "ui/session/diagnosis.h"
#include "ui/session/place.h"
#include "ui/session/report_job.h"
#include "ui/session/session_files.h"
#include "ui/session/session_spot.h"
#include "ui/session/session_undo.h"
#include "ui/session/task.h"

struct columns;
struct history;
struct live;
struct redact_rules;
struct request;

struct session {
	const struct request *request; /* what to read, outlives the session */
	char **files;               /* what each of them is called (ui/session/file_selection.h) */
	struct redact_rules *rules; /* for what is said of files; NULL: none */
	struct settings settings;
	struct file_selection asked, loaded, seen; /* to be read, of `profile`, of `shown` */
	struct profile *profile;                   /* NULL until it is loaded */
	struct profile *retired; /* of `shown` while a reloaded one is being built */
	struct derived shown;    /* what panes draw; a view and a table at least once it is there */
	struct derived next;     /* of settings.view, being built */
	bool changing;           /* next is wanted */
	unsigned needs;          /* parts that the visible panes read */
	unsigned first_needs; /* those without which a new view is not shown: of the focused pane */
	struct value_format format;
	unsigned failed;   /* parts that cannot be built for what is shown */
	struct task *task; /* NULL: nothing runs */
	bool names_wait;   /* addresses are shown; their binaries are asked when all else is done */
	bool names_now;    /* what is read next asks them */
	bool reload;       /* read the file again when it has ended */
	struct progress progress; /* of loading */

	char range
		[64]; /* of an execution trace, that samples are read of; "": as the request has it */

	struct diagnosis *diagnosis; /* of all files; NULL: not made yet */

	struct spot spot;
	bool frame_sought;          /* spot.frame is the answer, even if NONE */
	struct place place;         /* to find again in the next view */
	struct arrival arrival;     /* instead of that, where other files are read */
	bool place_waits;           /* its frames need a tree that is not there yet */
	struct spot left;           /* where we were when the next view was asked for */
	bool moved;                 /* since then the selection was moved on what is shown */
	uint32_t generation;        /* grows with every new view or part */
	uint32_t sandwiches, trees; /* how many were made */

	struct undo undo;
	uint32_t top_rows; /* of Top, as many as somebody asked for; 0: all */

	struct report_job *written;  /* a report that is done, for whoever shows it */
	struct pattern *search;      /* NULL: none */
	char *chips_off[CHIP_COUNT]; /* filters that are switched off, owned; NULL: none */
	struct load_note *notes;     /* of each file (comparison.h), as far as they were read */
	char *label_key;             /* that the labels pane is to go to, owned; NULL: none */
	struct live *live;           /* NULL: no source can be captured again */
	struct history *history;     /* of a live source; NULL: there is none */
	bool captured;               /* what is shown next is another capture */
	bool load_failed;            /* there will never be anything to show; `message` says why */
	const struct columns *columns; /* of Top, of somebody's choice; NULL: none */
	char message[512];             /* for the status line */
	bool message_is_error;
};

void session_init(struct session *session, const struct request *request);

/*
 * Frees everything. False if a job did not stop soon and still reads the
 * profile, the request and this session: then all of it must stay until the
 * program ends.
 */
bool session_clear(struct session *session);

/* Reads the profile, for the first time or anew. */
void session_load(struct session *session);

/*
 * Reads only the samples between two times of an execution trace, in
 * nanoseconds; `to` 0: all of them again.
 */
void session_set_range(struct session *session, int64_t from, int64_t to);

/* Readable when the running job has ended; -1: nothing runs. */
int session_descriptor(const struct session *session);
bool session_loading(const struct session *session);

/* Takes the result of an ended job and starts the next one; never waits. */
enum session_news session_advance(struct session *session);

/*
 * Asks for another spec, which `spec` is copied to. With `undo` the old one can
 * be had back. place: where to be in the new view; NULL: where we are.
 */
void session_set_spec(struct session *session, const struct view_spec *spec, bool undo,
		      const struct place *place);

/* Takes ownership of `settings`; rebuilds only what they affect. session_note makes it undoable. */
void session_use_settings(struct session *session, struct settings *settings);

/* Writes a report in the background, which is taken over; false: something else is running. */
bool session_write(struct session *session, struct report_job *report);

/* Reads other files or another side of a difference; false with a message if that cannot be. */
bool session_compare(struct session *session, const struct file_selection *comparison);

/* Reads them to be at a place in them under a spec, both of which are copied. */
bool session_visit(struct session *session, const struct file_selection *comparison,
		   const struct view_spec *spec, const struct place *place);

/* Undo and redo: false if there is nothing to undo (session_undo.h). */
bool session_undo(struct session *session);
bool session_redo(struct session *session);

/* Stops what runs: goes back to what is shown. False if nothing was running. */
bool session_cancel(struct session *session);

/* After a change of settings.report. */
void session_format(struct session *session);

/* After a change of options in settings.report that parts are made with: they are made anew. */
void session_change_report(struct session *session);

/* Discards the findings; they are rebuilt on demand. */
void session_forget_diagnosis(struct session *session);

/* Says which parts are read from now on; a new view is shown when it has the `first` ones. */
void session_need(struct session *session, unsigned parts, unsigned first);

/* The parts that are shown. */
unsigned session_parts(const struct session *session);

/* The same; a sandwich of another function than the present centre does not count. */
unsigned session_current_parts(const struct session *session);

void session_message(struct session *session, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void session_error(struct session *session, const struct error *error);

/* The next sample type after `type` that does not sum to zero; NONE: there is none. */
uint32_t session_find_type(const struct profile *profile, uint32_t type);

/* A default that sums to nothing shows nothing: points at the next type that does not. */
void session_check_sum(struct session *session);

/* A filter without a match is easily overlooked where others leave something to see. */
void session_warn_of_misses(struct session *session);

#endif
