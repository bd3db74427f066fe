/* SPDX-License-Identifier: MIT */
/*
 * Profiles that are tables of figures rather than stacks: the collections of a
 * Java virtual machine, or the system calls that strace summed up.
 */
#ifndef PROFILE_TOOL_TABLE_H
#define PROFILE_TOOL_TABLE_H

#include "profile/profile.h"

/* True for a profile of collections or of system calls in which no frame has a caller. */
bool tool_table_find(const struct profile *profile);

#endif
