/* SPDX-License-Identifier: MIT */
/*
 * Folded stacks, as flamegraph.pl reads them: one stack a line, root first,
 * frames split at ";", and a number.
 *
 *     main;io.Copy;syscall.Read 12
 *
 * - Two numbers in every line are a comparison: the types are "before" and
 *   "after". One line with a single number, and the first of two belongs to
 *   the name of the frame.
 * - A first line of TYPE/UNIT words, like "samples/count cpu/nanoseconds",
 *   names the values that follow each stack.
 * - Lines without a number are passed over; fractions are rounded.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "format/lines.h"
#include "format/list.h"
#include "format/stack_list.h"

#define TYPE_LIMIT 64

struct folded {
	struct builder *builder;
	struct lines lines;
	uint32_t type_count;      /* as the first line says; 0: it does not */
	uint32_t width;           /* numbers taken from each line */
	struct stack_list stacks; /* of functions, root first */
	uint32_t *function_at;    /* by string: function + 1, 0 for none */
	string_id *functions;     /* by function: its name */
	size_t function_at_count, function_at_capacity, function_count, function_capacity;
	int64_t *values; /* `width` of each stack */
	size_t value_count, value_capacity;
	/* While all lines have two numbers: what belongs to the leaf's name if one has not. */
	bool undecided;
	struct text suffixes;
	size_t *suffix_ends;
	size_t suffix_count, suffix_capacity;
	uint64_t skipped, first_skipped;
	bool rounded;
};

/* [0-9]+(.[0-9]*)? or its negative, and nothing else. */
static bool parse_value(struct span word, int64_t *value, bool *rounded)
{
	bool negative = span_starts(word, "-");
	struct span rest = {word.at + negative, word.end}, digits = span_take_digits(&rest);
	struct span whole = {word.at, digits.end}, fraction = rest;

	if (span_is_empty(digits) || !span_decimal(whole, value))
		return false;
	if (span_is_empty(rest))
		return true;
	if (!span_take(&fraction, "."))
		return false;
	span_take_digits(&fraction);
	if (!span_is_empty(fraction))
		return false;
	*rounded = true;
	if (span_length(rest) > 1 && rest.at[1] >= '5' && *value<INT64_MAX && * value> INT64_MIN)
		*value += negative ? -1 : 1;
	return true;
}

/* Takes the number at the end of a line; what is before it keeps no white space at its end. */
static bool take_last_value(struct span *line, int64_t *value, bool *rounded)
{
	const char *at = line->end;

	while (at > line->at && !char_is_space(at[-1]))
		at--;
	if (at == line->at || !parse_value((struct span){at, line->end}, value, rounded))
		return false;
	while (at > line->at && char_is_space(at[-1]))
		at--;
	line->end = at;
	return true;
}

static uint32_t function_number(struct folded *folded, string_id name)
{
	array_reserve(folded->function_at, folded->function_at_capacity, (size_t)name + 1);
	while (folded->function_at_count <= name)
		folded->function_at[folded->function_at_count++] = 0;
	if (!folded->function_at[name]) {
		array_push(folded->functions, folded->function_count, folded->function_capacity,
			   name);
		folded->function_at[name] = (uint32_t)folded->function_count;
	}
	return folded->function_at[name] - 1;
}

static void push_frame(struct folded *folded, struct span name)
{
	/* ";;" is a slip of the writer. */
	if (span_is_empty(name))
		return;
	stack_list_push(&folded->stacks,
			function_number(folded, builder_string(folded->builder, name.at,
							       span_length(name))));
}

static void push_stack(struct folded *folded, struct span stack)
{
	const char *semicolon;

	while ((semicolon = span_find(stack, ";"))) {
		push_frame(folded, (struct span){stack.at, semicolon});
		stack.at = semicolon + 1;
	}
	push_frame(folded, stack);
	stack_list_end(&folded->stacks);
}

/* The name of a leaf with what was taken for a number. */
static uint32_t with_suffix(struct folded *folded, uint32_t leaf, struct span suffix)
{
	const struct profile *profile = builder_profile(folded->builder);
	struct text name = {0};
	uint32_t number;

	text_add_string(&name, profile_text(profile, folded->functions[leaf]));
	text_add(&name, suffix.at, span_length(suffix));
	number = function_number(folded, builder_string(folded->builder, name.bytes, name.length));
	text_clear(&name);
	return number;
}

/* A line with one number came: the others have one too, and a frame that ends in a number. */
static void decide_single(struct folded *folded)
{
	const char *suffix = text_string(&folded->suffixes);
	size_t start = 0;

	for (size_t i = 0; i < folded->suffix_count; i++) {
		size_t depth, end = folded->suffix_ends[i];
		uint32_t *stack = stack_list_get(&folded->stacks, i, &depth);

		if (depth)
			stack[depth - 1] = with_suffix(folded, stack[depth - 1],
						       (struct span){suffix + start, suffix + end});
		folded->values[i] = folded->values[2 * i + 1];
		start = end;
	}
	folded->value_count = folded->suffix_count;
	folded->width = 1;
	folded->undecided = false;
	text_clear(&folded->suffixes);
}

static void skip_line(struct folded *folded)
{
	if (folded->skipped++ == 0)
		folded->first_skipped = folded->lines.number;
}

/* Reads a line as a stack and `width` numbers; false, and nothing changed, if it has fewer. */
static bool read_values(struct folded *folded, struct span *line, int64_t *values)
{
	struct span rest = *line;
	bool rounded = false;

	for (uint32_t i = folded->width; i-- > 0;)
		if (!take_last_value(&rest, &values[i], &rounded))
			return false;
	folded->rounded = folded->rounded || rounded;
	*line = rest;
	return true;
}

static void read_row(struct folded *folded, struct span line)
{
	int64_t values[TYPE_LIMIT];
	struct span stack = line;

	if (!read_values(folded, &stack, values)) {
		if (!folded->undecided) {
			skip_line(folded);
			return;
		}
		/* Only a line with one number says that there is one; others say nothing. */
		folded->width = 1;
		if (!read_values(folded, &stack, values)) {
			folded->width = 2;
			skip_line(folded);
			return;
		}
		decide_single(folded);
	}
	push_stack(folded, stack);
	for (uint32_t i = 0; i < folded->width; i++)
		array_push(folded->values, folded->value_count, folded->value_capacity, values[i]);
	if (folded->undecided) {
		struct span single = line;
		int64_t value;
		bool rounded;

		take_last_value(&single, &value, &rounded);
		text_add(&folded->suffixes, stack.end, (size_t)(single.end - stack.end));
		array_push(folded->suffix_ends, folded->suffix_count, folded->suffix_capacity,
			   folded->suffixes.length);
	}
}

/* How many words a line of TYPE/UNIT words has; 0 if it is another line. */
static uint32_t count_types(struct span line)
{
	uint32_t count = 0;

	for (span_skip_space(&line); !span_is_empty(line); span_skip_space(&line)) {
		struct span word = span_take_word(&line);
		const char *slash = span_find(word, "/");

		if (!slash || slash == word.at || slash + 1 == word.end || ++count > TYPE_LIMIT)
			return 0;
	}
	return count;
}

/* Adds the types of a first line that names them; false if the line is a stack. */
static bool read_types(struct folded *folded, struct span line)
{
	uint32_t count = count_types(line);

	for (uint32_t i = 0; i < count; i++) {
		struct span word;
		const char *slash;

		span_skip_space(&line);
		word = span_take_word(&line);
		slash = span_find(word, "/");
		builder_type(
			folded->builder,
			builder_string(folded->builder, word.at, (size_t)(slash - word.at)),
			builder_string(folded->builder, slash + 1, (size_t)(word.end - slash - 1)));
	}
	if (!count)
		return false;
	folded->type_count = folded->width = count;
	folded->undecided = false;
	return true;
}

static void add_types(struct folded *folded)
{
	struct builder *builder = folded->builder;
	string_id unit = builder_text(builder, "count");

	if (folded->type_count)
		return;
	if (folded->width == 2) {
		builder_type(builder, builder_text(builder, "before"), unit);
		builder_type(builder, builder_text(builder, "after"), unit);
	} else {
		builder_type(builder, builder_text(builder, "samples"), unit);
	}
}

/* Each function is a location of its own: folded stacks know no addresses. */
static void add_all(struct folded *folded)
{
	uint32_t *leaf_first = NULL;
	size_t capacity = 0;

	add_types(folded);
	for (size_t i = 0; i < folded->function_count; i++) {
		struct function function = {.id = i + 1,
					    .name = folded->functions[i],
					    .system_name = folded->functions[i]};
		struct location location = {.id = i + 1, .mapping = NONE};
		struct line line = {builder_function(folded->builder, &function), 0, 0};

		builder_location(folded->builder, &location, &line, 1);
	}
	for (size_t i = 0; i < folded->stacks.count; i++) {
		size_t depth;
		const uint32_t *stack = stack_list_get(&folded->stacks, i, &depth);

		array_reserve(leaf_first, capacity, depth);
		for (size_t k = 0; k < depth; k++)
			leaf_first[k] = stack[depth - 1 - k];
		builder_sample(folded->builder, leaf_first, depth,
			       folded->values + i * folded->width, folded->width, NULL, 0);
	}
	free(leaf_first);
}

static bool read_rows(struct folded *folded, struct error *error)
{
	struct span line;
	bool more;

	for (;;) {
		if (!lines_next(&folded->lines, &line, &more, error))
			return false;
		if (!more)
			break;
		line.end = span_trim(line).end;
		if (span_is_empty(line))
			continue;
		if (folded->lines.number > 1 || !read_types(folded, line))
			read_row(folded, line);
	}
	if (!folded->stacks.count && folded->skipped)
		return error_set(error,
				 "unrecognized profile format: no line is a folded stack like "
				 "\"main;work 12\"; name a profile");
	add_all(folded);
	if (folded->skipped)
		builder_warn(
			folded->builder,
			"passed over %llu lines that are no stack and number; the first is line %llu",
			(unsigned long long)folded->skipped,
			(unsigned long long)folded->first_skipped);
	if (folded->rounded)
		builder_warn(folded->builder, "rounded the values that have fractions");
	return true;
}

static bool read_folded(struct input *input, struct builder *builder, struct error *error)
{
	struct folded folded = {.builder = builder, .width = 2, .undecided = true};
	bool good;

	lines_init(&folded.lines, input);
	good = read_rows(&folded, error);
	lines_clear(&folded.lines);
	stack_list_clear(&folded.stacks);
	text_clear(&folded.suffixes);
	free(folded.suffix_ends);
	free(folded.function_at);
	free(folded.functions);
	free(folded.values);
	return good;
}

/* Control characters are in no text. */
static bool is_text(struct span span)
{
	for (; span.at < span.end; span.at++)
		if ((unsigned char)*span.at < ' ' && !char_is_space(*span.at))
			return false;
	return true;
}

/* What a probe sees of the lines. */
struct sight {
	size_t good, bad; /* with a number at the end, and without */
	size_t split;     /* with a ";" */
	size_t plain;     /* good, and nothing but a name before the numbers */
};

static void look_at(struct sight *sight, struct span line)
{
	int64_t value;
	bool rounded;

	line = span_trim(line);
	if (span_is_empty(line))
		return;
	sight->split += span_find(line, ";") != NULL;
	if (!take_last_value(&line, &value, &rounded)) {
		sight->bad++;
		return;
	}
	sight->good++;
	take_last_value(&line, &value, &rounded);
	span_take_word(&line);
	sight->plain += span_is_empty(line);
}

/*
 * Lines that end in a number are common, so most must be split at a ";". Where
 * none is, a program without callers, every line must be a word and numbers.
 */
static int probe_folded(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;
	struct sight sight = {0};

	if (!is_text(head))
		return 0;
	for (bool first = true; span_take_line(&head, &line); first = false) {
		/* The last line may go on beyond what is seen. */
		if (span_is_empty(head) && length == FORMAT_PROBE_SIZE)
			sight.split += first && span_find(line, ";");
		else if (!first || !count_types(line))
			look_at(&sight, line);
	}
	if (!sight.good && !sight.bad)
		return sight.split ? 51 : 0;
	if (sight.split > (sight.good + sight.bad) / 2 && sight.good > sight.bad)
		return 70;
	return !sight.bad && sight.plain == sight.good && !char_is_digit(*bytes) ? 55 : 0;
}

const struct format format_folded = {
	.name = "folded",
	.summary = "folded stacks, one or two numbers a line",
	.probe = probe_folded,
	.read = read_folded,
};
