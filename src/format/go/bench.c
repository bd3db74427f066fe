/* SPDX-License-Identifier: MIT */
/*
 * What `go test -bench` prints, also with -v or -json and amid other output:
 *
 *     pkg: example.com/app
 *     BenchmarkRender/n=10-2    72996    1822 ns/op    2208 B/op    40 allocs/op
 *
 * Each measured value is a sample; see profile/bench.h.
 */
#include "profile/bench.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "format/lines.h"
#include "format/list.h"
#include "format/quoted.h"

/* Lines that json output may be cut into are put together up to this length. */
#define JOINED_LIMIT 65536

struct bench {
	struct builder *builder;
	struct lines lines;
	struct intern names; /* strings; the number is that of the location */
	string_id package, package_key;
	struct text joined, unquoted; /* of json output: the line so far */
	uint64_t count;
};

static string_id add_string(struct bench *bench, struct span span)
{
	return builder_string(bench->builder, span.at, span_length(span));
}

static location_id location_of(struct bench *bench, struct span name)
{
	string_id string = add_string(bench, name);
	size_t known = bench->names.count;
	uint32_t number = intern_add(&bench->names, &string);
	struct location location = {.id = (uint64_t)number + 1, .mapping = NONE};
	struct line line = {0};

	if (number != known)
		return number;
	line.function = builder_function(
		bench->builder, &(struct function){.id = (uint64_t)number + 1, .name = string});
	return builder_location(bench->builder, &location, &line, 1);
}

static struct span take_field(struct span *line)
{
	span_skip_space(line);
	return span_take_word(line);
}

static bool parse_value(struct span word, double *value)
{
	char digits[64] = "", *end;

	if (span_is_empty(word) || span_length(word) >= sizeof(digits))
		return false;
	memcpy(digits, word.at, span_length(word));
	*value = strtod(digits, &end);
	return *end == '\0' && isfinite(*value);
}

/* "BenchmarkName 100 12 ns/op ...": the name without "Benchmark", and what follows the count. */
static bool parse_result(struct span line, struct span *name, struct span *values)
{
	struct span count;

	if (!span_take(&line, "Benchmark"))
		return false;
	*name = span_take_word(&line);
	count = take_field(&line);
	*values = line;
	span_take_digits(&count);
	return !span_is_empty(*name) && span_is_empty(count) && count.at > name->end;
}

static bool take_measure(struct span *values, double *value, struct span *unit)
{
	if (!parse_value(take_field(values), value))
		return false;
	*unit = take_field(values);
	return !span_is_empty(*unit);
}

static void read_line(struct bench *bench, struct span line)
{
	struct span name, values, unit;
	double value;

	if (span_take(&line, "pkg: ")) {
		bench->package = add_string(bench, span_trim(line));
		return;
	}
	if (!parse_result(line, &name, &values))
		return;
	while (take_measure(&values, &value, &unit)) {
		location_id stack[2] = {location_of(bench, unit), location_of(bench, name)};
		double scaled = value * BENCH_SCALE;
		int64_t numbers[2] = {1, fabs(scaled) < 0x1p62 ? (int64_t)llround(scaled)
							       : INT64_MAX / 2};
		struct label label = {.key = bench->package_key, .text = bench->package};

		builder_sample(bench->builder, stack, 2, numbers, 2, &label, bench->package != 0);
		bench->count++;
	}
}

/* {"Action":"output","Output":"part of a line"}: parts are joined until a line ends. */
static void read_json(struct bench *bench, struct span line)
{
	const char *output = span_find(line, "\"Output\":");
	struct span text;

	if (!output)
		return;
	line.at = output + strlen("\"Output\":");
	if (!span_take_quoted(&line, &bench->unquoted))
		return;
	text_add(&bench->joined, text_string(&bench->unquoted), bench->unquoted.length);
	if (!bench->joined.length || (bench->joined.bytes[bench->joined.length - 1] != '\n' &&
				      bench->joined.length < JOINED_LIMIT))
		return;
	text = (struct span){bench->joined.bytes, bench->joined.bytes + bench->joined.length};
	while (span_take_line(&text, &line))
		read_line(bench, line);
	text_reset(&bench->joined);
}

static bool read_lines(struct bench *bench, struct error *error)
{
	struct builder *builder = bench->builder;
	struct span line;
	bool more;

	builder_type(builder, builder_text(builder, BENCH_RUNS_TYPE),
		     builder_text(builder, "count"));
	builder_type(builder, builder_text(builder, BENCH_VALUE_TYPE),
		     builder_text(builder, BENCH_VALUE_UNIT));
	bench->package_key = builder_text(builder, "pkg");
	for (;;) {
		if (!lines_next(&bench->lines, &line, &more, error))
			return false;
		if (!more)
			break;
		if (span_starts(line, "{\""))
			read_json(bench, line);
		else
			read_line(bench, line);
	}
	if (bench->lines.open)
		lines_warn_cut(&bench->lines, builder, "output");
	return bench->count ||
	       error_set(error, "no line is the result of a benchmark; name the output of go test "
				"-bench");
}

static bool read_bench(struct input *input, struct builder *builder, struct error *error)
{
	struct bench bench = {.builder = builder};
	bool good;

	lines_init(&bench.lines, input);
	intern_init(&bench.names, sizeof(string_id));
	good = read_lines(&bench, error);
	lines_clear(&bench.lines);
	intern_clear(&bench.names);
	text_clear(&bench.joined);
	text_clear(&bench.unquoted);
	return good;
}

static int probe_bench(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line, name, values, unit;
	bool json = false;
	double value;

	while (span_take_line(&head, &line)) {
		if (parse_result(line, &name, &values) && take_measure(&values, &value, &unit))
			return 86;
		json = json || (span_starts(line, "{\"") && span_find(line, "\"Action\":\"") &&
				span_find(line, "\"Output\":\"Benchmark"));
	}
	return json ? 86 : 0;
}

const struct format format_bench = {
	.name = "bench",
	.summary = "output of go test -bench, each measured value a sample",
	.probe = probe_bench,
	.embedded = true,
	.prefixed = true,
	.unanchored = true,
	.read = read_bench,
};
