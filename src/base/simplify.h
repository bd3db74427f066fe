/* SPDX-License-Identifier: MIT */
/* Function names without what patterns for frames must not see. */
#ifndef BASE_SIMPLIFY_H
#define BASE_SIMPLIFY_H

#include <stddef.h>

/*
 * pprof's simplifyFunc: one leading dot off, cut at the first '(' that does
 * not belong to "(anonymous namespace)" or "operator()". Moves *name and
 * returns the length that is left.
 */
size_t simplify_name(const char **name, size_t length);

#endif
