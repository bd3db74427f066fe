/* SPDX-License-Identifier: MIT */
/*
 * The text of pprof -raw, which has all of a profile:
 *
 *     PeriodType: cpu nanoseconds
 *     Samples:
 *     samples/count cpu/nanoseconds[dflt]
 *               1   10000000: 1 2 3
 *                     path:[/a] worker:[3]
 *     Locations
 *          1: 0x487076 M=1 runtime.memmove runtime/memmove_amd64.s:63:0 s=35
 *                  runtime.inlined runtime/x.go:3:0 s=1
 *     Mappings
 *     1: 0x400000/0x503000/0x0 /app/app BUILDID [FN]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "format/id_table.h"
#include "format/lines.h"
#include "format/list.h"
#include "format/symbols.h"

#define TYPE_LIMIT 64
#define LABEL_LIMIT 64

enum section {
	IN_HEAD,
	IN_SAMPLES,
	IN_LOCATIONS,
	IN_MAPPINGS,
};

/* A location as the text has it: its mapping is defined after it. */
struct raw_location {
	uint64_t address;
	uint64_t mapping; /* 0: none */
	bool folded, defined;
};

struct raw {
	struct builder *builder;
	struct lines lines;
	struct symbols symbols;
	struct id_table ids, mapping_ids; /* of locations, of mappings */
	struct raw_location *locations;   /* by number */
	struct mapping *mappings;         /* by number */
	size_t location_capacity, mapping_capacity;
	enum section section;
	uint32_t type_count;
	uint32_t open; /* location whose lines are read; NONE */
	struct symbol_line *built;
	size_t built_count, built_capacity;
	/* The sample that may have labels on the next lines. */
	bool pending;
	int64_t values[TYPE_LIMIT];
	location_id *stack;
	size_t depth, stack_capacity;
	struct label labels[LABEL_LIMIT];
	size_t label_count;
};

static string_id add_string(struct raw *raw, struct span span)
{
	return builder_string(raw->builder, span.at, span_length(span));
}

/* --- Samples -------------------------------------------------------------------------------- */

static void end_sample(struct raw *raw)
{
	if (raw->pending)
		builder_sample(raw->builder, raw->stack, raw->depth, raw->values, raw->type_count,
			       raw->labels, raw->label_count);
	raw->pending = false;
	raw->depth = raw->label_count = 0;
}

/* "samples/count cpu/nanoseconds[dflt]" */
static bool read_types(struct raw *raw, struct span line, struct error *error)
{
	for (span_skip_space(&line); !span_is_empty(line); span_skip_space(&line)) {
		struct span word = span_take_word(&line);
		const char *slash = memchr(word.at, '/', span_length(word));
		const char *mark = span_find(word, "[dflt]");

		if (!slash || raw->type_count == TYPE_LIMIT)
			return lines_broken(&raw->lines, "profile", "names no types of values",
					    error);
		word.end = mark ? mark : word.end;
		builder_type(raw->builder, add_string(raw, (struct span){word.at, slash}),
			     add_string(raw, (struct span){slash + 1, word.end}));
		if (mark)
			builder_profile(raw->builder)->default_type =
				add_string(raw, (struct span){word.at, slash});
		raw->type_count++;
	}
	return true;
}

static uint32_t location_number(struct raw *raw, int64_t id)
{
	uint32_t number = id_table_add(&raw->ids, (uint64_t)id);

	array_reserve(raw->locations, raw->location_capacity, raw->ids.count);
	return number;
}

/* "1   10000000: 1 2 3"; false if the line is no row of values. */
static bool read_row(struct raw *raw, struct span line)
{
	int64_t values[TYPE_LIMIT], id;
	uint32_t count = 0;
	size_t known = raw->ids.count;

	for (;; count++) {
		struct span word;
		bool last;

		span_skip_space(&line);
		word = span_take_word(&line);
		if (count == raw->type_count || span_is_empty(word))
			return false;
		last = word.end[-1] == ':';
		word.end -= last;
		if (!span_decimal(word, &values[count]))
			return false;
		if (last)
			break;
	}
	if (count + 1 != raw->type_count)
		return false;
	end_sample(raw);
	memcpy(raw->values, values, sizeof(*values) * raw->type_count);
	raw->pending = true;
	for (span_skip_space(&line); !span_is_empty(line); span_skip_space(&line)) {
		uint32_t number;

		if (!span_decimal(span_take_word(&line), &id))
			break;
		number = location_number(raw, id);
		if (number >= known) {
			raw->locations[number] = (struct raw_location){0};
			known = raw->ids.count;
		}
		array_push(raw->stack, raw->depth, raw->stack_capacity, number);
	}
	return true;
}

/* "bytes:[512]" of numbers is one; anything else is text. */
static void add_label(struct raw *raw, struct span key, struct span value)
{
	struct label label = {.key = add_string(raw, key), .text = NONE};
	struct span rest = value, digits = span_take_digits(&rest);
	struct span unit = span_trim(rest);

	if (raw->label_count == LABEL_LIMIT)
		return;
	if (!span_equals(key, "bytes") || !span_decimal(digits, &label.number))
		label.text = add_string(raw, value);
	else if (!span_is_empty(unit))
		label.unit = add_string(raw, unit);
	raw->labels[raw->label_count++] = label;
}

/* "path:[/a b] worker:[3]" */
static void read_labels(struct raw *raw, struct span line)
{
	while (raw->pending) {
		const char *colon, *end = NULL;

		span_skip_space(&line);
		colon = span_find(line, ":[");
		if (!colon)
			return;
		for (const char *at = colon + 2; at < line.end && !end; at++)
			if (*at == ']' && (at + 1 == line.end || at[1] == ' '))
				end = at;
		if (!end)
			return;
		add_label(raw, (struct span){line.at, colon}, (struct span){colon + 2, end});
		line.at = end + 1;
	}
}

/* --- Locations ------------------------------------------------------------------------------ */

/* "runtime.memmove runtime/memmove_amd64.s:63:0 s=35" */
static void add_line(struct raw *raw, struct span text)
{
	struct symbol_line line = {0};
	struct span name = span_trim(text), file = {name.end, name.end};
	const char *start = NULL, *blank = NULL, *colon;

	for (const char *at = name.at; at + 3 < name.end; at++)
		if (memcmp(at, " s=", 3) == 0)
			start = at;
	if (start)
		name.end = start;
	/* The column, where there is one, and the line. */
	for (int i = 0; i < 2; i++) {
		int64_t number;

		for (colon = name.end; colon > name.at && char_is_digit(colon[-1]); colon--)
			continue;
		if (colon == name.end || colon - name.at < 2 || colon[-1] != ':' ||
		    !span_decimal((struct span){colon, name.end}, &number))
			break;
		line.line = number;
		name.end = colon - 1;
	}
	for (const char *at = name.at; at < name.end; at++)
		if (*at == ' ')
			blank = at;
	if (blank && start) {
		file = (struct span){blank + 1, name.end};
		name.end = blank;
	}
	line.function = symbols_function(&raw->symbols, add_string(raw, span_trim(name)),
					 add_string(raw, file), false);
	array_push(raw->built, raw->built_count, raw->built_capacity, line);
}

static void end_location(struct raw *raw)
{
	if (raw->open != NONE)
		symbols_set(&raw->symbols, raw->open, raw->built, (uint32_t)raw->built_count);
	raw->open = NONE;
	raw->built_count = 0;
}

/* "1: 0x487076 M=1 [F] NAME FILE:LINE:COLUMN s=START"; false for a further line of a location. */
static bool read_location(struct raw *raw, struct span line)
{
	struct raw_location location = {.defined = true};
	struct span rest = line, digits;
	int64_t id, mapping;

	span_skip_space(&rest);
	digits = span_take_digits(&rest);
	if (!span_decimal(digits, &id) || !span_take(&rest, ": 0x"))
		return false;
	digits = span_take_hex(&rest);
	if (!span_hex(digits, &location.address))
		return false;
	end_location(raw);
	span_skip_space(&rest);
	if (span_take(&rest, "M=")) {
		digits = span_take_digits(&rest);
		location.mapping = span_decimal(digits, &mapping) ? (uint64_t)mapping : 0;
		span_skip_space(&rest);
	}
	location.folded = span_take(&rest, "[F]");
	raw->open = location_number(raw, id);
	raw->locations[raw->open] = location;
	if (!span_is_empty(span_trim(rest)))
		add_line(raw, rest);
	return true;
}

/* "1: 0x400000/0x503000/0x0 /app/app BUILDID [FN][FL][LN][IN]" */
static void read_mapping(struct raw *raw, struct span line)
{
	struct mapping mapping = {0};
	uint64_t *const numbers[] = {&mapping.start, &mapping.limit, &mapping.offset};
	struct span rest = line, word;
	int64_t id;

	span_skip_space(&rest);
	word = span_take_digits(&rest);
	if (!span_decimal(word, &id) || !span_take(&rest, ": "))
		return;
	for (int i = 0; i < 3; i++) {
		if (!span_take(&rest, "0x") || !span_hex(span_take_hex(&rest), numbers[i]))
			return;
		span_take(&rest, "/");
	}
	span_skip_blanks(&rest);
	word = span_take_word(&rest);
	mapping.file = add_string(raw, word);
	span_skip_blanks(&rest);
	if (!span_is_empty(rest) && *rest.at != '[') {
		word = span_take_word(&rest);
		mapping.build_id = add_string(raw, word);
	}
	mapping.has_functions = span_find(rest, "[FN]");
	mapping.has_filenames = span_find(rest, "[FL]");
	mapping.has_line_numbers = span_find(rest, "[LN]");
	mapping.has_inline_frames = span_find(rest, "[IN]");
	mapping.id = (uint64_t)id;
	if (id_table_add(&raw->mapping_ids, mapping.id) + 1 != raw->mapping_ids.count)
		return;
	array_reserve(raw->mappings, raw->mapping_capacity, raw->mapping_ids.count);
	raw->mappings[raw->mapping_ids.count - 1] = mapping;
}

/* --- The whole ------------------------------------------------------------------------------ */

/* "2026-11-30 20:50:26.786288952 +0000 UTC" in nanoseconds since 1970; 0 if it is no time. */
static int64_t parse_time(struct span text)
{
	char copy[64] = {0};
	struct tm tm = {0};
	const char *rest;
	int64_t nanos = 0;
	int sign, hours, minutes;

	text = span_trim(text);
	if (span_length(text) >= sizeof(copy))
		return 0;
	memcpy(copy, text.at, span_length(text));
	rest = strptime(copy, "%Y-%m-%d %H:%M:%S", &tm);
	if (!rest || tm.tm_year < 70 || tm.tm_year > 300)
		return 0;
	if (*rest == '.') {
		int digits = 0;

		for (rest++; char_is_digit(*rest) && digits < 9; rest++, digits++)
			nanos = nanos * 10 + (*rest - '0');
		for (; digits < 9; digits++)
			nanos *= 10;
	}
	nanos += (int64_t)timegm(&tm) * 1000000000;
	while (*rest == ' ')
		rest++;
	sign = *rest == '-' ? -1 : 1;
	if ((*rest == '+' || *rest == '-') && sscanf(rest + 1, "%2d%2d", &hours, &minutes) == 2)
		nanos -= sign * ((int64_t)hours * 3600 + minutes * 60) * 1000000000;
	return nanos;
}

/* "3.01": seconds in nanoseconds. */
static int64_t parse_duration(struct span text)
{
	char copy[32] = {0};
	double seconds;

	text = span_trim(text);
	if (span_length(text) >= sizeof(copy))
		return 0;
	memcpy(copy, text.at, span_length(text));
	seconds = strtod(copy, NULL);
	return seconds > 0 && seconds < 1e9 ? (int64_t)(seconds * 1e9) : 0;
}

static void read_head(struct raw *raw, struct span line)
{
	struct profile *profile = builder_profile(raw->builder);
	struct span word;

	if (span_take(&line, "PeriodType:")) {
		span_skip_space(&line);
		word = span_take_word(&line);
		profile->has_period_type = true;
		profile->period_type.type = add_string(raw, word);
		span_skip_space(&line);
		word = span_take_word(&line);
		profile->period_type.unit = add_string(raw, word);
	} else if (span_take(&line, "Period:")) {
		span_decimal(span_trim(line), &profile->period);
	} else if (span_take(&line, "Time:")) {
		profile->time_nanos = parse_time(line);
	} else if (span_take(&line, "Duration:")) {
		profile->duration_nanos = parse_duration(line);
	}
}

static bool read_line(struct raw *raw, struct span line, struct error *error)
{
	struct span trimmed = span_trim(line);

	if (span_equals(trimmed, "Samples:")) {
		raw->section = IN_SAMPLES;
	} else if (span_equals(trimmed, "Locations")) {
		end_sample(raw);
		raw->section = IN_LOCATIONS;
	} else if (span_equals(trimmed, "Mappings")) {
		end_location(raw);
		raw->section = IN_MAPPINGS;
	} else if (raw->section == IN_HEAD) {
		read_head(raw, line);
	} else if (raw->section == IN_SAMPLES && !raw->type_count) {
		return read_types(raw, line, error);
	} else if (raw->section == IN_SAMPLES) {
		if (!read_row(raw, line))
			read_labels(raw, line);
	} else if (raw->section == IN_LOCATIONS) {
		if (!read_location(raw, line) && raw->open != NONE && !span_is_empty(trimmed))
			add_line(raw, line);
	} else {
		read_mapping(raw, line);
	}
	return true;
}

/* Mappings come last in the text and first in a profile. */
static bool add_all(struct raw *raw, struct error *error)
{
	for (size_t i = 0; i < raw->mapping_ids.count; i++)
		builder_mapping(raw->builder, &raw->mappings[i]);
	for (size_t i = 0; i < raw->ids.count; i++) {
		const struct raw_location *from = &raw->locations[i];
		struct location location = {.id = raw->ids.ids[i],
					    .address = from->address,
					    .folded = from->folded,
					    .mapping = NONE};

		if (!from->defined)
			return error_set(error,
					 "the text ends before location %llu: it is a part of "
					 "a profile; write it anew with pprof -raw",
					 (unsigned long long)location.id);
		if (!location.id)
			location.id = raw->ids.count + 1;
		if (from->mapping)
			location.mapping = id_table_find(&raw->mapping_ids, from->mapping);
		symbols_add_location(&raw->symbols, raw->builder, (uint32_t)i, &location);
	}
	return true;
}

static bool read_lines(struct raw *raw, struct error *error)
{
	struct span line;
	bool more;

	for (;;) {
		if (!lines_next(&raw->lines, &line, &more, error))
			return false;
		if (!more)
			break;
		if (!read_line(raw, line, error))
			return false;
	}
	end_sample(raw);
	end_location(raw);
	if (!raw->type_count)
		return error_set(error, "the text has no samples; write it anew with pprof -raw");
	return add_all(raw, error);
}

static bool read_raw_text(struct input *input, struct builder *builder, struct error *error)
{
	struct raw raw = {.builder = builder, .open = NONE};
	bool good;

	lines_init(&raw.lines, input);
	symbols_init(&raw.symbols);
	id_table_init(&raw.ids);
	id_table_init(&raw.mapping_ids);
	good = read_lines(&raw, error);
	lines_clear(&raw.lines);
	symbols_clear(&raw.symbols);
	id_table_clear(&raw.ids);
	id_table_clear(&raw.mapping_ids);
	free(raw.locations);
	free(raw.mappings);
	free(raw.built);
	free(raw.stack);
	return good;
}

static int probe_raw_text(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;
	bool period = false;

	while (span_take_line(&head, &line)) {
		period = period || span_starts(line, "PeriodType:") || span_starts(line, "Period:");
		if (period && span_equals(span_trim(line), "Samples:"))
			return 93;
	}
	return 0;
}

const struct format format_raw_text = {
	.name = "raw_text",
	.summary = "the text of pprof -raw",
	.probe = probe_raw_text,
	.read = read_raw_text,
};
