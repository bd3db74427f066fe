/* SPDX-License-Identifier: MIT */
/* The parts of a function's name, as profiles have it: its package and what follows. */
#ifndef CLASSIFY_PACKAGE_H
#define CLASSIFY_PACKAGE_H

#include <stddef.h>

/*
 * Bytes of the package at the start of a name: "net/http" of
 * "net/http.(*conn).serve", "std" of "std::vector<int>::push_back". 0: none.
 */
size_t package_length(const char *name);

/* The name without its package: receiver and function, "(*Writer).Close". */
const char *package_member(const char *name);

/*
 * The last '/' of the path of the package, in front of type arguments and
 * parameters, which may have some of their own; NULL: none.
 */
const char *package_slash(const char *name);

#endif
