/*
 * Go's profiles that count stacks, as text (debug=1): goroutine, threadcreate
 * and those a program makes itself.
 *
 *     goroutine profile: total 591
 *     509 @ 0x43a756 0x40702c 0x4f568c
 */
#include "format/legacy/legacy.h"
#include "format/list.h"

#define KIND "count profile"

struct counts {
	struct lines lines;
	struct legacy legacy;
};

/* "NAME profile: total N" */
static bool parse_header(struct span line, struct span *name)
{
	*name = span_take_word(&line);
	return !span_is_empty(*name) && span_take(&line, " profile: total ") &&
	       !span_is_empty(span_take_digits(&line)) && span_is_empty(line);
}

/* True if " 0x1f 0x20" is nothing but addresses. A stack without any, as Go writes it, is fine. */
static bool are_addresses(struct span rest)
{
	struct span digits;

	while (span_starts(rest, " 0x")) {
		const char *number = rest.at + 3;

		if (!span_take_address(&rest, &digits) || digits.at != number)
			return false;
	}
	return span_is_empty(span_trim(rest));
}

static bool read_row(struct counts *counts, struct span line, struct error *error)
{
	struct span digits = span_take_digits(&line);
	int64_t count;

	if (span_is_empty(digits) || !span_take(&line, " @") || !are_addresses(line))
		return lines_broken(&counts->lines, KIND, "is no row like \"3 @ 0x4711 0x4712\"",
				    error);
	legacy_begin(&counts->legacy);
	if (!span_any_number(digits, &count) || !legacy_push_all(&counts->legacy, line, 1))
		return lines_broken(&counts->lines, KIND, "has a number of more than 64 bits",
				    error);
	legacy_sample(&counts->legacy, &count, 1, NULL);
	return true;
}

static bool read_header(struct counts *counts, struct error *error)
{
	struct builder *builder = counts->legacy.builder;
	struct profile *profile = builder_profile(builder);
	struct span line, name;
	bool more;

	do {
		if (!lines_next(&counts->lines, &line, &more, error))
			return false;
	} while (more && span_is_comment(line));
	if (!more || !parse_header(line, &name))
		return lines_broken(&counts->lines, KIND, "is not \"NAME profile: total N\"",
				    error);
	legacy_period(&counts->legacy, "", "count", 1);
	profile->period_type.type = builder_string(builder, name.at, span_length(name));
	builder_type(builder, profile->period_type.type, profile->period_type.unit);
	return true;
}

static bool read_rows(struct counts *counts, struct error *error)
{
	struct span line;
	bool more;

	if (!read_header(counts, error))
		return false;
	for (;;) {
		line = (struct span){0};
		if (!lines_next(&counts->lines, &line, &more, error))
			return false;
		if (!more || span_starts(line, "---"))
			break;
		if (span_is_comment(line))
			legacy_comment(&counts->legacy, line);
		else if (!read_row(counts, line, error))
			return false;
	}
	return legacy_finish(&counts->legacy, &counts->lines, line, LEGACY_MAP_BEHIND_MARK, error);
}

static bool read_counts(struct input *input, struct builder *builder, struct error *error)
{
	struct counts counts;
	bool good;

	lines_init(&counts.lines, input);
	legacy_init(&counts.legacy, builder, input);
	good = read_rows(&counts, error);
	legacy_clear(&counts.legacy);
	lines_clear(&counts.lines);
	return good;
}

static int probe_counts(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line, name;

	while (span_take_line(&head, &line))
		if (!span_is_comment(line))
			return parse_header(line, &name) ? 94 : 0;
	return 0;
}

const struct format format_go_count = {
	.name = "go_count",
	.summary = "Go goroutine, threadcreate or custom profile as text (debug=1)",
	.probe = probe_counts,
	.read = read_counts,
};
