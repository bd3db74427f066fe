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
 * - Lines without a number are passed over, as are comments (#) and a line that
 *   names the total; fractions are rounded.
 *
 * Two profilers of Python write it their own way, so that function, file and
 * line of a frame can be told apart:
 *
 *     thread (20244): MainThread;main (app.py:19);fib (app.py:6) 12       py-spy
 *     P5308;T0:5308;/app/app.py:main:19;/app/app.py:fib:6 2010            Austin
 *
 * Austin counts microseconds or bytes, or with -f both; its processes and
 * threads become the labels pid and tid.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "format/frame_table.h"
#include "format/lines.h"
#include "format/list.h"
#include "format/stack_list.h"
#include "format/stacks/folded_row.h"
#include "format/stacks/frame_name.h"

#define TYPE_LIMIT 64
/* Bytes of a stack whose frame has line ends in its name. */
#define PENDING_LIMIT ((size_t)64 * 1024)

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
	bool austin;      /* some lines are Austin's */
	struct span mode; /* of Austin; in mode_text */
	char mode_text[16];
	struct text pending; /* a stack that goes on in the next line */
};

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

	if (folded->austin && folded->width == FOLDED_METRICS)
		return folded_row_metrics(line, values);
	for (uint32_t i = folded->width; i-- > 0;)
		if (!folded_row_value(&rest, &values[i], &rounded))
			return false;
	folded->rounded = folded->rounded || rounded;
	*line = rest;
	return true;
}

/* The same, and decides how many numbers a line has if this one tells. */
static bool decide_values(struct folded *folded, struct span *stack, int64_t *values)
{
	if (read_values(folded, stack, values))
		return true;
	if (!folded->undecided)
		return false;
	/* Only a line with one number says that there is one; others say nothing. */
	folded->width = 1;
	if (!read_values(folded, stack, values)) {
		folded->width = 2;
		return false;
	}
	decide_single(folded);
	return true;
}

/* Lines of Austin have one number, or three with commas. */
static void decide_austin(struct folded *folded, struct span line)
{
	int64_t metrics[FOLDED_METRICS];

	folded->austin = true;
	if (folded->undecided && folded->stacks.count)
		decide_single(folded);
	folded->undecided = false;
	folded->width = folded_row_metrics(&line, metrics) ? FOLDED_METRICS : 1;
}

static void read_row(struct folded *folded, struct span line)
{
	int64_t values[TYPE_LIMIT];
	struct span stack = line;

	if (!folded->austin && !folded->type_count && folded_row_is_austin(line))
		decide_austin(folded, line);
	if (!decide_values(folded, &stack, values)) {
		skip_line(folded);
		return;
	}
	push_stack(folded, stack);
	for (uint32_t i = 0; i < folded->width; i++)
		array_push(folded->values, folded->value_count, folded->value_capacity, values[i]);
	if (folded->undecided) {
		struct span single = line;
		int64_t value;
		bool rounded = false;

		folded_row_value(&single, &value, &rounded);
		text_add(&folded->suffixes, stack.end, (size_t)(single.end - stack.end));
		array_push(folded->suffix_ends, folded->suffix_count, folded->suffix_capacity,
			   folded->suffixes.length);
	}
}

/* A stack of py-spy without a number: the name of its last frame goes on in the next line. */
static bool goes_on(const struct folded *folded, struct span line)
{
	const char *bracket = span_find(line, " (");
	struct span stack = line;
	int64_t value;
	bool rounded = false;

	return !folded->pending.length && bracket && span_find(line, ";") &&
	       span_find((struct span){bracket, line.end}, ");") &&
	       !folded_row_value(&stack, &value, &rounded);
}

/* Adds a line to the stack that goes on; true if that is whole now. */
static bool add_pending(struct folded *folded, struct span line)
{
	struct span stack;
	int64_t value;
	bool rounded = false;

	line = span_trim(line);
	text_add_char(&folded->pending, ' ');
	text_add(&folded->pending, line.at, span_length(line));
	stack = line;
	return folded_row_value(&stack, &value, &rounded) && !span_is_empty(stack) &&
	       stack.end[-1] == ')';
}

static void read_text(struct folded *folded, struct span line)
{
	struct text *pending = &folded->pending;

	if (pending->length) {
		bool whole = add_pending(folded, line);

		if (!whole && pending->length < PENDING_LIMIT)
			return;
		read_row(folded, (struct span){pending->bytes, pending->bytes + pending->length});
		text_reset(pending);
	} else if (goes_on(folded, line)) {
		text_add(pending, line.at, span_length(line));
	} else {
		read_row(folded, line);
	}
}

/* What Austin says in front: "# mode: wall". */
static void read_comment(struct folded *folded, struct span line)
{
	struct span word;

	if (!span_take(&line, "# mode:"))
		return;
	span_skip_space(&line);
	word = span_take_word(&line);
	if (span_length(word) >= sizeof(folded->mode_text))
		return;
	memcpy(folded->mode_text, word.at, span_length(word));
	folded->mode = (struct span){folded->mode_text, folded->mode_text + span_length(word)};
}

/* Adds the types of a first line that names them; false if the line is a stack. */
static bool read_types(struct folded *folded, struct span line)
{
	uint32_t count = folded_row_types(line, TYPE_LIMIT);

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

static void add_type(struct folded *folded, const char *type, const char *unit)
{
	builder_type(folded->builder, builder_text(folded->builder, type),
		     builder_text(folded->builder, unit));
}

static void add_austin_types(struct folded *folded)
{
	if (folded->width == FOLDED_METRICS) {
		add_type(folded, "time", "microseconds");
		add_type(folded, "idle", "microseconds");
		add_type(folded, "memory", "bytes");
		builder_profile(folded->builder)->default_type =
			builder_text(folded->builder, "time");
	} else if (span_equals(folded->mode, "memory")) {
		add_type(folded, "memory", "bytes");
	} else {
		add_type(folded, span_equals(folded->mode, "cpu") ? "cpu" : "wall", "microseconds");
	}
}

static void add_types(struct folded *folded)
{
	if (folded->type_count)
		return;
	if (folded->austin) {
		add_austin_types(folded);
	} else if (folded->width == 2) {
		add_type(folded, "before", "count");
		add_type(folded, "after", "count");
	} else {
		add_type(folded, "samples", "count");
	}
}

static struct span function_text(const struct folded *folded, size_t function)
{
	const struct profile *profile = builder_profile(folded->builder);
	const char *text = profile_text(profile, folded->functions[function]);

	return (struct span){text,
			     text + strings_length(&profile->strings, folded->functions[function])};
}

/* py-spy's frames have places: most of them do, as a name may look like one by chance. */
static enum frame_style find_style(const struct folded *folded)
{
	struct frame_name frame;
	size_t places = 0, others = 0;

	if (folded->austin)
		return FRAME_AUSTIN;
	for (size_t i = 0; i < folded->function_count; i++) {
		struct span name = function_text(folded, i);

		if (frame_name_split(FRAME_PYSPY, name, &frame))
			places++;
		else if (!span_starts(name, "thread ") && !span_starts(name, "process "))
			others++;
	}
	return places > others ? FRAME_PYSPY : FRAME_PLAIN;
}

/* The location of each function; folded stacks know no addresses. */
static location_id *add_locations(struct folded *folded, struct frame_table *frames)
{
	enum frame_style style = find_style(folded);
	location_id *locations = alloc_zero(folded->function_count + 1, sizeof(*locations));

	frames->mangled = style == FRAME_PLAIN;
	for (size_t i = 0; i < folded->function_count; i++) {
		struct frame_name frame;

		frame_name_split(style, function_text(folded, i), &frame);
		locations[i] = frame_table_add(frames, frame.name, frame.file, frame.line);
	}
	return locations;
}

/* Takes Austin's process and thread from the root of a stack. */
static size_t take_labels(struct folded *folded, const uint32_t **stack, size_t *depth,
			  struct label labels[2])
{
	static const char *const keys[] = {"pid", "tid"};
	size_t count = 0;
	struct span number;

	for (size_t i = 0; folded->austin && i < 2 && *depth; i++) {
		struct span frame = function_text(folded, **stack);

		if (!(i ? folded_row_is_thread : folded_row_is_process)(frame, &number))
			break;
		labels[count++] = (struct label){
			.key = builder_text(folded->builder, keys[i]),
			.text = builder_string(folded->builder, number.at, span_length(number))};
		(*stack)++;
		(*depth)--;
	}
	return count;
}

static void add_all(struct folded *folded)
{
	struct frame_table frames;
	location_id *locations, *leaf_first = NULL;
	size_t capacity = 0;

	add_types(folded);
	frame_table_init(&frames, folded->builder);
	locations = add_locations(folded, &frames);
	for (size_t i = 0; i < folded->stacks.count; i++) {
		int64_t *values = folded->values + i * folded->width;
		struct label labels[2];
		size_t depth, label_count;
		const uint32_t *stack = stack_list_get(&folded->stacks, i, &depth);

		label_count = take_labels(folded, &stack, &depth, labels);
		/* Austin says whether the thread was idle all that time. */
		if (folded->austin && folded->width == FOLDED_METRICS)
			values[1] = values[1] ? values[0] : 0;
		array_reserve(leaf_first, capacity, depth);
		for (size_t k = 0; k < depth; k++)
			leaf_first[k] = locations[stack[depth - 1 - k]];
		builder_sample(folded->builder, leaf_first, depth, values, folded->width, labels,
			       label_count);
	}
	free(locations);
	free(leaf_first);
	frame_table_clear(&frames);
}

static void add_warnings(struct folded *folded)
{
	if (folded->skipped)
		builder_warn(
			folded->builder,
			"passed over %llu lines that are no stack and number; the first is line %llu",
			(unsigned long long)folded->skipped,
			(unsigned long long)folded->first_skipped);
	if (folded->rounded)
		builder_warn(folded->builder, "rounded the values that have fractions");
}

static bool read_rows(struct folded *folded, struct error *error)
{
	struct span line;
	bool more, first = true;

	for (;;) {
		if (!lines_next(&folded->lines, &line, &more, error))
			return false;
		if (!more)
			break;
		line.end = span_trim(line).end;
		if (span_is_comment(line)) {
			read_comment(folded, line);
			continue;
		}
		if (!first || !(read_types(folded, line) || folded_row_is_total(line)))
			read_text(folded, line);
		first = false;
	}
	if (folded->pending.length)
		skip_line(folded);
	if (!folded->stacks.count && folded->skipped)
		return error_set(error,
				 "unrecognized profile format: no line is a folded stack like "
				 "\"main;work 12\"; name a profile");
	add_all(folded);
	add_warnings(folded);
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
	text_clear(&folded.pending);
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

/* An object or an array of them, which may be one long line. */
static bool is_json(struct span head)
{
	span_skip_space(&head);
	if (span_take(&head, "["))
		span_skip_space(&head);
	if (!span_take(&head, "{"))
		return false;
	span_skip_space(&head);
	return span_starts(head, "\"") || span_starts(head, "}");
}

/* What a probe sees of the lines. */
struct sight {
	size_t good;  /* stacks with a number at the end */
	size_t plain; /* a name or nothing, and numbers */
	size_t bad;
	bool typed, austin;
	bool split; /* a line without end has a ";" */
};

static void look_at(struct sight *sight, struct span line)
{
	int64_t value, metrics[FOLDED_METRICS];
	bool rounded = false;
	struct span stack = span_trim(line);

	if (folded_row_is_austin(stack) && folded_row_metrics(&stack, metrics)) {
		sight->good++;
		return;
	}
	if (!folded_row_value(&stack, &value, &rounded))
		sight->bad++;
	else if (!span_find(stack, ";"))
		sight->plain++;
	else if (stack.end[-1] == ';')
		sight->bad++;
	else
		sight->good++;
}

/*
 * Lines that end in a number are common: a list of words and numbers is no
 * profile until some line has a ";", or a first line says what the numbers are.
 */
static int probe_folded(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;
	struct sight sight = {0};
	bool first = true;

	if (!is_text(head) || is_json(head))
		return 0;
	while (span_take_line(&head, &line)) {
		if (span_is_comment(line)) {
			sight.austin = sight.austin || span_starts(line, "# austin:");
			continue;
		}
		/* The last line may go on beyond what is seen. */
		if (span_is_empty(head) && length == FORMAT_PROBE_SIZE)
			sight.split = span_find(line, ";");
		else if (first && folded_row_types(line, TYPE_LIMIT))
			sight.typed = true;
		else if (!first || !folded_row_is_total(line))
			look_at(&sight, line);
		first = false;
	}
	if (sight.austin)
		return 80;
	if (!sight.good && !sight.bad && !sight.plain)
		return sight.split ? 51 : 0;
	if (sight.good > sight.bad)
		return 70;
	if (sight.good && sight.bad <= sight.good + 1)
		return 52;
	return sight.typed && sight.plain > sight.bad ? 60 : 0;
}

const struct format format_folded = {
	.name = "folded",
	.summary = "folded stacks, one or two numbers a line; py-spy raw, Austin",
	.probe = probe_folded,
	.read = read_folded,
};
