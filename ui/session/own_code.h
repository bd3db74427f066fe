/* SPDX-License-Identifier: MIT */
/*
 * A filter for the program's own code: what is not the runtime, the standard
 * library or a third party's (profile/owners.h).
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
