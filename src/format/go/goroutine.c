/* SPDX-License-Identifier: MIT */
/*
 * Goroutine dumps of Go as people find them: debug=2, SIGQUIT, panics, also
 * amid other output and behind the prefixes of a log. Each goroutine is a
 * sample; what its header says are labels:
 *
 *     state       "chan receive"         created_by  the function that started it
 *     wait        seconds, of minutes    waits_for   the lock or channel, if printed
 *     locked      "thread"               bubble, leaked, and those of pprof.Do
 *
 * What the panic said is a comment of the profile. Inlined functions share
 * the location of their caller, as in the profile of the same moment.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "format/go/gctrace_line.h"
#include "format/go/goroutine_line.h"
#include "format/lines.h"
#include "format/log_prefix.h"
#include "format/list.h"
#include "format/stack_list.h"
#include "format/symbols.h"

/* The runtime shows 100 functions of a stack, among them some that it hides. */
#define SILENT_DEPTH 90
/* Lines of one panic message that are kept. */
#define MESSAGE_LIMIT 16

/* One function of a location with those inlined into it. */
struct call_key {
	uint64_t address;
	int64_t line;
	string_id name, file;
	uint32_t inner; /* number of what is inlined here; NONE */
	uint32_t padding;
};

struct goroutine {
	int64_t id;
	size_t first_label, label_count;
	bool repeated; /* an earlier one has this id, and its stack */
};

enum place {
	OUTSIDE,
	IN_STACK,
	AT_CREATOR,   /* its place follows */
	AT_ANCESTORS, /* stacks of other goroutines, until an empty line */
};

struct dump {
	struct builder *builder;
	struct lines lines;
	struct symbols symbols;
	struct intern calls;
	uint32_t *locations; /* by call; NONE: only inlined so far */
	struct symbol_line *built;
	size_t location_capacity, built_capacity;
	uint32_t location_count, inner; /* inner: what waits for the function it is inlined into */
	enum place place;
	bool has_name, inlined; /* a function that waits for its place */
	struct text name, key, value;
	uint64_t argument; /* the first of that function, 0 if it is not certain */
	bool complete;     /* the present goroutine: its creator or its root was seen */
	bool half;         /* it ends in a function without its place */
	bool named_lock;
	uint64_t cycles; /* lines of gctrace amid the dump */
	struct stack_list stacks;
	struct intern ids; /* of goroutines; the number is that of the first with it */
	uint32_t *first;
	struct goroutine *goroutines;
	struct label *labels;
	size_t first_capacity, count, capacity, label_count, label_capacity;
	struct log_prefix prefix; /* of each line, as the last header has it */
	bool crash, several;      /* sections between "-----"; several dumps in one text */
	struct text message; /* of a panic, lines ended by \n, with what a log puts before them */
	size_t message_lines;
};

static string_id add_string(struct dump *dump, struct span span)
{
	return builder_string(dump->builder, span.at, span_length(span));
}

static void add_label(struct dump *dump, struct label label)
{
	array_push(dump->labels, dump->label_count, dump->label_capacity, label);
	dump->goroutines[dump->count - 1].label_count++;
}

static void add_text_label(struct dump *dump, const char *key, struct span value)
{
	add_label(dump, (struct label){.key = builder_text(dump->builder, key),
				       .text = add_string(dump, value)});
}

/* The number of a call; its lines are those inlined into it, innermost first, and its own. */
static uint32_t call_number(struct dump *dump, const struct call_key *key)
{
	size_t known = dump->calls.count;
	uint32_t number = intern_add(&dump->calls, key);

	if (number == known) {
		array_reserve(dump->locations, dump->location_capacity, (size_t)number + 1);
		dump->locations[number] = NONE;
	}
	return number;
}

static uint32_t location_of(struct dump *dump, uint32_t call)
{
	struct location location = {.mapping = NONE};
	uint32_t count = 0;

	if (dump->locations[call] != NONE)
		return dump->locations[call];
	for (uint32_t at = call; at != NONE;) {
		const struct call_key *key = intern_key(&dump->calls, at);

		location.address = key->address;
		array_reserve(dump->built, dump->built_capacity, (size_t)count + 1);
		dump->built[count++] = (struct symbol_line){
			symbols_function(&dump->symbols, key->name, key->file, false), key->line};
		at = key->inner;
	}
	location.address = ((const struct call_key *)intern_key(&dump->calls, call))->address;
	for (uint32_t i = 0; i < count / 2; i++) {
		struct symbol_line line = dump->built[i];

		dump->built[i] = dump->built[count - 1 - i];
		dump->built[count - 1 - i] = line;
	}
	dump->locations[call] = dump->location_count++;
	location.id = dump->location_count;
	symbols_set(&dump->symbols, dump->locations[call], dump->built, count);
	symbols_add_location(&dump->symbols, dump->builder, dump->locations[call], &location);
	return dump->locations[call];
}

/* A function and its place; an inlined one waits for the function it is part of. */
static void push_call(struct dump *dump, struct span name, const struct goroutine_place *place,
		      bool inlined)
{
	struct call_key key = {.address = place->address,
			       .line = place->line,
			       .name = add_string(dump, name),
			       .file = add_string(dump, place->file),
			       .inner = dump->inner};
	uint32_t call = call_number(dump, &key);

	dump->inner = inlined ? call : NONE;
	if (!inlined)
		stack_list_push(&dump->stacks, location_of(dump, call));
}

static void push_pseudo(struct dump *dump, const char *name, uint64_t address)
{
	push_call(dump, span_of(name),
		  &(struct goroutine_place){.file = span_of(""), .address = address}, false);
}

static struct span text_span(const struct text *text)
{
	return (struct span){text_string(text), text_string(text) + text->length};
}

/* Functions whose first argument is what the goroutine waits for. */
static bool waits(struct span function)
{
	static const char *const names[] = {
		"sync.(*Mutex).lockSlow",    "internal/sync.(*Mutex).lockSlow",
		"sync.(*Mutex).Lock",        "internal/sync.(*Mutex).Lock",
		"sync.(*RWMutex).RLock",     "sync.(*RWMutex).Lock",
		"sync.(*RWMutex).rLockSlow", "sync.(*WaitGroup).Wait",
		"sync.(*Cond).Wait",         "runtime.chanrecv",
		"runtime.chansend",
	};

	for (size_t i = 0; i < COUNT(names); i++)
		if (span_equals(function, names[i]))
			return true;
	return false;
}

/* The first word of the arguments, unless it may be stale ("0x1?"). */
static uint64_t first_argument(struct span arguments)
{
	uint64_t value;
	struct span digits;

	if (!span_take(&arguments, "0x"))
		return 0;
	digits = span_take_hex(&arguments);
	return !span_starts(arguments, "?") && span_hex(digits, &value) ? value : 0;
}

static void name_lock(struct dump *dump)
{
	char address[24];

	if (dump->named_lock || !dump->argument || !waits(text_span(&dump->name)))
		return;
	dump->named_lock = true;
	snprintf(address, sizeof(address), "0x%llx", (unsigned long long)dump->argument);
	add_text_label(dump, "waits_for", span_of(address));
}

static void end_goroutine(struct dump *dump)
{
	size_t depth;

	if (dump->place == OUTSIDE)
		return;
	dump->place = OUTSIDE;
	dump->has_name = false;
	if (dump->inner != NONE)
		stack_list_push(&dump->stacks, location_of(dump, dump->inner));
	dump->inner = NONE;
	stack_list_end(&dump->stacks);
	stack_list_get(&dump->stacks, dump->stacks.count - 1, &depth);
	if (!depth) {
		dump->stacks.count--;
		push_pseudo(dump, "[stack unavailable]", 0);
		stack_list_end(&dump->stacks);
	}
}

/*
 * A crash shows the threads one after the other, and some goroutines twice:
 * first without a stack. Otherwise a second one of this id is of another dump.
 */
static void check_repeated(struct dump *dump, int64_t id)
{
	size_t known = dump->ids.count, depth;
	uint32_t number = intern_add(&dump->ids, &id), earlier;

	array_reserve(dump->first, dump->first_capacity, (size_t)number + 1);
	if (number != known && id != 0) {
		earlier = dump->first[number];
		stack_list_get(&dump->stacks, earlier, &depth);
		if (dump->crash && depth > 1)
			dump->goroutines[dump->count - 1].repeated = true;
		else if (dump->crash)
			dump->goroutines[earlier].repeated = true;
		else
			dump->several = true;
	}
	if (!dump->goroutines[dump->count - 1].repeated)
		dump->first[number] = (uint32_t)(dump->count - 1);
}

static void add_header_labels(struct dump *dump, struct goroutine_header *header)
{
	add_text_label(dump, "state", header->state);
	if (header->minutes > 0 && header->minutes <= INT64_MAX / 60)
		add_label(dump, (struct label){.key = builder_text(dump->builder, "wait"),
					       .text = NONE,
					       .unit = builder_text(dump->builder, "seconds"),
					       .number = header->minutes * 60});
	if (header->locked)
		add_text_label(dump, "locked", span_of("thread"));
	if (header->leaked)
		add_text_label(dump, "leaked", span_of("yes"));
	if (!span_is_empty(header->bubble))
		add_text_label(dump, "bubble", header->bubble);
	while (goroutine_line_label(&header->labels, &dump->key, &dump->value))
		if (dump->value.length)
			add_label(dump, (struct label){
						.key = add_string(dump, text_span(&dump->key)),
						.text = add_string(dump, text_span(&dump->value))});
}

/* Where a message of the runtime begins in a line; NULL if none does. */
static const char *find_message(struct span line)
{
	static const char *const starts[] = {"panic: ", "fatal error: ", "SIGQUIT: ", "SIGABRT: "};

	for (size_t i = 0; i < COUNT(starts); i++) {
		const char *at = span_find(line, starts[i]);

		if (at && (at == line.at || char_is_space(at[-1])))
			return at;
	}
	return NULL;
}

/* What a panic said, if it stood behind the prefix of this dump, up to an empty line. */
static void take_message(struct dump *dump)
{
	struct span text = text_span(&dump->message), line;

	for (bool first = true; span_take_line(&text, &line); first = false) {
		if (!log_prefix_take(&dump->prefix, &line) || span_is_empty(line) ||
		    (first && find_message(line) != line.at))
			break;
		builder_comment(dump->builder, add_string(dump, line));
	}
	text_reset(&dump->message);
}

static void begin_goroutine(struct dump *dump, struct span line, struct goroutine_header *header,
			    size_t prefix)
{
	struct goroutine goroutine = {.id = header->id, .first_label = dump->label_count};

	end_goroutine(dump);
	log_prefix_learn(&dump->prefix, (struct span){line.at, line.at + prefix});
	take_message(dump);
	array_push(dump->goroutines, dump->count, dump->capacity, goroutine);
	check_repeated(dump, header->id);
	add_header_labels(dump, header);
	dump->place = IN_STACK;
	dump->complete = dump->half = dump->named_lock = false;
}

static void hold_name(struct dump *dump, struct span name, bool inlined, uint64_t argument)
{
	text_reset(&dump->name);
	text_add(&dump->name, name.at, span_length(name));
	dump->has_name = true;
	dump->inlined = inlined;
	dump->argument = argument;
}

/*
 * True for what stands at the root of a goroutine that nobody created. With
 * addresses all of the runtime is shown.
 */
static bool is_root(struct span function, bool has_address)
{
	const char *init = span_find(function, ".init");

	if (span_starts(function, "runtime.goexit"))
		return true;
	return !has_address && (span_equals(function, "main.main") ||
				(init && (init + 5 == function.end || init[5] == '.')));
}

/* A line with the place of the function above it. */
static void read_place(struct dump *dump, const struct goroutine_place *place)
{
	struct span name = text_span(&dump->name);

	if (dump->place == AT_CREATOR) {
		dump->complete = true;
		dump->place = AT_ANCESTORS;
	} else if (dump->has_name && dump->place == IN_STACK) {
		name_lock(dump);
		push_call(dump, name, place, dump->inlined);
		/* Every function but an inlined one says how far into it. */
		dump->half = !dump->inlined && !place->offset && !place->has_address;
		dump->complete = dump->goroutines[dump->count - 1].id <= 1 &&
				 is_root(name, place->has_address);
	}
	dump->has_name = false;
}

static void read_stack_line(struct dump *dump, struct span line)
{
	struct goroutine_call call;
	struct goroutine_place place;
	struct span function;
	uint64_t address;

	if (goroutine_line_place(line, &place)) {
		read_place(dump, &place);
	} else if (dump->place != IN_STACK) {
		return;
	} else if (goroutine_line_creator(line, &function)) {
		add_text_label(dump, "created_by", function);
		dump->place = AT_CREATOR;
	} else if (span_starts(line, "\tgoroutine running on other thread")) {
		dump->complete = true;
	} else if (span_starts(line, "[originating from goroutine ")) {
		dump->place = AT_ANCESTORS;
	} else if (goroutine_line_foreign(line, &address)) {
		push_pseudo(dump, "non-Go function", address);
	} else if (goroutine_line_elided(line)) {
		push_pseudo(dump, "[frames elided]", 0);
		dump->complete = true;
	} else if (goroutine_line_call(line, &call)) {
		hold_name(dump, call.function, call.inlined, first_argument(call.arguments));
		dump->half = true;
	} else if (!char_is_space(*line.at)) {
		/* A function of C has no parentheses; or else it is a line of something else. */
		hold_name(dump, line, false, 0);
	}
}

/* Lines between dumps: a message of the runtime and what follows it. */
static void read_outside(struct dump *dump, struct span line)
{
	struct span rest = line;

	log_prefix_take(&dump->prefix, &rest);
	if (span_equals(span_trim(rest), "-----"))
		dump->crash = true;
	if (!dump->message.length && !find_message(line))
		return;
	if (!dump->message.length)
		dump->message_lines = 0;
	if (dump->message_lines++ >= MESSAGE_LIMIT)
		return;
	text_add(&dump->message, line.at, span_length(line));
	text_add_char(&dump->message, '\n');
}

static void read_line(struct dump *dump, struct span line)
{
	struct goroutine_header header;
	int64_t values[GC_COLUMN_COUNT];
	size_t prefix;

	if (goroutine_line_header(line, &header, &prefix)) {
		begin_goroutine(dump, line, &header, prefix);
		return;
	}
	if (gctrace_line_read(line, values) == GCTRACE_CYCLE) {
		dump->cycles++;
		return;
	}
	if (dump->place == OUTSIDE) {
		read_outside(dump, line);
		return;
	}
	log_prefix_take(&dump->prefix, &line);
	if (span_is_empty(span_trim(line)))
		end_goroutine(dump);
	else
		read_stack_line(dump, line);
}

static void add_samples(struct dump *dump)
{
	static const int64_t one = 1;

	for (size_t i = 0; i < dump->count; i++) {
		const struct goroutine *goroutine = &dump->goroutines[i];
		size_t depth;
		const uint32_t *stack = stack_list_get(&dump->stacks, i, &depth);

		if (!goroutine->repeated)
			builder_sample(dump->builder, stack, depth, &one, 1,
				       dump->labels + goroutine->first_label,
				       goroutine->label_count);
	}
}

/* True if the last goroutine has neither creator nor root, or ends in half a frame. */
static bool is_cut(const struct dump *dump)
{
	const struct goroutine *last = &dump->goroutines[dump->count - 1];
	size_t depth;

	stack_list_get(&dump->stacks, dump->stacks.count - 1, &depth);
	if (dump->half || dump->complete)
		return dump->half;
	/* A thread of the runtime begins with any function; up to Go 1.20 a deep stack ends in silence. */
	return last->id > 1 || (last->id == 1 && depth < SILENT_DEPTH);
}

/* Says that the end is missing, as far as the text shows it. */
static void report_cut(struct dump *dump, bool open, bool half_header)
{
	const struct goroutine *last = dump->count ? &dump->goroutines[dump->count - 1] : NULL;

	if (half_header)
		builder_warn(
			dump->builder,
			"the text ends inside the header of a goroutine: it is a partial dump, "
			"this goroutine and all behind it are missing; capture it again");
	else if (last && open && is_cut(dump))
		builder_warn(
			dump->builder,
			"the text ends inside goroutine %lld: it is a partial dump, the rest of "
			"its stack and all goroutines behind it are missing; capture it again",
			(long long)last->id);
	else if (dump->lines.open)
		lines_warn_cut(&dump->lines, dump->builder, "dump");
	if (dump->several)
		builder_warn(
			dump->builder,
			"the text holds several dumps, which are added up; split it to compare "
			"them");
	if (dump->cycles)
		builder_warn(
			dump->builder,
			"the text also holds %llu lines of gctrace, which are not read; put them "
			"into a file of their own",
			(unsigned long long)dump->cycles);
}

static bool read_lines(struct dump *dump, struct error *error)
{
	struct profile *profile = builder_profile(dump->builder);
	bool more, open, half_header = false;
	struct span line;

	for (;;) {
		if (!lines_next(&dump->lines, &line, &more, error))
			return false;
		if (!more)
			break;
		read_line(dump, line);
		log_prefix_take(&dump->prefix, &line);
		half_header =
			dump->place == OUTSIDE && dump->count && span_starts(line, "goroutine ");
	}
	open = dump->place != OUTSIDE;
	end_goroutine(dump);
	if (!dump->count)
		return error_set(
			error,
			"the text names no goroutine: it is cut before the first, or written "
			"with GOTRACEBACK=none; run the program with GOTRACEBACK=all");
	profile->has_period_type = true;
	profile->period_type.type = builder_text(dump->builder, "goroutine");
	profile->period_type.unit = builder_text(dump->builder, "count");
	profile->period = 1;
	builder_type(dump->builder, profile->period_type.type, profile->period_type.unit);
	add_samples(dump);
	report_cut(dump, open, half_header);
	return true;
}

static bool read_goroutines(struct input *input, struct builder *builder, struct error *error)
{
	struct dump dump = {.builder = builder, .inner = NONE};
	bool good;

	lines_init(&dump.lines, input);
	symbols_init(&dump.symbols);
	intern_init(&dump.calls, sizeof(struct call_key));
	intern_init(&dump.ids, sizeof(int64_t));
	good = read_lines(&dump, error);
	lines_clear(&dump.lines);
	symbols_clear(&dump.symbols);
	intern_clear(&dump.calls);
	intern_clear(&dump.ids);
	stack_list_clear(&dump.stacks);
	text_clear(&dump.name);
	text_clear(&dump.key);
	text_clear(&dump.value);
	text_clear(&dump.message);
	log_prefix_clear(&dump.prefix);
	free(dump.locations);
	free(dump.built);
	free(dump.first);
	free(dump.goroutines);
	free(dump.labels);
	return good;
}

/* A header is certain; a panic without goroutines gets a better answer than "unrecognized". */
static int probe_goroutines(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length}, line;
	struct goroutine_header header;
	bool panic = false, first = true;
	const char *at;
	size_t prefix;

	for (; span_take_line(&head, &line); first = false) {
		if (goroutine_line_header(line, &header, &prefix))
			return 90;
		at = first ? find_message(line) : NULL;
		panic = panic || (at && at - line.at <= LOG_PREFIX_LIMIT);
	}
	return panic ? 60 : 0;
}

const struct format format_goroutine = {
	.name = "goroutine",
	.summary = "Go goroutine dump: debug=2, SIGQUIT or a panic, also amid a log",
	.probe = probe_goroutines,
	.embedded = true,
	.read = read_goroutines,
};
