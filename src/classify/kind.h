/* SPDX-License-Identifier: MIT */
/*
 * What kind of work a function does, judged by its name: the only place that
 * knows. Each surface maps a kind to its own terms: Top to a letter, a flame
 * graph to a hue, a diagnosis to a limit and advice.
 *
 * Names are as profiles have them: "runtime.mallocgc", "operator new(...)",
 * "__x64_sys_read". Nothing is owned; all functions may be called from any
 * thread.
 */
#ifndef CLASSIFY_KIND_H
#define CLASSIFY_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum kind {
	/* Kinds of work: what a diagnosis counts and -by_class groups by. */
	KIND_LOCK,
	KIND_CHANNEL,
	KIND_GC,
	KIND_SYSCALL,
	KIND_ALLOCATION,
	KIND_SCHEDULER,
	KIND_MEMORY, /* copying and clearing it */
	KIND_MAP,
	KIND_LIBRARY, /* encoding, compression, regexp, logging, ... */
	KIND_INTERFACE,
	KIND_WORK_COUNT,

	/* The rest of a language's runtime, which is no work by itself. */
	KIND_RUNTIME = KIND_WORK_COUNT,
	/* The program and the libraries it uses. */
	KIND_OTHER,
	KIND_COUNT,
};

/* The kind of a function; KIND_OTHER if nothing is known about its name. */
enum kind kind_of(const char *name);

/*
 * Like kind_of, but also knows the frames of -by_class, which are called as
 * kind_title says.
 */
enum kind kind_of_frame(const char *name);

/* One word for programs and narrow columns: "gc", "syscall"; "runtime", "other". */
const char *kind_name(enum kind kind);

/* "garbage collection", "system calls"; "the runtime", "other code". */
const char *kind_title(enum kind kind);

/*
 * Adds a regular expression (base/pattern.h) that matches these `count` names
 * and every other name that falls under the same rows of the table. All names
 * have to be of one kind of work; then the expression matches only names of
 * that kind, so -focus with it keeps the samples that a diagnosis counted.
 */
void kind_pattern(const char *const *names, size_t count, struct text *pattern);

#endif
