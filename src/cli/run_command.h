/* SPDX-License-Identifier: MIT */
/* "ncprof -- COMMAND": runs a Go test or benchmark with a profile of its own, which is the source then. */
#ifndef CLI_RUN_COMMAND_H
#define CLI_RUN_COMMAND_H

#include "base/error.h"

struct request;

/* True if the words behind "--" are a program and its arguments, not names of profiles. */
bool run_command_is(char *const *words, int count);

/*
 * Runs the command of the request, whose output goes to standard error, and makes the profile that it
 * wrote the source. False with an error if there is none.
 */
bool run_command(struct request *request, struct error *error);

/* Removes what run_command has made. */
void run_command_clear(struct request *request);

#endif
