/* SPDX-License-Identifier: MIT */
/* Messages to who runs the program: the one way out on standard error. */
#ifndef CLI_MESSAGE_H
#define CLI_MESSAGE_H

/* Prints "ncprof: MESSAGE". It may quote names of a profile, so nothing raw reaches the terminal. */
void message_print(const char *message);

/* The same for each line of a text. */
void message_print_lines(const char *lines);

#endif
