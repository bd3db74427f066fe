/* SPDX-License-Identifier: MIT */
#include "classify/kind.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bitset.h"
#include "base/pattern.h"
#include "classify/kind_table.h"
#include "classify/package.h"

static const struct {
	const char *name, *title;
} kinds[KIND_COUNT] = {
	[KIND_LOCK] = {"lock", "blocked on locks"},
	[KIND_CHANNEL] = {"channel", "blocked on channels and select"},
	[KIND_GC] = {"gc", "garbage collection"},
	[KIND_SYSCALL] = {"syscall", "system calls"},
	[KIND_ALLOCATION] = {"allocation", "allocation"},
	[KIND_SCHEDULER] = {"scheduler", "the scheduler"},
	[KIND_MEMORY] = {"memory", "copying and clearing memory"},
	[KIND_MAP] = {"map", "maps and hashes"},
	[KIND_LIBRARY] = {"library", "reflection, encoding, regexp, compression, crypto, logging"},
	[KIND_INTERFACE] = {"interface", "interfaces and defer"},
	[KIND_RUNTIME] = {"runtime", "the runtime"},
	[KIND_OTHER] = {"other", "other code"},
};

const char *kind_name(enum kind kind)
{
	return kinds[kind].name;
}

const char *kind_title(enum kind kind)
{
	return kinds[kind].title;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Does a row sort no later than the first `length` bytes of `name`? */
static bool sorts_before(const char *start, const char *name, size_t length)
{
	int order = strncmp(start, name, length);

	return order < 0 || (order == 0 && !start[length]);
}

/* The last of the first `count` rows that sorts no later than the first `length` bytes of `name`. */
static size_t last_row(const char *name, size_t length, size_t count)
{
	return array_partition(0, count, i, sorts_before(kind_rows[i].start, name, length));
}

/*
 * The longest row that `name` starts with; its index, kind_row_count if none.
 *
 *     runtime.                      rows, sorted
 *     runtime.(*mheap).alloc
 *     runtime.(*mheap).reclaim   <- the last one before the name, but not its start:
 *     runtime.(*mheap).sysAlloc     they share "runtime.(*mheap).", so what is left
 *                                   is searched for that, and ends at "runtime."
 *     runtime.(*mheap).scavenge1 <- the name would stand here
 */
static size_t find_row(const char *name)
{
	size_t length = strlen(name), count = kind_row_count;

	while ((count = last_row(name, length, count)) > 0) {
		const struct kind_row *row = &kind_rows[--count];
		size_t common = 0;

		while (row->start[common] && row->start[common] == name[common])
			common++;
		if (!row->start[common] && !(row->match == WHOLE && is_word(name[common])))
			return count;
		length = common;
	}
	return kind_row_count;
}

enum kind kind_of(const char *name)
{
	size_t row = find_row(name);

	return row < kind_row_count ? kind_rows[row].kind : KIND_OTHER;
}

enum kind kind_of_frame(const char *name)
{
	enum kind kind = kind_of(name);

	for (int i = 0; kind == KIND_OTHER && i < KIND_WORK_COUNT; i++)
		if (strcmp(name, kinds[i].title) == 0)
			kind = (enum kind)i;
	return kind;
}

/* Bytes of the package and the dot at the start of a row, which rows that follow may share. */
static size_t measure_stem(const char *start)
{
	size_t package = package_length(start);

	return package && start[package] == '.' ? package + 1 : 0;
}

static bool same_package(size_t a, size_t b)
{
	size_t stem = measure_stem(kind_rows[a].start);

	return stem && stem == measure_stem(kind_rows[b].start) &&
	       strncmp(kind_rows[a].start, kind_rows[b].start, stem) == 0;
}

static void add_row(const struct kind_row *row, size_t stem, struct text *pattern)
{
	pattern_quote(pattern, row->start + stem);
	if (row->match == WHOLE && is_word(row->start[strlen(row->start) - 1]))
		text_add_string(pattern, "\\b");
}

/* The rows of one package are one alternative: "^runtime\.(?:bgsweep|gc)". */
static void add_package(const size_t *rows, size_t count, struct text *pattern)
{
	const char *start = kind_rows[rows[0]].start;
	size_t stem = count > 1 ? measure_stem(start) : 0;
	struct text package = {0};

	text_add(&package, start, stem);
	text_add_string(pattern, pattern->length ? "|^" : "^");
	pattern_quote(pattern, text_string(&package));
	for (size_t i = 0; i < count; i++) {
		if (count > 1)
			text_add_string(pattern, i ? "|" : "(?:");
		add_row(&kind_rows[rows[i]], stem, pattern);
	}
	text_add_string(pattern, count > 1 ? ")" : "");
	text_clear(&package);
}

void kind_pattern(const char *const *names, size_t count, struct text *pattern)
{
	uint64_t *chosen = alloc_zero(bitset_words(kind_row_count), sizeof(*chosen));
	size_t *rows = alloc_zero(kind_row_count, sizeof(*rows)), row_count = 0, end;

	for (size_t i = 0; i < count; i++) {
		size_t row = find_row(names[i]);

		if (row < kind_row_count)
			bitset_add(chosen, row);
	}
	for (size_t i = 0; i < kind_row_count; i++)
		if (bitset_has(chosen, i))
			rows[row_count++] = i;
	for (size_t i = 0; i < row_count; i = end) {
		for (end = i + 1; end < row_count && same_package(rows[i], rows[end]);)
			end++;
		add_package(rows + i, end - i, pattern);
	}
	free(rows);
	free(chosen);
}
