/* SPDX-License-Identifier: MIT */
/*
 * Waiting for what a key or a file has set off, so that what is quick is on
 * the next screen.
 */
#ifndef UI_SESSION_SESSION_SETTLE_H
#define UI_SESSION_SESSION_SETTLE_H

#include "ui/session/session.h"

/* Advances the session for up to `milliseconds`, until what the focused pane shows is there. */
enum session_news session_settle(struct session *session, int milliseconds);

/* The same until no work is left. */
enum session_news session_finish(struct session *session, int milliseconds);

/* Milliseconds of a clock that only goes on. */
int64_t session_clock(void);

#endif
