/* SPDX-License-Identifier: MIT */
/*
 * Names that a text gives to addresses: for each location, by number, the
 * lines of source it stands for. Functions enter the profile in the order in
 * which the locations use them.
 */
#ifndef FORMAT_SYMBOLS_H
#define FORMAT_SYMBOLS_H

#include <stdbool.h>

#include "base/intern.h"
#include "profile/builder.h"

struct symbol_line {
	uint32_t function; /* from symbols_function */
	int64_t line;
};

struct symbol_range {
	size_t first;
	uint32_t count;
	bool hidden; /* belongs to the runtime, says the text, but not which function it is */
};

struct symbols {
	struct intern functions; /* name and file */
	string_id *files;        /* by function */
	function_id *defined;    /* by function; NONE: not in the profile yet */
	struct symbol_line *lines;
	struct symbol_range *ranges; /* by location; those beyond range_count have no lines */
	struct line *built;          /* the lines of one location, for the builder */
	size_t files_capacity, defined_capacity, line_count, line_capacity;
	size_t range_count, range_capacity, built_capacity;
};

void symbols_init(struct symbols *symbols);
void symbols_clear(struct symbols *symbols);

/* A function; with one_file, functions of one name are one, in the file that came first. */
uint32_t symbols_function(struct symbols *symbols, string_id name, string_id file, bool one_file);

/* Sets the lines of a location, innermost first; they replace what was set before. */
void symbols_set(struct symbols *symbols, uint32_t location, const struct symbol_line *lines,
		 uint32_t count);

/* Notes that the text leaves a location out because it belongs to Go's runtime. */
void symbols_hide(struct symbols *symbols, uint32_t location);

/* How many lines a location has. */
uint32_t symbols_count(const struct symbols *symbols, uint32_t location);

/*
 * Adds a location with its lines to the profile. One that is hidden and has
 * none becomes the function "runtime.[hidden]".
 */
location_id symbols_add_location(struct symbols *symbols, struct builder *builder, uint32_t number,
				 const struct location *location);

#endif
