/* SPDX-License-Identifier: MIT */
/*
 * The passwords that came with addresses, apart from them: everything that may be shown, kept or
 * logged has "xxxxx" instead, and only the request itself looks the password up here.
 */
#ifndef SOURCE_PASSWORDS_H
#define SOURCE_PASSWORDS_H

#include "base/span.h"
#include "source/address.h"

struct passwords;

struct passwords *passwords_new(void);
void passwords_free(struct passwords *passwords); /* NULL is allowed */

/*
 * A copy of what a person wrote as a source, to be freed, in which "xxxxx" stands for the password,
 * which is remembered. Safe while other threads look for passwords.
 */
char *passwords_hide(struct passwords *passwords, const char *location);

/* Puts the password back into an address whose password is hidden. */
void passwords_fill(struct passwords *passwords, struct address *address);

/* The bytes of the password in a location, empty if there is none. */
struct span passwords_find(const char *location);

#endif
