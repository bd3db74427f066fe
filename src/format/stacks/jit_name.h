/* SPDX-License-Identifier: MIT */
/* The names that runtimes give to the code they compile, as they write them for perf (/tmp/perf-PID.map). */
#ifndef FORMAT_STACKS_JIT_NAME_H
#define FORMAT_STACKS_JIT_NAME_H

#include <stdbool.h>

#include "base/span.h"

struct jit_name {
	struct span name, file; /* file is empty where none is named */
	int64_t line;           /* where the function begins; 0: unknown */
};

/* True for an object file that is such a map. */
bool jit_name_is_map(struct span object);

/*
 * Takes a symbol apart: "JS:*fib /app/app.js:1:13" of Node, "long App.fib(int)"
 * of Java, "py::work:/app/app.py" of Python. What is none of these is the name.
 */
struct jit_name jit_name_split(struct span symbol);

#endif
