/* SPDX-License-Identifier: MIT */
/*
 * What functions cost in the captures of a live source, as long as they are looked at in the same
 * way: another filter or another sample type begins anew.
 */
#ifndef UI_SESSION_HISTORY_H
#define UI_SESSION_HISTORY_H

#include "ui/session/tables.h"

/* Of the captures before, only so many are remembered; and the first one. */
#define HISTORY_LENGTH 24

struct history;

struct history *history_new(void);
void history_free(struct history *history); /* NULL is allowed */

/* Notes what is shown; `captured`: it is another capture, else the same one seen otherwise. */
void history_note(struct history *history, const struct derived *shown, bool captured);

/* How many captures there are to compare, with the present one. */
unsigned history_count(const struct history *history);

/* What a function has more than in the last (or the first) capture, in the unit of the view. */
int64_t history_change(const struct history *history, const char *name, bool first, bool cum,
		       int64_t now);

/* The numbers of the captures, the oldest first; returns how many. */
size_t history_numbers(const struct history *history, const char *name, bool cum,
		       double numbers[HISTORY_LENGTH]);

#endif
