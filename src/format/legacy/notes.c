/* SPDX-License-Identifier: MIT */
#include "format/legacy/notes.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "format/quoted.h"

/* Notes that fit nowhere before the rest of a row's notes is given up. */
#define MISS_LIMIT 16

void notes_clear(struct notes *notes)
{
	free(notes->notes);
	free(notes->labels);
	free(notes->lines);
	text_clear(&notes->unquoted);
}

void notes_reset(struct notes *notes)
{
	notes->count = 0;
	notes->label_count = 0;
}

static string_id add_string(struct builder *builder, struct span span)
{
	return builder_string(builder, span.at, span_length(span));
}

/* "main.recv+0x39" without the offset into the function. */
static struct span without_offset(struct span name)
{
	const char *at = name.end;

	while (at > name.at && char_is_hex(at[-1]))
		at--;
	if (at < name.end && at - name.at > 3 && memcmp(at - 3, "+0x", 3) == 0)
		name.end = at - 3;
	return name;
}

/* "example.com/leak/main.go:139" into file and line. */
static void split_place(struct span place, struct span *file, int64_t *line)
{
	const char *at = place.end;

	*line = 0;
	while (at > place.at && char_is_digit(at[-1]))
		at--;
	if (at > place.at && at[-1] == ':' && span_decimal((struct span){at, place.end}, line))
		place.end = at - 1;
	*file = place;
}

/* Columns are padded with tabs, one or more; names may hold spaces. */
static struct span take_column(struct span *line)
{
	struct span column;

	while (span_take(line, "\t"))
		;
	column = *line;
	while (line->at < line->end && *line->at != '\t')
		line->at++;
	column.end = line->at;
	return column;
}

static void read_frame(struct notes *notes, struct span line, struct symbols *symbols,
		       struct builder *builder)
{
	struct span address = take_column(&line), name = take_column(&line), file;
	struct note note = {.line.function = NONE};

	if (!span_take(&address, "0x") || !span_hex(address, &note.address))
		return;
	if (!span_is_empty(name)) {
		split_place(take_column(&line), &file, &note.line.line);
		note.line.function =
			symbols_function(symbols, add_string(builder, without_offset(name)),
					 add_string(builder, file), false);
	}
	array_push(notes->notes, notes->count, notes->capacity, note);
}

static string_id take_string(struct notes *notes, struct span *line, struct builder *builder)
{
	if (!span_take_quoted(line, &notes->unquoted))
		return NONE;
	return builder_string(builder, text_string(&notes->unquoted), notes->unquoted.length);
}

/* {"key":"value", "key":"value"} */
static void read_labels(struct notes *notes, struct span line, struct builder *builder)
{
	if (!span_take(&line, "{"))
		return;
	do {
		struct label label = {.key = NONE};

		span_skip_blanks(&line);
		label.key = take_string(notes, &line, builder);
		if (label.key == NONE || !span_take(&line, ":"))
			return;
		label.text = take_string(notes, &line, builder);
		if (label.text == NONE)
			return;
		/* A profile cannot say "" otherwise than by saying nothing. */
		if (label.text)
			array_push(notes->labels, notes->label_count, notes->label_capacity, label);
	} while (span_take(&line, ","));
}

void notes_read(struct notes *notes, struct span line, struct symbols *symbols,
		struct builder *builder)
{
	if (!span_take(&line, "#"))
		return;
	if (span_take(&line, " labels: "))
		read_labels(notes, line, builder);
	else
		read_frame(notes, line, symbols, builder);
}

/* How many entries of the stack from `from` on are the same location. */
static size_t stack_run(const uint32_t *stack, size_t count, size_t from)
{
	size_t i = from + 1;

	while (i < count && stack[i] == stack[from])
		i++;
	return i - from;
}

static size_t note_run(const struct notes *notes, size_t from)
{
	size_t i = from + 1;

	while (i < notes->count && notes->notes[i].address == notes->notes[from].address)
		i++;
	return i - from;
}

/*
 * A run of notes with one address belongs to a run of one location: recursion
 * repeats all lines, inlining gives several for each entry. The first entry
 * may lack lines, so those of the last one are taken.
 */
static void give_lines(struct notes *notes, size_t first, size_t run, size_t entries,
		       uint32_t location, struct symbols *symbols)
{
	size_t each = (run + entries - 1) / entries, from = first + run - each, kept = 0;

	if (each <= symbols_count(symbols, location))
		return;
	array_reserve(notes->lines, notes->line_capacity, each);
	for (size_t i = from; i < first + run; i++)
		if (notes->notes[i].line.function != NONE)
			notes->lines[kept++] = notes->notes[i].line;
	if (kept && kept < NONE)
		symbols_set(symbols, location, notes->lines, (uint32_t)kept);
}

void notes_apply(struct notes *notes, const uint32_t *stack, size_t stack_count,
		 const uint64_t *addresses, struct symbols *symbols, struct builder *builder)
{
	size_t at = 0, misses = 0;

	for (size_t i = 0; i < notes->count && misses < MISS_LIMIT;) {
		uint64_t address = notes->notes[i].address;
		size_t run = note_run(notes, i), found = at;

		/* A frame that a signal interrupted is no call, its address is written as it is. */
		while (found < stack_count && addresses[stack[found]] != address &&
		       addresses[stack[found]] != address - 1)
			found++;
		if (found < stack_count) {
			size_t entries = stack_run(stack, stack_count, found);

			give_lines(notes, i, run, entries, stack[found], symbols);
			for (size_t k = 0; at == 0 && k < found; k++)
				symbols_hide(symbols, stack[k]);
			at = found + entries;
		} else {
			misses++;
		}
		i += run;
	}
	if (at && at + 1 == stack_count && !symbols_count(symbols, stack[at])) {
		struct symbol_line line = {
			.function = symbols_function(
				symbols, builder_text(builder, "runtime.goexit"), 0, false)};

		symbols_set(symbols, stack[at], &line, 1);
	}
}
