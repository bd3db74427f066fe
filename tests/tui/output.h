/* SPDX-License-Identifier: MIT */
/*
 * The bytes that a program wrote to its terminal: all of them are kept, and a
 * small parser tells text from control sequences. It knows what the screen no
 * longer shows: bytes that are not ASCII, colours, sanitizer reports.
 */
#ifndef TUI_OUTPUT_H
#define TUI_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "buffer.h"

enum output_state {
	OUTPUT_TEXT,
	OUTPUT_ESCAPE,   /* behind ESC */
	OUTPUT_SEQUENCE, /* behind ESC [ */
	OUTPUT_CHARSET,  /* behind ESC ( and the like: one more byte */
	OUTPUT_STRING,   /* behind ESC ], ended by BEL or ESC \ */
};

struct output {
	struct buffer log;
	enum output_state state;
	int arguments[16], argument_count;
	bool private;                 /* the sequence has a leading ? or > */
	size_t odd_count, odd_at;     /* bytes of text outside 0x20..0x7e; the place of the first */
	size_t color_count, color_at; /* sequences that set a colour */
};

void output_add(struct output *output, const char *bytes, size_t length);

/* Forgets what was counted; the bytes stay. */
void output_restart(struct output *output);
void output_clear(struct output *output);

/* Where the report of a sanitizer starts, or NULL. */
const char *output_report(const struct output *output);

/* `before` bytes up to `at` and some behind it, with all that is not printable as \xNN. */
void output_quote(const struct output *output, size_t at, size_t before, struct buffer *text);

#endif
