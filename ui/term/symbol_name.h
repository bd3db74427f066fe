/* SPDX-License-Identifier: MIT */
/* Shorter forms of a function's name. Names are as the profile has them; nothing is owned. */
#ifndef UI_TERM_SYMBOL_NAME_H
#define UI_TERM_SYMBOL_NAME_H

#include <stddef.h>

#include "base/text.h"
#include "ui/term/canvas.h"

/*
 * The longest form that fits into `columns` cells; it may still be too long.
 * First the path goes, directory by directory or namespace by namespace, and what a
 * C++ function returns; then type arguments and parameters are folded:
 *
 *     compress/flate.(*Writer).Close            flate.(*Writer).Close
 *     void ns::io::Reader<char>::read<int>(int) Reader<...>::read<...>(...)
 *     <ns::Map<A> as ns::Iterator>::next        <ns::Map<...> as ns::Iterator>::next
 *
 * Of a line, or an address, the directories of its file go and then the function is
 * shortened: its number is what tells it from others.
 *
 * The result is the end of `name` or in `scratch`, which may be empty and is
 * to be cleared once the result is not needed any more.
 */
const char *name_fit(const char *name, enum charset charset, int columns, struct text *scratch);

/*
 * Like name_fit, but goes on to receiver and function and then to the function
 * alone: for small boxes.
 */
const char *name_squeeze(const char *name, enum charset charset, int columns, struct text *scratch);

/* Of a path: folders go from the left until the rest fits; the name of the file always stays. */
const char *name_fit_path(const char *path, enum charset charset, int columns);

#endif
