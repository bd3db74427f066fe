/* SPDX-License-Identifier: MIT */
/*
 * Which functions of a profile are the program's own: not the runtime, not the
 * standard library and not vendored, judged by the names of functions, files
 * and mappings. In a Go program own is what stands below the module of its
 * main package; the standard library is found by where package runtime lies,
 * or by the names of its packages where functions have no files.
 */
#ifndef UI_SESSION_OWN_CODE_H
#define UI_SESSION_OWN_CODE_H

#include <stdbool.h>

#include "base/text.h"
#include "profile/profile.h"

/*
 * Sets `expression` to one that matches the names of all functions that are
 * not the program's own, "" if there are none. False if it would hide nothing
 * or everything.
 */
bool own_code_expression(const struct profile *profile, struct text *expression);

/*
 * Sets `hide` to what a filter becomes when the expression goes in or, where
 * it is in already, out; true if it went in.
 */
bool own_code_toggle(const char *filter, const char *expression, struct text *hide);

#endif
