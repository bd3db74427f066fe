/* SPDX-License-Identifier: MIT */
#include "symbol/address_map.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "base/span.h"
#include "base/text.h"

enum { LONGEST = 256 << 20 }; /* bytes of a list */

static bool is_perf_map(const char *file)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
	struct span span = span_of(name);

	return span_take(&span, "perf-") && !span_is_empty(span_take_digits(&span)) &&
	       span_equals(span, ".map");
}

/* Whole content as a text of its own; NULL if there is no such file, or it is none of ours to read. */
static char *read_text(const char *path, bool regular, size_t *length)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat status;
	struct text text = {0};
	char bytes[1 << 16];
	ssize_t count = 0;

	if (descriptor < 0)
		return NULL;
	if (!regular || (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)))
		while (text.length < LONGEST &&
		       (count = read(descriptor, bytes, sizeof(bytes))) > 0)
			text_add(&text, bytes, (size_t)count);
	close(descriptor);
	*length = text.length;
	return text.bytes;
}

/* The build id of the running kernel is a note like that of a file. */
static bool is_running_kernel(const char *build_id)
{
	enum { HEAD = 16 }; /* three numbers and "GNU" */
	size_t length = 0;
	char *notes = read_text("/sys/kernel/notes", true, &length);
	bool same = false;

	for (size_t at = 0; notes && !same && at + HEAD <= length; at += 4) {
		static const char gnu[] = {3, 0, 0, 0, 'G', 'N', 'U', 0};
		uint32_t size;
		char hex[129] = "";

		memcpy(&size, notes + at + 4, sizeof(size));
		if (memcmp(notes + at + 8, gnu, sizeof(gnu)) != 0 || size > 64 ||
		    size > length - at - HEAD)
			continue;
		for (uint32_t i = 0; i < size; i++)
			snprintf(hex + 2 * i, 3, "%02x", (unsigned char)notes[at + HEAD + i]);
		same = *hex && strcmp(hex, build_id) == 0;
	}
	free(notes);
	return same;
}

/* START SIZE NAME or START TYPE NAME, by what stands in the second place. */
static bool read_line(struct span line, bool sized, struct symbol *symbol)
{
	struct span start = span_take_hex(&line), second;

	span_skip_space(&line);
	second = span_take_word(&line);
	span_skip_space(&line);
	line = span_trim(line);
	if (!span_hex(start, &symbol->address) || span_is_empty(line))
		return false;
	symbol->size = 0;
	if (sized && !span_hex(second, &symbol->size))
		return false;
	if (!sized && (span_length(second) != 1 || !strchr("tTwW", *second.at)))
		return false;
	if (!sized)
		line = span_take_word(&line);
	symbol->name = line.at;
	*(char *)line.end = '\0';
	return true;
}

static int by_address(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	return (x->address > y->address) - (x->address < y->address);
}

/* The table takes the text over: names point into it. */
static void read_list(struct symbol_table *table, char *text, size_t length, bool sized)
{
	struct span rest = {text, text + length}, line;

	array_push(table->texts, table->text_count, table->text_capacity, text);
	while (span_take_line(&rest, &line)) {
		struct symbol symbol = {0};

		if (read_line(line, sized, &symbol))
			array_push(table->symbols, table->count, table->capacity, symbol);
	}
	if (table->count)
		qsort(table->symbols, table->count, sizeof(*table->symbols), by_address);
}

bool address_map_open(struct address_map *map, const char *file, const char *build_id)
{
	bool perf = is_perf_map(file);
	bool kernel = strncmp(file, "[kernel.kallsyms]", 17) == 0 && *build_id &&
		      is_running_kernel(build_id);
	size_t length = 0;
	char *text = perf     ? read_text(file, true, &length)
		     : kernel ? read_text("/proc/kallsyms", true, &length)
			      : NULL;

	*map = (struct address_map){0};
	if (!text)
		return false;
	read_list(&map->table, text, length, perf);
	/* Whoever must not know where the kernel is sees zeros. */
	if (map->table.count && map->table.symbols[map->table.count - 1].address)
		return true;
	address_map_close(map);
	return false;
}

void address_map_close(struct address_map *map)
{
	symbol_table_clear(&map->table);
}

void address_map_find(const struct address_map *map, uint64_t address,
		      const struct symbol_sink *sink, uint32_t index)
{
	const struct symbol *symbol = symbol_table_find(&map->table, address);
	struct symbol_frame frame = {symbol ? symbol->name : "", "", 0, 0, 0};

	if (symbol)
		sink->take(sink->context, index, &frame, 1);
}
