/* SPDX-License-Identifier: MIT */
/*
 * Go's profiles that count stacks, as text (debug=1): goroutine, threadcreate
 * and those a program makes itself.
 *
 *     goroutine profile: total 591
 *     509 @ 0x43a756 0x40702c 0x4f568c
 */
#include "base/wrap.h"
#include "format/legacy/legacy.h"
#include "format/list.h"

#define KIND "count profile"

struct counts {
	struct lines lines;
	struct legacy legacy;
	int64_t total, sum; /* of the header and of all rows */
	bool in_row;        /* the last line was of a row; an empty one ends it */
};

/* "NAME profile: total N" */
static bool parse_header(struct span line, struct span *name, struct span *total)
{
	*name = span_take_word(&line);
	if (span_is_empty(*name) || !span_take(&line, " profile: total "))
		return false;
	*total = span_take_digits(&line);
	return !span_is_empty(*total) && span_is_empty(line);
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
	counts->sum = wrap_add(counts->sum, count);
	return true;
}

static bool read_header(struct counts *counts, struct error *error)
{
	struct builder *builder = counts->legacy.builder;
	struct profile *profile = builder_profile(builder);
	struct span line, name, total;
	bool more;

	do {
		if (!lines_next(&counts->lines, &line, &more, error))
			return false;
	} while (more && span_is_comment(line));
	if (!more || !parse_header(line, &name, &total))
		return lines_broken(&counts->lines, KIND, "is not \"NAME profile: total N\"",
				    error);
	span_decimal(total, &counts->total);
	legacy_period(&counts->legacy, "", "count", 1);
	profile->period_type.type = builder_string(builder, name.at, span_length(name));
	builder_type(builder, profile->period_type.type, profile->period_type.unit);
	return true;
}

/* Says that the end is missing, as far as the text shows it. */
static void report_cut(const struct counts *counts)
{
	struct builder *builder = counts->legacy.builder;

	if (counts->sum != counts->total)
		builder_warn(builder,
			     "the rows add up to %lld of %lld: it is a partial profile; capture it "
			     "again",
			     (long long)counts->sum, (long long)counts->total);
	else if (counts->lines.open)
		lines_warn_cut(&counts->lines, builder, "profile");
	else if (counts->in_row)
		builder_warn(builder, "no empty line ends the last stack: it may be a partial "
				      "profile; capture it again");
}

static bool read_rows(struct counts *counts, struct error *error)
{
	struct error problem;
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
		counts->in_row = !span_is_empty(line);
		if (span_is_comment(line))
			legacy_comment(&counts->legacy, line);
		else if (!lines_excuse(&counts->lines, read_row(counts, line, &problem), &problem,
				       error))
			return false;
	}
	report_cut(counts);
	return legacy_finish(&counts->legacy, &counts->lines, line, LEGACY_MAP_BEHIND_MARK, error);
}

static bool read_counts(struct input *input, struct builder *builder, struct error *error)
{
	struct counts counts = {0};
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
	struct span head = {bytes, bytes + length}, line, name, total;

	while (span_take_line(&head, &line)) {
		if (span_is_comment(line))
			continue;
		if (parse_header(line, &name, &total))
			return 94;
		/* Nothing else begins so: what is wrong in the line can be told. */
		span_take_word(&line);
		return span_starts(line, " profile: total") ? FORMAT_UNCERTAIN + 1 : 0;
	}
	return 0;
}

const struct format format_go_count = {
	.name = "go_count",
	.summary = "Go goroutine, threadcreate or custom profile as text (debug=1)",
	.probe = probe_counts,
	.prefixed = true,
	.unanchored = true,
	.read = read_counts,
};
