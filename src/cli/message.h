/* SPDX-License-Identifier: MIT */
/* Messages to who runs the program: the one way out on standard error. */
#ifndef CLI_MESSAGE_H
#define CLI_MESSAGE_H

/* Prints "ncprof: MESSAGE". It may quote names of a profile, so nothing raw reaches the terminal. */
void message_print(const char *message);

/* Prints a line as it is, for what pprof prints without the name of a program. */
void message_print_plain(const char *line);

/* Like message_print for each line of a text. */
void message_print_lines(const char *lines);

#endif
