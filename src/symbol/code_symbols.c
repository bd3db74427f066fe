/* SPDX-License-Identifier: MIT */
#include "symbol/code_symbols.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "symbol/symbol_table.h"
#include "transform/demangle.h"

/* The symbols of one address: [first, end) of the table. */
struct group {
	const struct symbol_table *table;
	size_t first, end;
};

static const char *keep(struct code_symbols *list, const char *text)
{
	return arena_text(&list->arena, text, strlen(text));
}

/* The name or one of its readable forms that the pattern matches; NULL if there is none. */
static const char *match_name(struct code_symbols *list, const char *name,
			      const struct pattern *pattern)
{
	static const int styles[] = {DEMANGLE_FULL, DEMANGLE_TEMPLATES, DEMANGLE_DEFAULT};
	const char *found = NULL;
	struct text text = {0};

	if (!pattern || pattern_matches(pattern, name, strlen(name)))
		return keep(list, name);
	for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]) && !found; i++)
		if (demangle_text(name, styles[i], &text) &&
		    pattern_matches(pattern, text.bytes, text.length))
			found = keep(list, text.bytes);
	text_clear(&text);
	return found;
}

static void add_symbol(struct code_symbols *list, const struct group *group, uint64_t end,
		       const struct code_wanted *wanted)
{
	const struct symbol *symbols = group->table->symbols;
	struct code_symbol found = {.start = symbols[group->first].address, .end = end};
	size_t count = group->end - group->first;

	found.names = arena_alloc(&list->arena, count * sizeof(*found.names));
	if (wanted->has_address && wanted->address >= found.start && wanted->address <= end) {
		for (size_t i = group->first; i < group->end; i++)
			found.names[found.name_count++] = keep(list, symbols[i].name);
	}
	for (size_t i = group->first; i < group->end && !found.name_count; i++) {
		found.names[0] = match_name(list, symbols[i].name, wanted->pattern);
		found.name_count = found.names[0] != NULL;
	}
	if (found.name_count)
		array_push(list->items, list->count, list->capacity, found);
}

/* The last symbol ends where its size says; in pprof it reaches to the end of all addresses. */
static uint64_t end_of(const struct symbol_table *table, size_t next)
{
	const struct symbol *last = &table->symbols[next - 1];

	if (next < table->count)
		return table->symbols[next].address - 1;
	return last->size ? last->address + last->size - 1 : last->address;
}

bool code_symbols_find(struct code_symbols *list, const char *path,
		       const struct code_wanted *wanted, struct error *error)
{
	struct symbol_table table;
	struct elf_file elf;
	struct group group = {.table = &table};

	if (!elf_open(&elf, path, error))
		return false;
	symbol_table_read(&table, &elf, SYMBOLS_OF_NM);
	while (group.end < table.count) {
		const struct symbol *first = &table.symbols[group.end];

		group.first = group.end;
		while (group.end < table.count &&
		       table.symbols[group.end].address == first->address &&
		       table.symbols[group.end].is_undefined == first->is_undefined)
			group.end++;
		if (!first->is_undefined)
			add_symbol(list, &group, end_of(&table, group.end), wanted);
	}
	symbol_table_clear(&table);
	elf_close(&elf);
	return true;
}

void code_symbols_clear(struct code_symbols *list)
{
	free(list->items);
	arena_clear(&list->arena);
	*list = (struct code_symbols){0};
}
