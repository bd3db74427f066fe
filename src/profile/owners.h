/* SPDX-License-Identifier: MIT */
/* Whose code the functions of a profile are (classify/owner.h). */
#ifndef PROFILE_OWNERS_H
#define PROFILE_OWNERS_H

#include "profile/profile.h"

/* Returns the enum owner of each function, [function_count + 1] bytes; the caller frees them. */
uint8_t *owners_build(const struct profile *profile);

#endif
