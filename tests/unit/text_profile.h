/* SPDX-License-Identifier: MIT */
/* What the tests of text formats share: a profile from text, and a profile as text. */
#ifndef TEXT_PROFILE_H
#define TEXT_PROFILE_H

#include "fixture.h"
#include "profile/profile.h"

/* The profile that text is; the test fails if it is none. With names: use the # lines. */
struct profile *text_profile(const char *text, bool names);
struct profile *bytes_profile(const char *bytes, size_t length, bool names);

/*
 * All of a profile on a few lines, to be freed:
 *
 *     types objects/count space/bytes; period space/bytes 1
 *     1 512 | 4710 main.run:12>main.outer:3 key=text size=64      (leaf first)
 *     mapping 400000-500000@1000 /bin/app 1234
 */
char *profile_dump(const struct profile *profile);

/* Reads text and compares its dump; the profile is freed. */
void check_dump(const char *text, bool names, const char *want);

/* Reads text that is broken and compares the message. */
void check_error(const char *text, const char *want);

/* The name of the format that claims a text; "" for none. */
const char *claimed_by(const char *text);

#endif
