/* SPDX-License-Identifier: MIT */
/*
 * The files of a session: what they are called, which of them are explored,
 * and what to look at where other ones are read.
 */
#ifndef UI_SESSION_SESSION_FILES_H
#define UI_SESSION_SESSION_FILES_H

#include "ui/session/file_selection.h"
#include "ui/session/place.h"

struct load_note;
struct session;
struct settings;

/* Where to be in files that are being read. */
struct arrival {
	bool waits;
	struct view_spec spec; /* a type of NONE: the one that the command line wants */
	struct place place;
};

/* The name of the file as it was given, without secrets under -redact; "-" for standard input. */
const char *session_location(const struct session *session);

/* What files are called on the screen, by their index in ui/session/file_selection.h: without secrets. */
void session_name_files(struct session *session);
void session_clear_files(struct session *session);

/* Nobody waits for other files any more. */
void session_forget_arrival(struct session *session);

/* True if both have the same sample types, so that their numbers mean the same. */
bool session_same_types(const struct profile *a, const struct profile *b);

/* The sample type for what was read, and the spec that waits for it. False with an error. */
bool session_choose_type(struct session *session, const struct profile *profile,
			 struct settings *settings, struct error *error);

/* The type that the command line wants, if the profile has it, else its default. */
uint32_t session_default_type(const struct session *session, const struct profile *profile);

/*
 * Files of different kinds make no one profile: then the first that could be
 * read is asked for alone. False: that was not why `failed` could not be had.
 */
bool session_choose_first(struct session *session, const struct file_selection *failed);

/* Keeps what was read of files, `notes` as load_profile has them: they are taken over. */
void session_take_notes(struct session *session, const struct file_selection *comparison,
			struct load_note *notes);
void session_clear_notes(struct session *session);

/* True if what is shown are differences, whose signs matter. */
bool session_is_difference(const struct session *session);

#endif
