/* SPDX-License-Identifier: MIT */
/*
 * Who waited for locks, as text by Go (debug=1) or C++:
 *
 *     --- mutex:
 *     cycles/second=2596173101
 *     sampling period=4
 *     8820408 12 @ 0x471f49 0x654290
 *
 * A row is cycles of waiting and how often, of one in `sampling period` events.
 */
#include "format/legacy/legacy.h"
#include "format/list.h"

#define KIND "contention profile"

struct contention {
	struct lines lines;
	struct legacy legacy;
	int64_t cycles_per_second;
};

static bool is_header(struct span line)
{
	return span_starts(line, "--- contentionz ") || span_starts(line, "--- mutex:") ||
	       span_starts(line, "--- contention:");
}

static bool take_attribute(struct span line, struct span *name, struct span *value)
{
	const char *equals = span_find(line, "=");

	if (!equals)
		return false;
	*name = span_trim((struct span){line.at, equals});
	*value = span_trim((struct span){equals + 1, line.end});
	return true;
}

/* NULL for a good attribute, else what is wrong with it. */
static const char *read_attribute(struct contention *contention, struct span name,
				  struct span value)
{
	struct profile *profile = builder_profile(contention->legacy.builder);
	int64_t *number, milliseconds;

	if (span_equals(name, "discarded samples"))
		return NULL;
	if (span_equals(name, "cycles/second"))
		number = &contention->cycles_per_second;
	else if (span_equals(name, "sampling period"))
		number = &profile->period;
	else if (span_equals(name, "ms since reset"))
		number = &milliseconds;
	else
		return "sets what no contention profile has";
	if (!span_any_number(value, number))
		return "gives no number";
	if (number == &milliseconds)
		profile->duration_nanos = legacy_multiply(milliseconds, 1000000);
	return NULL;
}

/* "CYCLES COUNT @ 0x...", anywhere in the line; the blank between the two may be missing. */
static bool find_figures(struct span *line, struct span *cycles, struct span *count)
{
	struct span rest = *line;

	while (!span_is_empty(rest)) {
		*cycles = span_take_digits(&rest);
		if (span_is_empty(*cycles)) {
			rest.at++;
			continue;
		}
		*line = rest;
		span_skip_blanks(line);
		*count = span_take_digits(line);
		if (!span_is_empty(*count) && span_take(line, " @"))
			return true;
	}
	return false;
}

static bool read_row(struct contention *contention, struct span line, struct error *error)
{
	struct legacy *legacy = &contention->legacy;
	int64_t period = builder_profile(legacy->builder)->period, values[2];
	struct span cycles, count;

	if (!find_figures(&line, &cycles, &count))
		return lines_broken(&contention->lines, KIND,
				    "is no row like \"8820408 12 @ 0x4711\"", error);
	legacy_begin(legacy);
	if (!span_decimal(count, &values[0]) || !span_decimal(cycles, &values[1]) ||
	    !legacy_push_all(legacy, legacy_address_part(line), 1))
		return lines_broken(&contention->lines, KIND, "has a number of more than 64 bits",
				    error);
	if (period > 0) {
		double per_nanosecond = (double)contention->cycles_per_second / 1e9;

		if (contention->cycles_per_second > 0)
			values[1] = legacy_truncate((double)values[1] * (double)period /
						    per_nanosecond);
		values[0] = legacy_multiply(values[0], period);
	}
	legacy_sample(legacy, values, 2, NULL);
	return true;
}

/* Reads up to the first row, which `line` then is; an empty line at the end or before the map. */
static bool read_header(struct contention *contention, struct span *line, bool *more,
			struct error *error)
{
	struct span name, value;
	const char *problem;

	if (!lines_next(&contention->lines, line, more, error))
		return false;
	if (!*more || !is_header(*line))
		return lines_broken(&contention->lines, KIND, "is no header that is known", error);
	for (;;) {
		if (!lines_next(&contention->lines, line, more, error))
			return false;
		*line = *more ? span_trim(*line) : (struct span){0};
		if (!*more || span_starts(*line, "---"))
			return true;
		if (span_is_comment(*line))
			continue;
		if (!take_attribute(*line, &name, &value))
			return true;
		problem = read_attribute(contention, name, value);
		if (problem)
			return lines_broken(&contention->lines, KIND, problem, error);
	}
}

static bool read_rows(struct contention *contention, struct error *error)
{
	struct legacy *legacy = &contention->legacy;
	struct error problem;
	struct span line;
	bool more;

	legacy_period(legacy, "contentions", "count", 1);
	legacy_type(legacy, "contentions", "count");
	legacy_type(legacy, "delay", "nanoseconds");
	if (!read_header(contention, &line, &more, error))
		return false;
	while (more && !span_starts(line, "---")) {
		if (span_is_comment(line))
			legacy_comment(legacy, line);
		else if (!lines_excuse(&contention->lines, read_row(contention, line, &problem),
				       &problem, error))
			return false;
		if (!lines_next(&contention->lines, &line, &more, error))
			return false;
		line = more ? span_trim(line) : (struct span){0};
	}
	if (more && is_header(line))
		return lines_broken(&contention->lines, KIND, "is a second header", error);
	if (contention->lines.open)
		lines_warn_cut(&contention->lines, legacy->builder, "profile");
	return legacy_finish(legacy, &contention->lines, line, LEGACY_MAP_BEHIND_MARK, error);
}

static bool read_contention(struct input *input, struct builder *builder, struct error *error)
{
	struct contention contention = {0};
	bool good;

	lines_init(&contention.lines, input);
	legacy_init(&contention.legacy, builder, input);
	good = read_rows(&contention, error);
	legacy_clear(&contention.legacy);
	lines_clear(&contention.lines);
	return good;
}

/* Java's contention profiles have the same first line and are more certain of theirs. */
static int probe_contention(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;

	return span_take_line(&head, &line) && is_header(line) ? 91 : 0;
}

const struct format format_contention = {
	.name = "contention",
	.summary = "block, mutex or contention profile as text: Go debug=1, C++",
	.probe = probe_contention,
	.prefixed = true,
	.unanchored = true,
	.read = read_contention,
};
