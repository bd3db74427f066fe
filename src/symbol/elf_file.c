/* SPDX-License-Identifier: MIT */
#include "symbol/elf_file.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

/* More than any linker writes; a table beyond it is an error, not a reason to read on. */
enum { MOST_SEGMENTS = 65535, MOST_SECTIONS = 1 << 20, LONGEST_NOTES = 1 << 20 };
#define MOST_BYTES ((uint64_t)2 << 30) /* of a section that is read whole */

uint64_t elf_number(const struct elf_file *elf, const char *at, unsigned size)
{
	const unsigned char *bytes = (const unsigned char *)at;
	uint64_t number = 0;

	for (unsigned i = 0; i < size; i++)
		number = number << 8 | bytes[elf->big ? i : size - 1 - i];
	return number;
}

char *elf_read(const struct elf_file *elf, uint64_t offset, uint64_t length)
{
	uint64_t done = 0;
	char *bytes;

	if (offset > elf->size || length > elf->size - offset || length > MOST_BYTES)
		return NULL;
	bytes = alloc(length + 1);
	while (done < length) {
		ssize_t count =
			pread(elf->descriptor, bytes + done, length - done, (off_t)(offset + done));

		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0) {
			free(bytes);
			return NULL;
		}
		done += (uint64_t)count;
	}
	bytes[length] = '\0';
	return bytes;
}

char *elf_read_section(const struct elf_file *elf, const struct elf_section *section)
{
	return section->type == SHT_NOBITS ? NULL : elf_read(elf, section->offset, section->size);
}

const struct elf_section *elf_find_section(const struct elf_file *elf, const char *name)
{
	for (uint32_t i = 0; i < elf->section_count; i++)
		if (strcmp(elf->sections[i].name, name) == 0)
			return &elf->sections[i];
	return NULL;
}

/* Where the fields of a header are: offset and size in each width. */
struct field {
	unsigned char at[2], size[2];
};

static uint64_t field(const struct elf_file *elf, const char *header, struct field field)
{
	return elf_number(elf, header + field.at[elf->wide], field.size[elf->wide]);
}

static const struct {
	struct field type, flags, offset, address, file_size, memory_size, align;
} segment_fields = {
	.type = {{0, 0}, {4, 4}},
	.flags = {{24, 4}, {4, 4}},
	.offset = {{4, 8}, {4, 8}},
	.address = {{8, 16}, {4, 8}},
	.file_size = {{16, 32}, {4, 8}},
	.memory_size = {{20, 40}, {4, 8}},
	.align = {{28, 48}, {4, 8}},
};

static const struct {
	struct field name, type, flags, address, offset, size, link, info, align, entry_size;
} section_fields = {
	.name = {{0, 0}, {4, 4}},
	.type = {{4, 4}, {4, 4}},
	.flags = {{8, 8}, {4, 8}},
	.address = {{12, 16}, {4, 8}},
	.offset = {{16, 24}, {4, 8}},
	.size = {{20, 32}, {4, 8}},
	.link = {{24, 40}, {4, 4}},
	.info = {{28, 44}, {4, 4}},
	.align = {{32, 48}, {4, 8}},
	.entry_size = {{36, 56}, {4, 8}},
};

/* Of the file's header. */
static const struct {
	struct field type, machine, segments, sections, segment_size, segment_count, section_size,
		section_count, names;
} file_fields = {
	.type = {{16, 16}, {2, 2}},
	.machine = {{18, 18}, {2, 2}},
	.segments = {{28, 32}, {4, 8}},
	.sections = {{32, 40}, {4, 8}},
	.segment_size = {{42, 54}, {2, 2}},
	.segment_count = {{44, 56}, {2, 2}},
	.section_size = {{46, 58}, {2, 2}},
	.section_count = {{48, 60}, {2, 2}},
	.names = {{50, 62}, {2, 2}},
};

static void take_section(const struct elf_file *elf, const char *at, struct elf_section *section)
{
	*section = (struct elf_section){
		.name = "",
		.type = (uint32_t)field(elf, at, section_fields.type),
		.link = (uint32_t)field(elf, at, section_fields.link),
		.info = (uint32_t)field(elf, at, section_fields.info),
		.flags = field(elf, at, section_fields.flags),
		.address = field(elf, at, section_fields.address),
		.offset = field(elf, at, section_fields.offset),
		.size = field(elf, at, section_fields.size),
		.align = field(elf, at, section_fields.align),
		.entry_size = field(elf, at, section_fields.entry_size),
	};
}

static bool read_segments(struct elf_file *elf, const char *header, uint32_t count)
{
	unsigned size = elf->wide ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr);
	char *table;

	if (!count)
		return true;
	if (count > MOST_SEGMENTS || field(elf, header, file_fields.segment_size) != size)
		return false;
	table = elf_read(elf, field(elf, header, file_fields.segments), (uint64_t)count * size);
	if (!table)
		return false;
	elf->segments = alloc_zero(count, sizeof(*elf->segments));
	elf->segment_count = count;
	for (uint32_t i = 0; i < count; i++) {
		const char *at = table + (size_t)i * size;

		elf->segments[i] = (struct elf_segment){
			.type = (uint32_t)field(elf, at, segment_fields.type),
			.flags = (uint32_t)field(elf, at, segment_fields.flags),
			.offset = field(elf, at, segment_fields.offset),
			.address = field(elf, at, segment_fields.address),
			.file_size = field(elf, at, segment_fields.file_size),
			.memory_size = field(elf, at, segment_fields.memory_size),
			.align = field(elf, at, segment_fields.align),
		};
	}
	free(table);
	return true;
}

static bool name_sections(struct elf_file *elf, const char *table, unsigned size, uint64_t names)
{
	const struct elf_section *holder;

	if (names == SHN_UNDEF)
		return true;
	if (names >= elf->section_count)
		return false;
	holder = &elf->sections[names];
	elf->names = elf_read_section(elf, holder);
	if (!elf->names)
		return false;
	for (uint32_t i = 0; i < elf->section_count; i++) {
		uint64_t at = field(elf, table + (size_t)i * size, section_fields.name);

		if (at < holder->size)
			elf->sections[i].name = elf->names + at;
	}
	return true;
}

/* With 65280 sections or more, their number stands in the first one. */
static bool read_sections(struct elf_file *elf, const char *header, uint32_t *segment_count)
{
	unsigned size = elf->wide ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr);
	uint64_t at = field(elf, header, file_fields.sections);
	uint64_t count = field(elf, header, file_fields.section_count);
	uint64_t names = field(elf, header, file_fields.names);
	struct elf_section first;
	char *table;
	bool good;

	if (!at)
		return true;
	table = field(elf, header, file_fields.section_size) == size ? elf_read(elf, at, size)
								     : NULL;
	if (!table)
		return false;
	take_section(elf, table, &first);
	free(table);
	count = count ? count : first.size;
	names = names == SHN_XINDEX ? first.link : names;
	if (*segment_count == PN_XNUM)
		*segment_count = first.info;
	table = count <= MOST_SECTIONS ? elf_read(elf, at, count * size) : NULL;
	if (!table)
		return false;
	elf->sections = alloc_zero(count, sizeof(*elf->sections));
	elf->section_count = (uint32_t)count;
	for (uint32_t i = 0; i < count; i++)
		take_section(elf, table + (size_t)i * size, &elf->sections[i]);
	good = name_sections(elf, table, size, names);
	free(table);
	return good;
}

static uint64_t aligned(uint64_t at, uint64_t align)
{
	return (at + align - 1) / align * align;
}

/*
 * The build id among notes; how many there are of it: with two in one place pprof
 * does not know which to use.
 */
static int find_build_id(struct elf_file *elf, const char *notes, uint64_t length, uint64_t align)
{
	int found = 0;

	for (uint64_t at = 0; at + 12 <= length;) {
		uint64_t name_size = elf_number(elf, notes + at, 4);
		uint64_t size = elf_number(elf, notes + at + 4, 4);
		uint64_t type = elf_number(elf, notes + at + 8, 4);
		uint64_t data = at + aligned(12 + name_size, align);

		if (data > length || size > length - data)
			break;
		if (type == NT_GNU_BUILD_ID && name_size >= 4 && size <= 64 &&
		    strcmp(notes + at + 12, "GNU") == 0 && found++ == 0)
			for (uint64_t i = 0; i < size; i++)
				snprintf(elf->build_id + 2 * i, 3, "%02x",
					 (unsigned char)notes[data + i]);
		at = data + aligned(size, align);
	}
	if (found > 1)
		elf->build_id[0] = '\0';
	return found;
}

static int read_notes(struct elf_file *elf, uint64_t offset, uint64_t size, uint64_t align)
{
	char *notes = size <= LONGEST_NOTES ? elf_read(elf, offset, size) : NULL;
	int found = notes ? find_build_id(elf, notes, size, align == 8 ? 8 : 4) : 0;

	free(notes);
	return found;
}

/* Segments come first: a debug file has them, but not what is in them. */
static void read_build_id(struct elf_file *elf)
{
	for (uint32_t i = 0; i < elf->segment_count; i++) {
		const struct elf_segment *segment = &elf->segments[i];

		if (segment->type == PT_NOTE &&
		    read_notes(elf, segment->offset, segment->file_size, segment->align))
			return;
	}
	for (uint32_t i = 0; i < elf->section_count; i++) {
		const struct elf_section *section = &elf->sections[i];

		if (section->type == SHT_NOTE &&
		    read_notes(elf, section->offset, section->size, section->align))
			return;
	}
}

static bool read_outline(struct elf_file *elf, const char *path, struct error *error)
{
	char *ident = elf_read(elf, 0, EI_NIDENT), *header;
	uint32_t segment_count;
	bool good;

	if (!ident)
		return error_set(error, "error reading magic number from %s: unexpected EOF", path);
	elf->wide = ident[EI_CLASS] == ELFCLASS64;
	elf->big = ident[EI_DATA] == ELFDATA2MSB;
	good = memcmp(ident, ELFMAG, SELFMAG) == 0;
	free(ident);
	if (!good)
		return error_set(error, "unrecognized binary format: %s", path);
	header = elf_read(elf, 0, elf->wide ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr));
	if (!header)
		return error_set(error, "error reading ELF file %s: it ends within its header",
				 path);
	elf->type = (uint16_t)field(elf, header, file_fields.type);
	elf->machine = (uint16_t)field(elf, header, file_fields.machine);
	segment_count = (uint32_t)field(elf, header, file_fields.segment_count);
	good = read_sections(elf, header, &segment_count) &&
	       read_segments(elf, header, segment_count);
	free(header);
	if (!good)
		return error_set(
			error,
			"error reading ELF file %s: its tables of sections or segments are "
			"broken or cut off",
			path);
	read_build_id(elf);
	return true;
}

bool elf_open(struct elf_file *elf, const char *path, struct error *error)
{
	struct stat status;

	*elf = (struct elf_file){.descriptor = -1};
	/* A pipe or device would block or never end. */
	if (stat(path, &status) != 0)
		return error_set(error, "stat %s: %s", path,
				 errno == ENOENT ? "no such file or directory" : strerror(errno));
	if (!S_ISREG(status.st_mode))
		return error_set(error, "error reading magic number from %s: %s", path,
				 S_ISDIR(status.st_mode) ? "is a directory" : "not a regular file");
	elf->descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (elf->descriptor < 0)
		return error_set(error, "error opening %s: open %s: %s", path, path,
				 errno == EACCES ? "permission denied" : strerror(errno));
	elf->size = (uint64_t)status.st_size;
	if (read_outline(elf, path, error))
		return true;
	elf_close(elf);
	return false;
}

void elf_close(struct elf_file *elf)
{
	if (elf->descriptor >= 0)
		close(elf->descriptor);
	free(elf->segments);
	free(elf->sections);
	free(elf->names);
	*elf = (struct elf_file){.descriptor = -1};
}
