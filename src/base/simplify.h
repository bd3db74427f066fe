/* SPDX-License-Identifier: MIT */
/* Function names without the parts that patterns for frames must not see. */
#ifndef BASE_SIMPLIFY_H
#define BASE_SIMPLIFY_H

#include <stddef.h>

/*
 * pprof's simplifyFunc: drops a leading dot and cuts the name at the first '('
 * that is not part of "(anonymous namespace)" or "operator()". Advances *name
 * and returns the remaining length.
 */
size_t simplify_name(const char **name, size_t length);

#endif
