/* SPDX-License-Identifier: MIT */
/*
 * What Tab offers at the command prompt: reports, options and their values,
 * commands, sample types, and functions where a regular expression stands.
 */
#ifndef UI_APP_COMPLETE_H
#define UI_APP_COMPLETE_H

#include "ui/input/prompt.h"
#include "ui/session/session.h"

/* A prompt_complete; owner is the session. */
void complete_command(void *owner, const char *line, size_t cursor,
		      struct completions *completions);

#endif
