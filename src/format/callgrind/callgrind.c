/* SPDX-License-Identifier: MIT */
/*
 * The format of callgrind, which profilers of many languages write:
 *
 *     positions: line
 *     events: Ir
 *     fl=(1) app.c
 *     fn=(1) main
 *     16 400
 *     cfn=(2) work
 *     calls=1 50
 *     16 1000                  what all that the call did cost
 *
 * Names are given once for a number in brackets; positions may be relative
 * (+3, -2, *). The grammar is in valgrind's manual, "Callgrind Format
 * Specification". See call_costs.h for how calls become stacks.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/wrap.h"
#include "format/callgrind/call_costs.h"
#include "format/frame_table.h"
#include "format/id_table.h"
#include "format/lines.h"
#include "format/list.h"

/* Names of one kind by their numbers. */
struct name_table {
	struct id_table ids;
	string_id *names;
	size_t capacity;
};

enum name_kind {
	NAME_FILE,
	NAME_FUNCTION,
	NAME_KIND_COUNT,
};

struct callgrind {
	struct builder *builder;
	struct lines lines;
	struct frame_table frames;
	struct name_table names[NAME_KIND_COUNT];
	struct intern functions; /* name and file */
	struct call_costs costs;
	string_id file, function, called_file, called_function; /* called_file 0: as file */
	string_id inner_file;                                   /* fi, fe: of the next lines */
	bool has_instruction, has_line;
	int64_t instruction, line;
	bool call; /* the next costs are those of a call */
	uint32_t event_count;
	int64_t scales[CALL_COSTS_EVENTS];
	uint32_t shown; /* event */
	uint64_t skipped, first_skipped;
};

struct function_key {
	string_id name, file;
};

/* --- Names ---------------------------------------------------------------------------------- */

/* "(12) main.c", which names number 12, "(12)", or a name alone. */
static string_id read_name(struct callgrind *callgrind, enum name_kind kind, struct span text)
{
	struct name_table *table = &callgrind->names[kind];
	struct span rest = text, digits;
	int64_t id;
	uint32_t number;
	size_t known;

	if (!span_take(&rest, "("))
		return builder_string(callgrind->builder, text.at, span_length(text));
	digits = span_take_digits(&rest);
	if (!span_decimal(digits, &id) || !span_take(&rest, ")"))
		return builder_string(callgrind->builder, text.at, span_length(text));
	known = table->ids.count;
	number = id_table_add(&table->ids, (uint64_t)id);
	array_reserve(table->names, table->capacity, table->ids.count);
	span_skip_space(&rest);
	if (number == known && span_is_empty(rest))
		rest = span_of("???");
	if (!span_is_empty(rest))
		table->names[number] =
			builder_string(callgrind->builder, rest.at, span_length(rest));
	return table->names[number];
}

static uint32_t function_number(struct callgrind *callgrind, string_id name, string_id file)
{
	struct function_key key = {name, file};

	return intern_add(&callgrind->functions, &key);
}

/* "???" is what valgrind calls an unknown file. */
static string_id known_file(struct callgrind *callgrind, string_id file)
{
	const char *text = profile_text(builder_profile(callgrind->builder), file);

	return strcmp(text, "???") == 0 || strcmp(text, "~") == 0 ? 0 : file;
}

/* Profilers of Python put the place of a function behind its name: "run /lib/threading.py:971". */
static string_id plain_name(struct callgrind *callgrind, string_id name, int64_t *start_line)
{
	struct span text = span_of(profile_text(builder_profile(callgrind->builder), name));
	struct span file =
		span_of(profile_text(builder_profile(callgrind->builder), callgrind->file));
	const char *at = text.end;

	*start_line = 0;
	while (at > text.at && char_is_digit(at[-1]))
		at--;
	if (at == text.end || at - text.at < 3 || at[-1] != ':' || at[-2] == ':' ||
	    !span_decimal((struct span){at, text.end}, start_line))
		return name;
	text.end = at - 1;
	if (span_length(text) > span_length(file) + 1 && span_length(file) &&
	    memcmp(text.end - span_length(file), file.at, span_length(file)) == 0 &&
	    text.end[-(ptrdiff_t)span_length(file) - 1] == ' ')
		text.end -= span_length(file) + 1;
	return builder_string(callgrind->builder, text.at, span_length(text));
}

static location_id location_here(struct callgrind *callgrind)
{
	/* A function is one, though lines of other files are in it. */
	bool inside = !callgrind->inner_file || callgrind->inner_file == callgrind->file;
	int64_t start_line;
	string_id name = plain_name(callgrind, callgrind->function, &start_line);

	return frame_table_add_at(&callgrind->frames, name, known_file(callgrind, callgrind->file),
				  start_line, inside && callgrind->has_line ? callgrind->line : 0,
				  0);
}

/* --- Heads ---------------------------------------------------------------------------------- */

/* What "Time_(10ns)" and "cpu(ms)" count: the unit, and how many of it are 1. */
static const char *parse_unit(struct span name, int64_t *scale, size_t *length)
{
	static const struct {
		const char *word, *unit;
	} units[] = {{"ns", "nanoseconds"},
		     {"us", "microseconds"},
		     {"ms", "milliseconds"},
		     {"s", "seconds"},
		     {"bytes", "bytes"},
		     {"B", "bytes"},
		     {"kb", "kilobytes"},
		     {"nanoseconds", "nanoseconds"},
		     {"microseconds", "microseconds"},
		     {"count", "count"}};
	const char *bracket = memchr(name.at, '(', span_length(name));
	struct span inner, digits;

	*scale = 1;
	*length = span_length(name);
	if (!bracket || name.end[-1] != ')')
		return span_equals(name, "microseconds") ? "microseconds" : "count";
	inner = (struct span){bracket + 1, name.end - 1};
	digits = span_take_digits(&inner);
	if (!span_is_empty(digits) && !span_decimal(digits, scale))
		*scale = 1;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (!span_equals(inner, units[i].word))
			continue;
		*length = (size_t)(bracket - name.at);
		while (*length && (name.at[*length - 1] == '_' || name.at[*length - 1] == ' '))
			--*length;
		return units[i].unit;
	}
	*scale = 1;
	return "count";
}

static bool read_events(struct callgrind *callgrind, struct span text, struct error *error)
{
	struct builder *builder = callgrind->builder;
	uint32_t shown = NONE;

	if (callgrind->event_count)
		return true;
	for (span_skip_space(&text); !span_is_empty(text); span_skip_space(&text)) {
		struct span word = span_take_word(&text);
		uint32_t number = callgrind->event_count;
		const char *unit;
		size_t length;

		if (number == CALL_COSTS_EVENTS)
			return error_set(error, "line %llu has more than %d events; measure fewer",
					 (unsigned long long)callgrind->lines.number,
					 CALL_COSTS_EVENTS);
		unit = parse_unit(word, &callgrind->scales[number], &length);
		builder_type(builder, builder_string(builder, word.at, length),
			     builder_text(builder, unit));
		callgrind->event_count++;
		/* Time says more than how often. */
		if (shown == NONE && strstr(unit, "seconds"))
			shown = number;
	}
	callgrind->shown = shown == NONE ? 0 : shown;
	if (callgrind->event_count)
		builder_profile(builder)->default_type =
			builder_profile(builder)->types[callgrind->shown].type;
	return true;
}

static void read_positions(struct callgrind *callgrind, struct span text)
{
	callgrind->has_instruction = span_find(text, "instr") != NULL;
	callgrind->has_line = span_find(text, "line") != NULL;
}

/* "fl=", "cfn=": a name. */
static bool read_assignment(struct callgrind *callgrind, struct span line)
{
	static const struct {
		const char *key;
		enum name_kind kind;
	} keys[] = {{"fl=", NAME_FILE},    {"fi=", NAME_FILE},  {"fe=", NAME_FILE},
		    {"cfi=", NAME_FILE},   {"cfl=", NAME_FILE}, {"cfn=", NAME_FUNCTION},
		    {"fn=", NAME_FUNCTION}};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct span rest = line;
		string_id name;

		if (!span_take(&rest, keys[i].key))
			continue;
		name = read_name(callgrind, keys[i].kind, span_trim(rest));
		if (i == 0) {
			callgrind->file = name;
			callgrind->inner_file = 0;
		} else if (i < 3) {
			callgrind->inner_file = name;
		} else if (i < 5) {
			callgrind->called_file = name;
		} else if (i == 5) {
			callgrind->called_function = name;
		} else {
			callgrind->function = name;
			callgrind->inner_file = 0;
		}
		return true;
	}
	return span_starts(line, "ob=") || span_starts(line, "cob=") || span_starts(line, "jump") ||
	       span_starts(line, "jcnd") || span_starts(line, "rcalls=");
}

/* --- Costs ---------------------------------------------------------------------------------- */

/* "16", "0x4010", "+3", "-2" or "*". */
static bool take_position(struct span *line, int64_t *position)
{
	struct span rest = *line, word = span_take_word(&rest);
	bool plus = span_starts(word, "+"), minus = span_starts(word, "-");
	int64_t number;
	uint64_t address;

	if (!span_equals(word, "*")) {
		word.at += plus || minus;
		if (span_take(&word, "0x")) {
			if (!span_hex(word, &address))
				return false;
			number = (int64_t)address;
		} else if (!span_decimal(word, &number)) {
			return false;
		}
		*position = plus    ? wrap_add(*position, number)
			    : minus ? wrap_add(*position, wrap_negate(number))
				    : number;
	}
	span_skip_space(&rest);
	*line = rest;
	return true;
}

static bool take_positions(struct callgrind *callgrind, struct span *line)
{
	return (!callgrind->has_instruction || take_position(line, &callgrind->instruction)) &&
	       (!callgrind->has_line || take_position(line, &callgrind->line));
}

static void add_call(struct callgrind *callgrind, const int64_t *values)
{
	string_id file = callgrind->called_file ? callgrind->called_file : callgrind->file;
	struct call_cost call = {
		.caller = function_number(callgrind, callgrind->function, callgrind->file),
		.callee = function_number(callgrind, callgrind->called_function, file),
		.location = location_here(callgrind),
		.weight = values[callgrind->shown],
	};

	call_costs_add_call(&callgrind->costs, &call);
	callgrind->called_file = 0;
}

static bool read_costs(struct callgrind *callgrind, struct span line)
{
	struct own_cost own = {0};

	if (!callgrind->function || !callgrind->event_count || !take_positions(callgrind, &line))
		return false;
	for (uint32_t i = 0; i < callgrind->event_count && !span_is_empty(line); i++) {
		if (!span_decimal(span_take_word(&line), &own.values[i]))
			return false;
		own.values[i] = wrap_multiply(own.values[i], callgrind->scales[i]);
		span_skip_space(&line);
	}
	if (callgrind->call) {
		callgrind->call = false;
		add_call(callgrind, own.values);
		return true;
	}
	own.function = function_number(callgrind, callgrind->function, callgrind->file);
	own.location = location_here(callgrind);
	call_costs_add_own(&callgrind->costs, &own);
	return true;
}

static bool read_line(struct callgrind *callgrind, struct span line, struct error *error)
{
	char first;

	line = span_trim(line);
	if (span_is_comment(line))
		return true;
	first = *line.at;
	if (span_take(&line, "events:"))
		return read_events(callgrind, line, error);
	if (span_take(&line, "positions:")) {
		read_positions(callgrind, line);
		return true;
	}
	if (span_starts(line, "calls=")) {
		callgrind->call = true;
		return true;
	}
	if (read_assignment(callgrind, line))
		return true;
	/* Other heads are words with a colon. */
	if (!char_is_digit(first) && !strchr("+-*", first))
		return true;
	if (!read_costs(callgrind, line) && callgrind->skipped++ == 0)
		callgrind->first_skipped = callgrind->lines.number;
	return true;
}

static bool read_lines(struct callgrind *callgrind, struct error *error)
{
	struct span line;
	bool more;

	for (;;) {
		if (!lines_next(&callgrind->lines, &line, &more, error))
			return false;
		if (!more)
			break;
		if (!read_line(callgrind, line, error))
			return false;
	}
	if (!callgrind->event_count || !callgrind->costs.own_count)
		return error_set(error, "the callgrind file has no costs; write it anew");
	call_costs_build(&callgrind->costs, callgrind->builder, callgrind->event_count,
			 callgrind->shown);
	if (callgrind->lines.open)
		lines_warn_cut(&callgrind->lines, callgrind->builder, "callgrind file");
	if (callgrind->skipped)
		builder_warn(callgrind->builder,
			     "passed over %llu lines that are no costs; the first is line %llu",
			     (unsigned long long)callgrind->skipped,
			     (unsigned long long)callgrind->first_skipped);
	return true;
}

static bool read_callgrind(struct input *input, struct builder *builder, struct error *error)
{
	struct callgrind callgrind = {.builder = builder, .has_line = true};
	bool good;

	lines_init(&callgrind.lines, input);
	frame_table_init(&callgrind.frames, builder);
	callgrind.frames.mangled = true;
	intern_init(&callgrind.functions, sizeof(struct function_key));
	for (int i = 0; i < NAME_KIND_COUNT; i++)
		id_table_init(&callgrind.names[i].ids);
	good = read_lines(&callgrind, error);
	for (int i = 0; i < NAME_KIND_COUNT; i++) {
		id_table_clear(&callgrind.names[i].ids);
		free(callgrind.names[i].names);
	}
	lines_clear(&callgrind.lines);
	frame_table_clear(&callgrind.frames);
	intern_clear(&callgrind.functions);
	call_costs_clear(&callgrind.costs);
	return good;
}

/* "events:" and, below it or in the rest of the head, a name of a file or a function. */
static int probe_callgrind(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;
	bool events = false;

	while (span_take_line(&head, &line)) {
		if (span_starts(line, "# callgrind format"))
			return 92;
		events = events || span_starts(line, "events:");
		if (events && (span_starts(line, "fl=") || span_starts(line, "fn=") ||
			       span_starts(line, "ob=")))
			return 90;
	}
	return 0;
}

const struct format format_callgrind = {
	.name = "callgrind",
	.summary = "callgrind files: valgrind, xdebug, yappi, pprof -callgrind",
	.probe = probe_callgrind,
	.read = read_callgrind,
};
