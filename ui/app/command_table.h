/* SPDX-License-Identifier: MIT */
/*
 * All commands in the order of the help, ended by a NULL name. Adding a key is
 * adding a row: `run` may be any function of the app; app_command_line runs its
 * argument as if it were typed at the prompt.
 */
#ifndef UI_APP_COMMAND_TABLE_H
#define UI_APP_COMMAND_TABLE_H

#include "ui/input/command.h"

extern const struct command commands[];

#endif
