/* What of the files a session explores: what they are called, and what was read of them. */
#ifndef UI_SESSION_FILES_H
#define UI_SESSION_FILES_H

#include "ui/session.h"

/* What files are called on the screen, by their index in ui/comparison.h: without secrets. */
void session_name_files(struct session *session);
void session_clear_files(struct session *session);

/* Keeps what was read of files, `notes` as load_profile has them: they are taken over. */
void session_take_notes(struct session *session, const struct comparison *comparison,
			struct load_note *notes);
void session_clear_notes(struct session *session);

#endif
