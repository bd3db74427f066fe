/* SPDX-License-Identifier: MIT */
/* The table behind classify/kind.h, for it and its test alone. */
#ifndef CLASSIFY_KIND_TABLE_H
#define CLASSIFY_KIND_TABLE_H

#include "base/array.h"
#include "classify/kind.h"

enum kind_match {
	START, /* names that start like this */
	WHOLE, /* only if no letter, digit or '_' follows: "malloc@plt", "runtime.block.func1" */
};

struct kind_row {
	const char *start;
	enum kind kind;
	enum kind_match match;
};

extern const struct kind_row kind_rows[];
extern const size_t kind_row_count;

#endif
