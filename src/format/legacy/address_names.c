/* SPDX-License-Identifier: MIT */
#include "format/legacy/address_names.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/span.h"

/* Functions inlined into one another at one address. */
#define INLINE_LIMIT 64

void address_names_init(struct address_names *names)
{
	*names = (struct address_names){0};
	id_table_init(&names->addresses);
}

void address_names_clear(struct address_names *names)
{
	id_table_clear(&names->addresses);
	free(names->names);
}

bool address_names_add(struct address_names *names, struct builder *builder, struct span line)
{
	struct span digits;
	uint64_t address;
	uint32_t number;

	if (!span_take(&line, "0x"))
		return false;
	digits = span_take_hex(&line);
	if (!span_hex(digits, &address) || !span_skip_space(&line))
		return false;
	line = span_trim(line);
	number = id_table_add(&names->addresses, address);
	array_reserve(names->names, names->capacity, names->addresses.count);
	names->names[number] = builder_string(builder, line.at, span_length(line));
	return true;
}

void address_names_apply(const struct address_names *names, uint64_t address, uint32_t location,
			 struct symbols *symbols, struct builder *builder)
{
	struct symbol_line lines[INLINE_LIMIT];
	uint32_t number = id_table_find(&names->addresses, address), count = 0;
	struct span rest;

	if (number == NONE)
		number = id_table_find(&names->addresses, address + 1);
	if (number == NONE)
		return;
	rest = span_of(profile_text(builder_profile(builder), names->names[number]));
	while (!span_is_empty(rest) && count < INLINE_LIMIT) {
		const char *mark = span_find(rest, "--");
		struct span name = {rest.at, mark ? mark : rest.end};

		rest.at = mark ? mark + 2 : rest.end;
		/* "operator--" */
		if (span_is_empty(name) || (mark && span_is_empty(rest)))
			name.end = rest.end;
		lines[count++] = (struct symbol_line){
			symbols_function(symbols,
					 builder_string(builder, name.at, span_length(name)), 0,
					 false),
			0};
	}
	symbols_set(symbols, location, lines, count);
}
