/* SPDX-License-Identifier: MIT */
#include "symbol/symbol_table.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/* One symbol as it stands in a table. */
struct entry {
	const char *name;
	unsigned char info;
	uint32_t section; /* SHN_UNDEF and the reserved ones as they are, else an index */
	uint64_t value, size;
};

/* A table of symbols with its names, in memory. */
struct raw_table {
	const struct elf_file *elf;
	char *bytes, *names, *indices; /* indices: sections beyond 16 bits; NULL: none */
	uint64_t count, names_size, index_count;
	unsigned entry_size;
};

static const struct elf_section *find_type(const struct elf_file *elf, uint32_t type)
{
	for (uint32_t i = 0; i < elf->section_count; i++)
		if (elf->sections[i].type == type)
			return &elf->sections[i];
	return NULL;
}

static void close_table(struct raw_table *raw)
{
	free(raw->bytes);
	free(raw->names);
	free(raw->indices);
}

static bool open_table(struct raw_table *raw, const struct elf_file *elf, uint32_t type)
{
	const struct elf_section *section = find_type(elf, type), *indices;

	*raw = (struct raw_table){
		.elf = elf,
		.entry_size = elf->wide ? sizeof(Elf64_Sym) : sizeof(Elf32_Sym),
	};
	if (!section || section->entry_size != raw->entry_size ||
	    section->link >= elf->section_count)
		return false;
	raw->bytes = elf_read_section(elf, section);
	raw->names = elf_read_section(elf, &elf->sections[section->link]);
	if (!raw->bytes || !raw->names) {
		close_table(raw);
		return false;
	}
	raw->count = section->size / raw->entry_size;
	raw->names_size = elf->sections[section->link].size;
	indices = type == SHT_SYMTAB ? find_type(elf, SHT_SYMTAB_SHNDX) : NULL;
	raw->indices = indices ? elf_read_section(elf, indices) : NULL;
	raw->index_count = raw->indices ? indices->size / 4 : 0;
	return true;
}

static void read_entry(const struct raw_table *raw, uint64_t i, struct entry *entry)
{
	const struct elf_file *elf = raw->elf;
	const char *at = raw->bytes + i * raw->entry_size;
	uint64_t name = elf_number(elf, at, 4);

	if (elf->wide) {
		entry->info = (unsigned char)at[4];
		entry->section = (uint32_t)elf_number(elf, at + 6, 2);
		entry->value = elf_number(elf, at + 8, 8);
		entry->size = elf_number(elf, at + 16, 8);
	} else {
		entry->value = elf_number(elf, at + 4, 4);
		entry->size = elf_number(elf, at + 8, 4);
		entry->info = (unsigned char)at[12];
		entry->section = (uint32_t)elf_number(elf, at + 14, 2);
	}
	if (entry->section == SHN_XINDEX && i < raw->index_count)
		entry->section = (uint32_t)elf_number(elf, raw->indices + i * 4, 4);
	entry->name = name < raw->names_size ? raw->names + name : "";
}

static const struct elf_section *section_of(const struct elf_file *elf, const struct entry *entry)
{
	bool reserved = entry->section >= SHN_LORESERVE && entry->section <= SHN_HIRESERVE;

	return entry->section == SHN_UNDEF || reserved || entry->section >= elf->section_count
		       ? NULL
		       : &elf->sections[entry->section];
}

/* $a, $x, $d and the like tell code from data on ARM. */
static bool is_mark(const struct elf_file *elf, const char *name)
{
	return (elf->machine == EM_ARM || elf->machine == EM_AARCH64 || elf->machine == EM_RISCV) &&
	       name[0] == '$' && name[1] && strchr("adtx", name[1]) && (!name[2] || name[2] == '.');
}

static bool is_for_symbolizer(const struct elf_file *elf, const struct entry *entry)
{
	const struct elf_section *section = section_of(elf, entry);
	unsigned type = ELF64_ST_TYPE(entry->info);

	return section &&
	       (type == STT_FUNC || type == STT_GNU_IFUNC || type == STT_NOTYPE ||
		type == STT_OBJECT) &&
	       !is_mark(elf, entry->name);
}

static bool is_for_nm(const struct elf_file *elf, const struct entry *entry)
{
	unsigned type = ELF64_ST_TYPE(entry->info);

	return type != STT_SECTION && type != STT_FILE && *entry->name &&
	       !is_mark(elf, entry->name);
}

/* As nm's letters b d r v w tell. */
static bool is_data(const struct elf_file *elf, const struct entry *entry)
{
	const struct elf_section *section = section_of(elf, entry);

	return section && !(section->flags & SHF_EXECINSTR) && section->flags & SHF_ALLOC;
}

/* A symbol on its way into the table: `order` keeps the sort stable. */
struct ordered {
	struct symbol symbol;
	uint64_t order;
};

static int compare(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int by_size(const void *a, const void *b)
{
	const struct ordered *x = a, *y = b;
	int order = compare(x->symbol.address, y->symbol.address);

	order = order ? order : compare(x->symbol.size, y->symbol.size);
	return order ? order : compare(x->order, y->order);
}

static int by_name(const void *a, const void *b)
{
	const struct ordered *x = a, *y = b;
	int order = compare(!x->symbol.is_undefined, !y->symbol.is_undefined);

	order = order ? order : compare(x->symbol.address, y->symbol.address);
	order = order ? order : strcmp(x->symbol.name, y->symbol.name);
	return order ? order : by_size(a, b);
}

/* For code, the last symbol of an address stands for all. */
static void keep(struct symbol_table *table, struct ordered *found, size_t count,
		 enum symbols_of of)
{
	if (count)
		qsort(found, count, sizeof(*found),
		      of == SYMBOLS_OF_SYMBOLIZER ? by_size : by_name);
	array_reserve(table->symbols, table->capacity, count);
	for (size_t i = 0; i < count; i++) {
		bool last =
			i + 1 == count || found[i + 1].symbol.address != found[i].symbol.address;

		if (of == SYMBOLS_OF_NM || last)
			table->symbols[table->count++] = found[i].symbol;
	}
}

static void collect(struct symbol_table *table, const struct raw_table *raw, enum symbols_of of)
{
	struct ordered *found = NULL;
	size_t count = 0, capacity = 0;
	const char *file = NULL;

	for (uint64_t i = 1; i < raw->count; i++) {
		struct entry entry;
		bool local;

		read_entry(raw, i, &entry);
		local = ELF64_ST_BIND(entry.info) == STB_LOCAL;
		if (ELF64_ST_TYPE(entry.info) == STT_FILE)
			file = entry.name;
		else if (of == SYMBOLS_OF_SYMBOLIZER ? is_for_symbolizer(raw->elf, &entry)
						     : is_for_nm(raw->elf, &entry))
			array_push(found, count, capacity,
				   ((struct ordered){.symbol = {entry.value, entry.size, entry.name,
								local ? file : NULL,
								is_data(raw->elf, &entry),
								entry.section == SHN_UNDEF},
						     .order = i}));
	}
	keep(table, found, count, of);
	free(found);
}

void symbol_table_read(struct symbol_table *table, const struct elf_file *elf, enum symbols_of of)
{
	struct raw_table raw;

	*table = (struct symbol_table){0};
	if (!open_table(&raw, elf, SHT_SYMTAB) &&
	    (of == SYMBOLS_OF_NM || !open_table(&raw, elf, SHT_DYNSYM)))
		return;
	collect(table, &raw, of);
	array_push(table->texts, table->text_count, table->text_capacity, raw.names);
	raw.names = NULL;
	close_table(&raw);
}

/* The last symbol at or below an address; NULL if all are above. */
static const struct symbol *last_below(const struct symbol_table *table, uint64_t address)
{
	size_t low = 0, high = table->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (table->symbols[middle].address <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? &table->symbols[low - 1] : NULL;
}

const struct symbol *symbol_table_find(const struct symbol_table *table, uint64_t address)
{
	const struct symbol *symbol = last_below(table, address);

	return symbol && symbol->size && address - symbol->address >= symbol->size ? NULL : symbol;
}

/* The search of addr2LinerNM.addrInfo: of several symbols at an address, the first that it comes by. */
const struct symbol *symbol_table_find_near(const struct symbol_table *table, uint64_t address)
{
	size_t low = 0, high = table->count;
	const struct symbol *last, *symbol;

	if (!table->count)
		return NULL;
	last = &table->symbols[table->count - 1];
	if (address < table->symbols[0].address ||
	    (address >= last->address && address - last->address >= last->size))
		return NULL;
	while (low + 1 < high) {
		size_t middle = (low + high) / 2;

		if (address < table->symbols[middle].address) {
			high = middle;
			continue;
		}
		low = middle;
		if (address == table->symbols[middle].address)
			break;
	}
	symbol = &table->symbols[low];
	if (symbol->is_undefined)
		return NULL;
	return symbol->is_data && address - symbol->address >= symbol->size ? NULL : symbol;
}

bool symbol_table_value(const struct elf_file *elf, const char *name, uint64_t *value)
{
	struct raw_table raw;
	bool found = false;

	if (!open_table(&raw, elf, SHT_SYMTAB))
		return false;
	for (uint64_t i = 1; i < raw.count && !found; i++) {
		struct entry entry;

		read_entry(&raw, i, &entry);
		found = strcmp(entry.name, name) == 0;
		if (found)
			*value = entry.value;
	}
	close_table(&raw);
	return found;
}

void symbol_table_clear(struct symbol_table *table)
{
	for (size_t i = 0; i < table->text_count; i++)
		free(table->texts[i]);
	free(table->texts);
	free(table->symbols);
	*table = (struct symbol_table){0};
}
