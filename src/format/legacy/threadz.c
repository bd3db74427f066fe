/* SPDX-License-Identifier: MIT */
/*
 * The stacks of all threads of a C++ program:
 *
 *     --- threadz 1 ---
 *     --- Thread 7f794ab90940 (name: main/14748) stack: ---
 *       PC:  0x00bc8f1c: helper(arg *)
 *       0x0040be31: main
 *     --- Thread 7f794964e700 (name: worker/14751) stack: ---
 *       [same as previous thread]
 */
#include <stdlib.h>

#include "base/array.h"
#include "format/legacy/legacy.h"
#include "format/list.h"

#define KIND "thread profile"

struct threadz {
	struct lines lines;
	struct legacy legacy;
	uint64_t *addresses; /* of one thread */
	size_t count, capacity;
};

/* "--- threadz 1 ---" */
static bool is_start(struct span line)
{
	for (const char *at; (at = span_find(line, "--- threadz ")); line.at = at + 1) {
		struct span rest = {at, line.end};

		span_take(&rest, "--- threadz ");
		if (!span_is_empty(span_take_digits(&rest)) && span_take(&rest, " ---"))
			return true;
	}
	return false;
}

/* "--- Thread 7f79 (name: main/14748) stack: ---" */
static bool is_thread(struct span line)
{
	for (const char *at; (at = span_find(line, "--- Thread ")); line.at = at + 1) {
		struct span rest = {at, line.end};
		const char *end;

		span_take(&rest, "--- Thread ");
		if (span_is_empty(span_take_hex(&rest)) || !span_take(&rest, " (name: "))
			continue;
		/* The name may hold anything, what looks like an end too. */
		for (; (end = span_find(rest, ") stack: ---")); rest.at = end + 1) {
			const char *slash = end;

			while (slash > rest.at && char_is_digit(slash[-1]))
				slash--;
			if (slash < end && slash > rest.at && slash[-1] == '/')
				return true;
		}
		return false;
	}
	return false;
}

static bool add_addresses(struct threadz *threadz, struct span line, struct error *error)
{
	struct span digits;
	uint64_t address;

	while (span_take_address(&line, &digits)) {
		if (!span_hex(digits, &address))
			return lines_broken(&threadz->lines, KIND,
					    "has an address of more than 64 bits", error);
		array_push(threadz->addresses, threadz->count, threadz->capacity, address);
	}
	return true;
}

/* Reads the frames of one thread; `line` is then the one that ends them. */
static bool read_thread(struct threadz *threadz, struct span *line, bool *more, struct error *error)
{
	struct legacy *legacy = &threadz->legacy;
	const int64_t one = 1;
	bool same = false;

	threadz->count = 0;
	for (;;) {
		if (!lines_next(&threadz->lines, line, more, error))
			return false;
		*line = *more ? span_trim(*line) : (struct span){0};
		if (!*more || span_starts(*line, "---"))
			break;
		if (span_find(*line, "same as previous thread"))
			same = true;
		else if (!add_addresses(threadz, *line, error))
			return false;
	}
	if (same || threadz->count == 0) {
		legacy_repeat(legacy);
		return true;
	}
	legacy_begin(legacy);
	/* All frames but the leaf are where calls return to. */
	for (size_t i = 0; i < threadz->count; i++)
		legacy_push(legacy, threadz->addresses[i] - (i > 0));
	legacy_drop_twin(legacy);
	legacy_sample(legacy, &one, 1, NULL);
	return true;
}

/* Passes over what stands before the first thread; `line` is then its head. */
static bool find_first(struct threadz *threadz, struct span *line, bool *more, struct error *error)
{
	do {
		if (!lines_next(&threadz->lines, line, more, error))
			return false;
	} while (*more && span_is_comment(*line));
	if (!*more || !is_start(*line))
		return true;
	do {
		if (!lines_next(&threadz->lines, line, more, error))
			return false;
	} while (*more && !memory_map_starts(*line) && !span_starts(*line, "-"));
	return true;
}

static bool read_threads(struct threadz *threadz, struct error *error)
{
	struct legacy *legacy = &threadz->legacy;
	struct span line = {0};
	bool more = true;

	legacy_period(legacy, "thread", "count", 1);
	legacy_type(legacy, "thread", "count");
	if (!find_first(threadz, &line, &more, error))
		return false;
	while (more && !memory_map_starts(line) && !span_starts(line, "---- no stack trace for")) {
		if (!is_thread(line))
			return lines_broken(&threadz->lines, KIND,
					    "is not \"--- Thread ID (name: NAME/ID) stack: ---\"",
					    error);
		if (!read_thread(threadz, &line, &more, error))
			return false;
	}
	return legacy_finish(legacy, &threadz->lines, line, LEGACY_MAP_BEHIND_MARK, error);
}

static bool read_threadz(struct input *input, struct builder *builder, struct error *error)
{
	struct threadz threadz = {0};
	bool good;

	lines_init(&threadz.lines, input);
	legacy_init(&threadz.legacy, builder, input);
	good = read_threads(&threadz, error);
	legacy_clear(&threadz.legacy);
	lines_clear(&threadz.lines);
	free(threadz.addresses);
	return good;
}

static int probe_threadz(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;

	while (span_take_line(&head, &line))
		if (!span_is_comment(line))
			return is_start(line) || is_thread(line) ? 93 : 0;
	return 0;
}

const struct format format_threadz = {
	.name = "threadz",
	.summary = "stacks of the threads of a C++ program, as text",
	.probe = probe_threadz,
	.read = read_threadz,
};
