/* SPDX-License-Identifier: MIT */
#include "format/stacks/perf_stat_line.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/* Digits of a number with its separators; more are none. */
#define NUMBER_LIMIT 40

/* Fields of a line that may stand in front of the counted value: a time, a processor, a count of them. */
#define FIELDS_BEFORE 3

/*
 * Takes "4,812,334,112" or "1.234,56": the last separator is the point if a
 * part may follow it, all others stand between thousands.
 */
static bool take_number(struct span *span, bool fraction, double *value)
{
	char digits[NUMBER_LIMIT + 1];
	struct span number = {span->at, span->at};
	size_t length = 0, point = 0;

	while (number.end < span->end && (char_is_digit(*number.end) || *number.end == ',' ||
					  *number.end == '.' || *number.end == '\''))
		number.end++;
	if (!span_length(number) || span_length(number) > NUMBER_LIMIT ||
	    !char_is_digit(*number.at))
		return false;
	for (const char *at = number.at; at < number.end; at++) {
		if (char_is_digit(*at))
			digits[length++] = *at;
		else
			point = length;
	}
	digits[length] = '\0';
	*value = strtod(digits, NULL);
	for (size_t i = point; fraction && point && i < length; i++)
		*value /= 10;
	span->at = number.end;
	return true;
}

/* What a unit makes of a value: nanoseconds of a time, a count of anything else. */
static void set_value(struct perf_stat_row *row, double value, struct span unit)
{
	static const struct {
		const char *name;
		double nanoseconds;
	} times[] = {{"msec", 1e6}, {"ns", 1}, {"sec", 1e9}, {"seconds", 1e9}};

	for (size_t i = 0; i < COUNT(times); i++) {
		if (span_equals(unit, times[i].name)) {
			row->time = true;
			value *= times[i].nanoseconds;
		}
	}
	row->value = value < 0x1p62 ? (int64_t)(value + 0.5) : INT64_MAX / 2;
}

/* "cycles", "cpu_core/cycles/u", "L1-dcache-load-misses:u": no number and no part of a sentence. */
static bool is_event(struct span event)
{
	if (span_is_empty(event) || ((*event.at | 32) < 'a' || (*event.at | 32) > 'z'))
		return false;
	for (; !span_is_empty(event); event.at++)
		if (*event.at <= ' ' || *event.at == ',' || *event.at == ';')
			return false;
	return true;
}

static bool is_time_unit(struct span word)
{
	return span_equals(word, "msec") || span_equals(word, "ns") || span_equals(word, "sec");
}

static bool is_uncounted(struct span *line)
{
	return span_take(line, "<not supported>") || span_take(line, "<not counted>");
}

/* From the value on. */
static bool read_table(struct span line, struct perf_stat_row *row)
{
	struct perf_stat_row found = {0};
	struct span start = line, word, unit = {line.at, line.at};
	double value = 0;

	found.counted = !is_uncounted(&line);
	if (found.counted && !take_number(&line, false, &value))
		return false;
	if (!span_skip_blanks(&line))
		return false;
	word = span_take_word(&line);
	/* A unit may stand before the event, which nothing but a comment follows. */
	span_skip_blanks(&line);
	if (!span_is_empty(line) && *line.at != '#' && *line.at != '(') {
		unit = word;
		word = span_take_word(&line);
		span_skip_blanks(&line);
	}
	if (!is_event(word) ||
	    (!span_is_empty(line) && *line.at != '#' && *line.at != '(' && *line.at != '[') ||
	    (!span_is_empty(unit) && !is_time_unit(unit)))
		return false;
	if (found.counted && is_time_unit(unit))
		take_number(&start, true, &value);
	set_value(&found, value, unit);
	found.event = word;
	*row = found;
	return true;
}

bool perf_stat_line_table(struct span line, struct perf_stat_row *row)
{
	double time;

	line = span_trim(line);
	if (read_table(line, row))
		return true;
	return take_number(&line, true, &time) && span_skip_blanks(&line) && read_table(line, row);
}

/* Takes a field and its separator, which is the first of a line. */
static struct span take_field(struct span *line, char separator)
{
	const char *at = memchr(line->at, separator, span_length(*line));
	struct span field = {line->at, at ? at : line->end};

	line->at = at ? at + 1 : line->end;
	return field;
}

/* "VALUE,UNIT,EVENT", alone in its fields. */
static bool read_fields(struct span line, char separator, struct perf_stat_row *row)
{
	struct perf_stat_row found = {0};
	struct span value = span_trim(take_field(&line, separator));
	struct span unit = take_field(&line, separator), event;
	double number = 0;

	if (span_is_empty(line))
		return false;
	event = take_field(&line, separator);
	found.counted = !is_uncounted(&value);
	if ((found.counted && !take_number(&value, true, &number)) || !span_is_empty(value) ||
	    (!span_is_empty(unit) && !is_time_unit(unit)) || !is_event(event))
		return false;
	set_value(&found, number, unit);
	found.event = event;
	*row = found;
	return true;
}

bool perf_stat_line_fields(struct span line, struct perf_stat_row *row)
{
	static const char separators[] = ",;|\t";

	for (const char *separator = separators; *separator; separator++) {
		struct span rest = line;

		for (int i = 0; i <= FIELDS_BEFORE && !span_is_empty(rest); i++) {
			if (read_fields(rest, *separator, row))
				return true;
			take_field(&rest, *separator);
		}
	}
	return false;
}

bool perf_stat_line_elapsed(struct span line, int64_t *nanoseconds)
{
	struct perf_stat_row row = {0};
	double seconds;

	line = span_trim(line);
	if (!span_find(line, " seconds time elapsed") || !take_number(&line, true, &seconds))
		return false;
	set_value(&row, seconds, span_of("seconds"));
	*nanoseconds = row.value;
	return true;
}
