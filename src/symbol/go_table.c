/* SPDX-License-Identifier: MIT */
#include "symbol/go_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* What the header begins with, by release. */
enum version { GO_2 = 0xfffffffb, GO_16 = 0xfffffffa, GO_18 = 0xfffffff0, GO_20 = 0xfffffff1 };

struct go_table {
	const struct elf_file *elf;
	char *bytes;
	uint64_t size;
	enum version version;
	unsigned quantum, pointer; /* sizes of an instruction's unit and of a pointer */
	uint64_t count;            /* functions */
	uint64_t text;             /* addresses of functions count from it */
	/* Offsets of the parts. */
	uint64_t names, units, files, values, functions;
};

/* A number at an offset; 0 beyond the end. */
static uint64_t number(const struct go_table *table, uint64_t at, unsigned size)
{
	return at <= table->size && size <= table->size - at
		       ? elf_number(table->elf, table->bytes + at, size)
		       : 0;
}

/* The text at an offset; the bytes end with a NUL. */
static const char *text_at(const struct go_table *table, uint64_t at)
{
	return at < table->size ? table->bytes + at : "";
}

/* The size of an address among the functions, and of the fields behind it. */
static unsigned address_size(const struct go_table *table)
{
	return table->version == GO_18 || table->version == GO_20 ? 4 : table->pointer;
}

static void read_parts(struct go_table *table)
{
	bool has_text = table->version == GO_18 || table->version == GO_20;
	unsigned word = table->pointer;
	uint64_t at = 8 + 2 * word; /* behind the numbers of functions and files */
	uint64_t *const parts[] = {&table->names, &table->units, &table->files, &table->values,
				   &table->functions};

	table->count = number(table, 8, word);
	if (table->version == GO_2) {
		table->functions = 8 + word;
		table->files = number(table, table->functions + table->count * 2 * word + word, 4);
		return;
	}
	if (has_text) {
		table->text = number(table, at, word);
		at += word;
	}
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++, at += word)
		*parts[i] = number(table, at, word);
}

static bool read_header(struct go_table *table)
{
	const struct elf_section *text = elf_find_section(table->elf, ".text");

	table->version = (enum version)number(table, 0, 4);
	table->quantum = (unsigned)number(table, 6, 1);
	table->pointer = (unsigned)number(table, 7, 1);
	if (table->version != GO_2 && table->version != GO_16 && table->version != GO_18 &&
	    table->version != GO_20)
		return false;
	if ((table->quantum != 1 && table->quantum != 2 && table->quantum != 4) ||
	    (table->pointer != 4 && table->pointer != 8))
		return false;
	read_parts(table);
	/* Where the linker leaves that to the loader, and since Go 1.26, it is 0. */
	if (!table->text && text)
		table->text = text->address;
	if (table->version == GO_2 || table->version == GO_16)
		table->text = 0;
	return table->functions < table->size &&
	       table->count < (table->size - table->functions) / (2 * address_size(table));
}

struct go_table *go_table_open(const struct elf_file *elf)
{
	static const char *const names[] = {".gopclntab", ".data.rel.ro.gopclntab"};
	const struct elf_section *section = NULL;
	struct go_table *table;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !section; i++)
		section = elf_find_section(elf, names[i]);
	if (!section || elf_find_section(elf, ".symtab"))
		return NULL;
	table = alloc_zero(1, sizeof(*table));
	table->elf = elf;
	table->bytes = elf_read_section(elf, section);
	table->size = table->bytes ? section->size : 0;
	if (read_header(table))
		return table;
	go_table_close(table);
	return NULL;
}

void go_table_close(struct go_table *table)
{
	if (!table)
		return;
	free(table->bytes);
	free(table);
}

static uint64_t entry_address(const struct go_table *table, uint64_t i)
{
	unsigned size = address_size(table);

	return table->text + number(table, table->functions + i * 2 * size, size);
}

/* The number of the function that an address is in; `count` if it is in none. */
static uint64_t find_function(const struct go_table *table, uint64_t address)
{
	uint64_t low = 0, high = table->count;

	if (!table->count || address < entry_address(table, 0) ||
	    address >= entry_address(table, table->count))
		return table->count;
	while (low + 1 < high) {
		uint64_t middle = low + (high - low) / 2;

		if (entry_address(table, middle) <= address)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static bool read_varint(const struct go_table *table, uint64_t *at, uint64_t *value)
{
	*value = 0;
	for (unsigned shift = 0; shift < 35 && *at < table->size; shift += 7) {
		unsigned char byte = (unsigned char)table->bytes[(*at)++];

		*value |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return true;
	}
	return false;
}

/* The value that holds at an address of a function, from one of its lists of changes; -1: unknown. */
static int64_t find_value(const struct go_table *table, uint64_t list, uint64_t entry,
			  uint64_t address)
{
	uint64_t at = table->values + list, step;
	int64_t value = -1;
	bool first = true;

	if (!list)
		return -1;
	while (read_varint(table, &at, &step)) {
		uint64_t length;

		if (!step && !first)
			return -1;
		first = false;
		value += step & 1 ? -(int64_t)((step + 1) >> 1) : (int64_t)(step >> 1);
		if (!read_varint(table, &at, &length))
			return -1;
		entry += length * table->quantum;
		if (address < entry)
			return value;
	}
	return -1;
}

static const char *find_file(const struct go_table *table, uint64_t function, int64_t file)
{
	uint64_t at, offset;

	if (file < 0)
		return "";
	if (table->version == GO_2)
		return text_at(table, number(table, table->files + (uint64_t)file * 4, 4));
	at = number(table, function + address_size(table) + 28, 4) + (uint64_t)file;
	offset = number(table, table->units + at * 4, 4);
	return offset == UINT32_MAX ? "" : text_at(table, table->files + offset);
}

void go_table_find(const struct go_table *table, uint64_t address, const struct symbol_sink *sink,
		   uint32_t index)
{
	uint64_t i = find_function(table, address), at, entry;
	unsigned size = address_size(table);
	struct symbol_frame frame = {"", "", 0, 0, 0};
	int64_t line;

	if (i < table->count) {
		entry = entry_address(table, i);
		at = number(table, table->functions + (2 * i + 1) * size, size);
		at += table->version == GO_2 ? 0 : table->functions;
		/* Name, arguments, deferreturn, pcsp, pcfile, pcln, npcdata, unit, line of the start. */
		frame.function = text_at(table, table->names + number(table, at + size, 4));
		line = find_value(table, number(table, at + size + 20, 4), entry, address);
		frame.line = line > 0 ? (uint64_t)line : 0;
		frame.file = find_file(
			table, at,
			find_value(table, number(table, at + size + 16, 4), entry, address));
		if (table->version == GO_20)
			frame.start_line = number(table, at + size + 32, 4);
	}
	sink->take(sink->context, index, &frame, 1);
}
