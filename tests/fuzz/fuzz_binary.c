/* SPDX-License-Identifier: MIT */
/*
 * Binaries: ELF, symbol tables, DWARF and the tables of Go. The bytes are a file; all of its code is
 * asked for, by both ways that names are had. Most of what libdw may do wrong happens in a process
 * of its own (symbol/isolate.h); here it happens in this one.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/text.h"
#include "symbol/binary_names.h"
#include "symbol/elf_file.h"
#include "symbol/load_address.h"

enum { ASKED = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void take(void *context, uint32_t index, const struct symbol_frame *frames, uint32_t count)
{
	size_t *length = context;

	if (index >= ASKED)
		abort();
	for (uint32_t i = 0; i < count; i++)
		for (const char *at = frames[i].function; *at; at++)
			*length += (size_t)(*at != frames[i].file[0]);
}

static void note(void *context, const char *message)
{
	size_t *length = context;

	*length += (size_t)message[0];
}

/* Addresses all over the sections of code, and some that are in none. */
static void choose(const struct elf_file *elf, uint64_t addresses[ASKED])
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < elf->section_count && count < ASKED; i++) {
		const struct elf_section *section = &elf->sections[i];

		if (section->flags & 4)
			for (uint32_t k = 0; k < ASKED / 4 && count < ASKED; k++)
				addresses[count++] = section->address + section->size / 16 * k;
	}
	while (count < ASKED) {
		addresses[count] = (uint64_t)count * 0x40;
		count++;
	}
}

static void ask(const char *path, const uint64_t *addresses, bool names_only)
{
	size_t length = 0;
	const struct symbol_sink sink = {take, note, &length};
	const struct binary_query query = {path, addresses, ASKED, names_only};

	binary_names(&query, &sink);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct load_range range = {0x1000, 0x100000, 0, false, 0};
	uint64_t addresses[ASKED], base;
	struct text path = {0};
	struct elf_file elf;
	struct error error;
	int file = memfd_create("binary", MFD_CLOEXEC);

	if (file < 0 || write(file, data, size) != (ssize_t)size)
		abort();
	text_printf(&path, "/proc/self/fd/%d", file);
	if (elf_open(&elf, path.bytes, &error)) {
		choose(&elf, addresses);
		load_address_find(&elf, &range, 0x1040, &base);
		elf_close(&elf);
		ask(path.bytes, addresses, true);
		ask(path.bytes, addresses, false);
	}
	text_clear(&path);
	close(file);
	return 0;
}
