/* SPDX-License-Identifier: MIT */
/* Whose code the functions of a profile are (classify/owner.h). */
#ifndef PROFILE_OWNERS_H
#define PROFILE_OWNERS_H

#include "profile/profile.h"

/* By function: its enum owner. [function_count + 1] bytes; to be freed. */
uint8_t *owners_build(const struct profile *profile);

#endif
