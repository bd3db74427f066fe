/* SPDX-License-Identifier: MIT */
#include "symbol/binary_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "symbol/debug_file.h"
#include "symbol/debug_info.h"
#include "symbol/go_table.h"
#include "symbol/symbol_table.h"

/* An address that is asked for, and its place in the query. */
struct asked {
	uint64_t address;
	uint32_t index;
};

struct answering {
	const struct symbol_sink *sink;
	const struct asked *asked; /* by address */
	struct symbol_table table;
	struct go_table *go; /* NULL: none */
	bool names_only;
};

static int by_address(const void *a, const void *b)
{
	const struct asked *x = a, *y = b;

	return (x->address > y->address) - (x->address < y->address);
}

/* The name that the linker knows is the outermost function's; it may be a clone's, or an alias. */
static void name_outermost(const struct answering *answering, uint64_t address,
			   struct symbol_frame *frame)
{
	const struct symbol *symbol = symbol_table_find(&answering->table, address);

	if (!symbol)
		return;
	frame->function = symbol->name;
	if (!*frame->file && symbol->file)
		frame->file = symbol->file;
}

/* Takes what the debug information has of the address asked[i]. */
static void take_debug(void *context, uint32_t i, const struct symbol_frame *frames, uint32_t count)
{
	const struct answering *answering = context;
	const struct asked *asked = &answering->asked[i];
	struct symbol_frame *named = alloc_zero((size_t)count + 1, sizeof(*named));

	if (count)
		memcpy(named, frames, count * sizeof(*named));
	else
		named[count++] = (struct symbol_frame){"", "", 0, 0, 0};
	name_outermost(answering, asked->address, &named[count - 1]);
	if (!*named[count - 1].function && answering->go)
		go_table_find(answering->go, asked->address, answering->sink, asked->index);
	else
		answering->sink->take(answering->sink->context, asked->index, named, count);
	free(named);
}

static void answer_names_only(const struct answering *answering, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		const struct asked *asked = &answering->asked[i];
		const struct symbol *symbol =
			symbol_table_find_near(&answering->table, asked->address);
		struct symbol_frame frame = {symbol ? symbol->name : "", "", 0, 0, 0};

		answering->sink->take(answering->sink->context, asked->index, &frame,
				      symbol != NULL);
	}
}

static void answer_all(struct answering *answering, const struct elf_file *elf,
		       const struct binary_query *query)
{
	const struct symbol_sink debug = {.take = take_debug, .context = answering};
	uint64_t *addresses = alloc_zero(query->count, sizeof(*addresses));
	struct text path = {0};
	struct debug_info *info;

	for (uint32_t i = 0; i < query->count; i++)
		addresses[i] = answering->asked[i].address;
	debug_file_find(elf, query->path, &path);
	info = debug_info_open(path.bytes);
	if (!info && strcmp(path.bytes, query->path) != 0)
		info = debug_info_open(query->path);
	if (info)
		debug_info_find(info, addresses, query->count, &debug);
	else
		for (uint32_t i = 0; i < query->count; i++)
			take_debug(answering, i, NULL, 0);
	debug_info_close(info);
	text_clear(&path);
	free(addresses);
}

void binary_names(const struct binary_query *query, const struct symbol_sink *sink)
{
	struct asked *asked = alloc_zero(query->count, sizeof(*asked));
	struct answering answering = {.sink = sink, .asked = asked};
	struct elf_file elf;
	struct error error;

	for (uint32_t i = 0; i < query->count; i++)
		asked[i] = (struct asked){query->addresses[i], i};
	if (query->count)
		qsort(asked, query->count, sizeof(*asked), by_address);
	if (elf_open(&elf, query->path, &error)) {
		symbol_table_read(&answering.table, &elf,
				  query->names_only ? SYMBOLS_OF_NM : SYMBOLS_OF_SYMBOLIZER);
		if (query->names_only) {
			answer_names_only(&answering, query->count);
		} else {
			answering.go = go_table_open(&elf);
			answer_all(&answering, &elf, query);
			go_table_close(answering.go);
		}
		symbol_table_clear(&answering.table);
		elf_close(&elf);
	} else {
		sink->note(sink->context, error.message);
	}
	free(asked);
}
