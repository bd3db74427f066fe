/* SPDX-License-Identifier: MIT */
/*
 * Readable names for the symbols of Rust's v0 mangling (RFC 2603):
 *
 *     _RNvCs1234_3foo3bar            foo::bar
 *     _RINvC3foo3barlE               foo::bar::<i32>
 *
 * Names come from untrusted files: back references can only lead to what
 * stands before them, and depth, work and length are bounded.
 */
#ifndef TRANSFORM_RUST_NAME_H
#define TRANSFORM_RUST_NAME_H

#include <stdbool.h>

#include "base/text.h"

/*
 * Adds the readable name to `text`. generic_arguments: false leaves "<>" of
 * them. False if the name is not of this mangling, or beyond the bounds; then
 * `text` holds some of it. The words are those of pprof (its module
 * ianlancetaylor/demangle), which differ from rustc's own in details.
 */
bool rust_name(const char *name, bool generic_arguments, struct text *text);

#endif
