/* SPDX-License-Identifier: MIT */
/*
 * The outline of an ELF file of either width and byte order: header, segments,
 * sections and build id, read with bounds checks and limits so that a hostile
 * file costs no more than an error. No library is needed.
 */
#ifndef SYMBOL_ELF_FILE_H
#define SYMBOL_ELF_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* A program header. */
struct elf_segment {
	uint32_t type, flags;
	uint64_t offset, address, file_size, memory_size, align;
};

struct elf_section {
	const char *name; /* "" if it has none */
	uint32_t type, link, info;
	uint64_t flags, address, offset, size, align, entry_size;
};

struct elf_file {
	int descriptor;
	uint64_t size;  /* of the file, in bytes */
	bool wide, big; /* 64 bit; big endian */
	uint16_t type, machine;
	struct elf_segment *segments;
	uint32_t segment_count;
	struct elf_section *sections;
	uint32_t section_count;
	char *names; /* what the names of sections point into */
	char build_id
		[129]; /* lower case hex digits; "" if there is none, or more than one in a place */
};

/*
 * Opens and reads the outline. False with an error in pprof's words (they are
 * shown as they are): the file cannot be opened, is no ELF file or is broken.
 */
bool elf_open(struct elf_file *elf, const char *path, struct error *error);
void elf_close(struct elf_file *elf);

/* The first section of this name; NULL if there is none. */
const struct elf_section *elf_find_section(const struct elf_file *elf, const char *name);

/* `length` bytes at `offset` of the file, with a NUL behind them, to be freed; NULL if they are not there. */
char *elf_read(const struct elf_file *elf, uint64_t offset, uint64_t length);

/* The bytes of a section, as elf_read; NULL also for one without bytes in the file. */
char *elf_read_section(const struct elf_file *elf, const struct elf_section *section);

/* Numbers in the byte order of the file. */
uint64_t elf_number(const struct elf_file *elf, const char *at, unsigned size);

#endif
