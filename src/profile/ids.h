/* SPDX-License-Identifier: MIT */
/*
 * Indices into the columns of a profile. All are 32 bits wide: a profile with
 * more than four billion of anything is rejected while it is built.
 */
#ifndef PROFILE_IDS_H
#define PROFILE_IDS_H

#include <stdint.h>

typedef uint32_t string_id; /* 0 is "" */
typedef uint32_t mapping_id;
typedef uint32_t function_id;
typedef uint32_t location_id;
typedef uint32_t frame_id; /* one line of a location, or a location without lines */
typedef uint32_t stack_id; /* 0 is the empty stack, the root of the tree */
typedef uint32_t node_id;  /* a row of a view: frames that a granularity does not tell apart */

/* The missing value of every kind of id. */
#define NONE UINT32_MAX

#endif
