/*
 * What a function's name tells: its package, the kind of code it is, and
 * shorter forms of it. Names are as the profile has them; nothing is owned.
 */
#ifndef UI_NAME_H
#define UI_NAME_H

#include <stddef.h>

#include "ui/canvas.h"
#include "ui/theme.h"

/*
 * Bytes of the package at the start of a name: "net/http" of
 * "net/http.(*conn).serve", "std" of "std::vector<int>::push_back". 0: none.
 */
size_t name_package(const char *name);

enum name_class name_class(const char *name);

/*
 * The longest form that fits into `columns` cells: leading folders of the
 * package go one by one, "compress/flate.(*Writer).Close" -> "flate.(*Writer).Close".
 * The result is the end of `name`; it may still be too long.
 */
const char *name_fit(const char *name, enum charset charset, int columns);

/* Receiver and function, "(*Writer).Close". */
const char *name_short(const char *name);

/* The same, but down to receiver and function and then to the function: for small boxes. */
const char *name_squeeze(const char *name, enum charset charset, int columns);

#endif
