/* SPDX-License-Identifier: MIT */
/*
 * Heap and contention profiles of Java programs. Rows refer to frames by
 * number; what the numbers mean follows:
 *
 *     --- heapz 1 ---
 *     format = java
 *     resolution = bytes
 *           7048     1 @ 0x00000003 0x00000004
 *
 *      0x0000003 com.example.function03 (source.java:03)
 */
#include "format/legacy/java.h"

#include "format/list.h"

#define KIND "Java profile"

/* One in so many bytes is looked at; the profile does not say so. */
#define HEAP_RATE 524288

struct java {
	struct lines lines;
	struct legacy legacy;
	bool heap; /* else contention */
};

/* The last '(' with white space before it, and at least `least` characters between it and `end`. */
static const char *find_bracket(struct span text, const char *end, size_t least)
{
	size_t length = (size_t)(end - text.at);

	for (size_t i = length > least ? length - least : 0; i-- > 1;)
		if (text.at[i] == '(' && char_is_space(text.at[i - 1]))
			return text.at + i;
	return NULL;
}

/* "NAME (FILE:LINE)"; false if it ends otherwise. */
static bool split_line(struct span text, struct span *name, struct span *file, int64_t *line)
{
	const char *end, *digits, *bracket;

	if (span_is_empty(text) || text.end[-1] != ')')
		return false;
	end = digits = text.end - 1;
	while (digits > text.at && char_is_digit(digits[-1]))
		digits--;
	if (digits == end)
		return false;
	*file = (struct span){text.at, digits};
	if (digits > text.at && digits[-1] == '-')
		file->end--;
	if (span_is_empty(*file) || file->end[-1] != ':')
		return false;
	file->end--;
	bracket = find_bracket(text, file->end, 1);
	if (!bracket)
		return false;
	*name = (struct span){text.at, bracket - 1};
	file->at = bracket + 1;
	if (digits[-1] == '-' || !span_decimal((struct span){digits, end}, line))
		*line = 0;
	return true;
}

/* "NAME (LIBRARY)": of the path only the name of the library says something. */
static bool split_library(struct span text, struct span *name, struct span *file)
{
	const char *end, *bracket;

	if (span_is_empty(text) || text.end[-1] != ')')
		return false;
	end = text.end - 1;
	bracket = find_bracket(text, end, 0);
	if (!bracket)
		return false;
	*name = (struct span){text.at, bracket - 1};
	*file = (struct span){bracket + 1, end};
	if (span_is_empty(*file)) {
		*file = span_of(".");
		return true;
	}
	while (span_length(*file) > 1 && file->end[-1] == '/')
		file->end--;
	for (const char *at = file->end - 1; at > file->at; at--)
		if (at[-1] == '/') {
			file->at = at;
			break;
		}
	return true;
}

static bool read_location(struct legacy *legacy, const struct lines *lines, struct span line,
			  struct error *error)
{
	struct builder *builder = legacy->builder;
	struct span digits, name, file;
	struct symbol_line symbol = {0};
	string_id name_id;
	uint64_t address;
	uint32_t number;

	line = span_trim(line);
	if (!span_take(&line, "0x"))
		return true;
	digits = span_take_hex(&line);
	if (span_is_empty(digits) || !span_skip_space(&line))
		return true;
	if (!span_hex(digits, &address))
		return lines_broken(lines, KIND, "has a number of more than 64 bits", error);
	number = id_table_find(&legacy->addresses, address);
	if (number == NONE)
		return true;
	if (!split_line(line, &name, &file, &symbol.line) && !split_library(line, &name, &file)) {
		name = span_find(line, "generated stub/JIT") ? span_of("STUB") : line;
		file = span_of("");
	}
	name_id = builder_string(builder, name.at, span_length(name));
	symbol.function =
		symbols_function(&legacy->symbols, name_id,
				 builder_string(builder, file.at, span_length(file)), true);
	symbols_set(&legacy->symbols, number, &symbol, 1);
	return true;
}

bool java_finish(struct legacy *legacy, struct lines *lines, struct span line, struct error *error)
{
	bool more = true;

	do {
		if (!read_location(legacy, lines, line, error) ||
		    !lines_next(lines, &line, &more, error))
			return false;
	} while (more);
	return legacy_finish(legacy, lines, line, LEGACY_NO_MAP, error);
}

/* [A-Za-z0-9_ ]; names and values of attributes are nothing else. */
static bool is_attribute_char(char c)
{
	return char_is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || c == ' ';
}

/* "name = value", without what surrounds it. */
static bool take_attribute(struct span line, struct span *name, struct span *value)
{
	const char *equals = line.at;

	for (; (equals = span_find((struct span){equals, line.end}, "=")); equals++) {
		*name = *value = (struct span){equals, equals};
		while (name->at > line.at && is_attribute_char(name->at[-1]))
			name->at--;
		value->at++;
		value->end = value->at;
		while (value->end < line.end && is_attribute_char(*value->end))
			value->end++;
		if (!span_is_empty(*name) && !span_is_empty(*value)) {
			*name = span_trim(*name);
			*value = span_trim(*value);
			return true;
		}
	}
	return false;
}

/* `resolution` is the unit of the second value, and brings the types with it. */
static const char *add_types(struct java *java, struct span unit)
{
	struct builder *builder = java->legacy.builder;
	const struct profile *profile = builder_profile(builder);

	if (profile->type_count)
		return "gives the resolution once more";
	legacy_type(&java->legacy, java->heap ? "inuse_objects" : "contentions", "count");
	builder_type(builder, builder_text(builder, java->heap ? "inuse_space" : "delay"),
		     builder_string(builder, unit.at, span_length(unit)));
	return NULL;
}

/* NULL for a good attribute, else what is wrong with it. */
static const char *read_attribute(struct java *java, struct span name, struct span value)
{
	struct profile *profile = builder_profile(java->legacy.builder);
	int64_t number;

	if (span_equals(name, "format"))
		return span_equals(value, "java") ? NULL : "names a format other than java";
	if (span_equals(name, "resolution"))
		return add_types(java, value);
	if (java->heap ||
	    (!span_equals(name, "sampling period") && !span_equals(name, "ms since reset")))
		return "sets what no Java profile has";
	if (!span_any_number(value, &number))
		return "gives no number";
	if (span_equals(name, "sampling period"))
		legacy_period(&java->legacy, "contentions", "count", number);
	else
		profile->duration_nanos = legacy_multiply(number, 1000000);
	return NULL;
}

/* "VALUE COUNT @ 0x...", anywhere in the line; `line` is then the addresses. */
static bool find_figures(struct span *line, struct span *value, struct span *count)
{
	struct span rest = *line;

	while (!span_is_empty(rest)) {
		struct span row;

		*value = span_take_digits(&rest);
		if (span_is_empty(*value)) {
			rest.at++;
			continue;
		}
		row = rest;
		if (!span_skip_blanks(&row))
			continue;
		*count = span_take_digits(&row);
		if (!span_is_empty(*count) && span_skip_blanks(&row) && span_take(&row, "@") &&
		    span_skip_blanks(&row)) {
			*line = row;
			return true;
		}
	}
	return false;
}

static bool read_row(struct java *java, struct span addresses, struct span value, struct span count,
		     struct error *error)
{
	struct legacy *legacy = &java->legacy;
	const struct profile *profile = builder_profile(legacy->builder);
	int64_t values[2], block_size = 0;

	if (!profile->type_count)
		return lines_broken(&java->lines, KIND, "comes before a \"resolution\"", error);
	legacy_begin(legacy);
	if (!span_any_number(count, &values[0]) || !span_any_number(value, &values[1]) ||
	    !legacy_push_all(legacy, legacy_address_part(addresses), 0))
		return lines_broken(&java->lines, KIND, "has a number that cannot be read", error);
	if (java->heap) {
		if (values[0] == 0)
			return lines_broken(&java->lines, KIND, "has some bytes of no objects",
					    error);
		block_size = legacy_divide(values[1], values[0]);
		legacy_unsample(&values[0], &values[1], HEAP_RATE);
	} else if (profile->period) {
		values[0] = legacy_multiply(values[0], profile->period);
		values[1] = legacy_multiply(values[1], profile->period);
	}
	legacy_sample(legacy, values, 2, java->heap ? &block_size : NULL);
	return true;
}

/* The kind of a profile by its first line: 'h'eap, 'c'ontention or 0. */
static char header_kind(struct span line)
{
	line = span_trim(line);
	if (span_equals(line, "--- heapz 1 ---"))
		return 'h';
	return span_equals(line, "--- contentionz 1 ---") ? 'c' : 0;
}

static bool read_rows(struct java *java, struct error *error)
{
	struct span line = {0}, name, value;
	const char *problem;
	bool more, in_header = true;

	if (!lines_next(&java->lines, &line, &more, error))
		return false;
	java->heap = header_kind(line) == 'h';
	legacy_period(&java->legacy, "", "", 0);
	for (;;) {
		if (!lines_next(&java->lines, &line, &more, error))
			return false;
		line = more ? span_trim(line) : (struct span){0};
		if (more && span_is_empty(line))
			continue;
		in_header = in_header && take_attribute(line, &name, &value);
		if (in_header) {
			problem = read_attribute(java, name, value);
			if (problem)
				return lines_broken(&java->lines, KIND, problem, error);
		} else if (!find_figures(&line, &value, &name)) {
			return java_finish(&java->legacy, &java->lines, line, error);
		} else if (!read_row(java, line, value, name, error)) {
			return false;
		}
	}
}

static bool read_java(struct input *input, struct builder *builder, struct error *error)
{
	struct java java = {0};
	bool good;

	lines_init(&java.lines, input);
	legacy_init(&java.legacy, builder, input);
	good = read_rows(&java, error);
	legacy_clear(&java.legacy);
	lines_clear(&java.lines);
	return good;
}

/* C++ has the same first line, but neither a format nor a resolution. */
static int probe_java(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line, name, value;

	if (!span_take_line(&head, &line) || !header_kind(line))
		return 0;
	if (header_kind(line) == 'h')
		return 90;
	while (span_take_line(&head, &line) && (span_is_comment(line) || span_find(line, "="))) {
		if (!take_attribute(line, &name, &value))
			continue;
		if (span_equals(name, "format") || span_equals(name, "resolution"))
			return 92;
	}
	return 0;
}

const struct format format_java = {
	.name = "java",
	.summary = "Java heap or contention profile as text",
	.probe = probe_java,
	.read = read_java,
};
