/* SPDX-License-Identifier: MIT */
/*
 * A source that is captured again and again, in the background: what is shown stays usable, and the
 * next capture takes its place with selection, zoom and filters as they are. A capture that fails is
 * a note. The memory is that of one profile more, while a capture is read.
 */
#ifndef UI_SESSION_LIVE_H
#define UI_SESSION_LIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

struct live;
struct session;

/* NULL if no source is a server or a store; frees with live_free. */
struct live *live_new(const struct session *session);

/* Stops what runs. False if it does not stop soon: then it still reads the request. NULL is allowed. */
bool live_free(struct live *live);

/* Captures every so many ms from now on; 0: only when asked. */
void live_set_interval(struct live *live, int64_t ms);

/* "10s", "off"; false with an error. */
bool live_parse(struct live *live, const char *text, struct error *error);

/* Captures at once, unless a capture runs. */
void live_capture(struct live *live, struct session *session);

/* Pauses, and goes on. */
void live_pause(struct live *live, struct session *session);

bool live_is_on(const struct live *live);

/* Stops the capture that runs; false if none does. */
bool live_cancel(struct live *live);

/* Takes a capture that has ended, starts one that is due. True if something changed. */
bool live_advance(struct live *live, struct session *session);

/* How long until live_advance has something to do, in ms; -1: until somebody asks. */
int live_wait(const struct live *live);

/* Adds what the title says: "live 10s #3"; nothing if it is off. */
void live_print(const struct live *live, struct text *text);

#endif
