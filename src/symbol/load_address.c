/* SPDX-License-Identifier: MIT */
#include "symbol/load_address.h"

#include <elf.h>
#include <string.h>

#define PAGE 4096
#define KERNEL_HALF 0x8000000000000000u
#define PAGE_OFFSET_PPC64 0xc000000000000000u

bool load_range_needs_kernel_symbol(const struct load_range *range, const char *path)
{
	return strstr(path, "vmlinux") || range->start % PAGE || range->limit % PAGE ||
	       range->offset % PAGE;
}

/*
 * Kernels are mapped from _text or _stext on, and ChromeOS moves them to page 0.
 * False if the range does not look like one.
 */
static bool kernel_base(const struct elf_segment *segment, const struct load_range *range,
			uint64_t *base)
{
	uint64_t start = range->start, offset = range->offset, symbol = range->kernel_symbol;
	bool known = range->has_kernel_symbol, same_page_offset = start % PAGE == symbol % PAGE;

	if (segment->address == start - offset) {
		*base = offset;
	} else if (start == 0 && range->limit != 0 && known) {
		*base = start - symbol;
	} else if (start >= KERNEL_HALF && range->limit > start &&
		   (offset == 0 || offset == PAGE_OFFSET_PPC64 || offset == start)) {
		*base = start - (known && same_page_offset ? symbol : segment->address);
	} else if (start % PAGE && known && same_page_offset) {
		*base = start - symbol;
	} else {
		return false;
	}
	return true;
}

static bool executable_base(const struct elf_segment *segment, const struct load_range *range,
			    uint64_t *base, struct error *error)
{
	if (!segment)
		*base = 0;
	else if (!range->has_kernel_symbol && range->start > 0 && range->start < KERNEL_HALF)
		*base = range->start - range->offset + segment->offset - segment->address;
	else if (kernel_base(segment, range, base))
		return true;
	else if (range->start == 0 && range->limit != 0 && !range->has_kernel_symbol)
		*base = range->start - segment->address;
	else
		return error_set(error,
				 "don't know how to handle EXEC segment: {%llx %llx} start=0x%llx "
				 "limit=0x%llx offset=0x%llx",
				 (unsigned long long)segment->offset,
				 (unsigned long long)segment->address,
				 (unsigned long long)range->start, (unsigned long long)range->limit,
				 (unsigned long long)range->offset);
	return true;
}

static bool get_base(const struct elf_file *elf, const struct elf_segment *segment,
		     const struct load_range *range, uint64_t *base, struct error *error)
{
	if (range->start == 0 && range->offset == 0 &&
	    (range->limit == UINT64_MAX || range->limit == 0)) {
		*base = 0;
		return true;
	}
	switch (elf->type) {
	case ET_EXEC:
		return executable_base(segment, range, base, error);
	case ET_REL:
		if (range->offset != 0)
			return error_set(error, "don't know how to handle mapping.Offset");
		*base = range->start;
		return true;
	case ET_DYN:
		if (!segment)
			*base = range->start - range->offset;
		else if (!kernel_base(segment, range, base))
			*base = range->start - range->offset + segment->offset - segment->address;
		return true;
	}
	return error_set(error, "don't know how to handle FileHeader.Type %u", elf->type);
}

static const struct elf_segment *find_text_segment(const struct elf_file *elf)
{
	const struct elf_section *text = elf_find_section(elf, ".text");

	for (uint32_t i = 0; text && i < elf->segment_count; i++) {
		const struct elf_segment *segment = &elf->segments[i];

		if (segment->type == PT_LOAD && segment->flags & PF_X &&
		    text->address >= segment->address &&
		    text->address - segment->address < segment->memory_size)
			return segment;
	}
	return NULL;
}

/* May the mapping come from this segment? See ProgramHeadersForMapping of pprof. */
static bool overlaps(const struct elf_segment *segment, const struct load_range *range)
{
	uint64_t limit = range->offset + (range->limit - range->start);
	uint64_t end = segment->offset + segment->memory_size;
	uint64_t within = segment->address & (segment->align - 1);
	uint64_t first = segment->offset > within ? segment->offset - within : 0;

	if (segment->type != PT_LOAD || !segment->file_size || range->offset >= end ||
	    segment->offset >= limit || range->offset < first)
		return false;
	return !(range->offset > segment->offset && end < range->offset + PAGE &&
		 limit >= end + PAGE);
}

/* The segment that an address is in; false if none can be told, *found NULL if there are none at all. */
static bool find_segment(const struct elf_file *elf, const struct load_range *range,
			 uint64_t address, const struct elf_segment **found)
{
	const struct elf_segment *only = NULL, *hit = NULL;
	uint64_t at = address - range->start + range->offset;
	uint32_t loaded = 0, count = 0, hits = 0;

	*found = NULL;
	if (range->has_kernel_symbol || range->start >= range->limit ||
	    range->limit >= KERNEL_HALF) {
		*found = find_text_segment(elf);
		return true;
	}
	for (uint32_t i = 0; i < elf->segment_count; i++) {
		const struct elf_segment *segment = &elf->segments[i];

		loaded += segment->type == PT_LOAD;
		if (!overlaps(segment, range))
			continue;
		only = segment;
		count++;
		if (at >= segment->offset && at - segment->offset < segment->memory_size) {
			hit = segment;
			hits++;
		}
	}
	if (count > 1 && hits == 1)
		only = hit;
	*found = only;
	return !loaded || count == 1 || (count > 1 && hits == 1);
}

bool load_address_check(const struct elf_file *elf, const struct load_range *range,
			struct error *error)
{
	uint64_t base;

	return get_base(elf, find_text_segment(elf), range, &base, error);
}

bool load_address_find(const struct elf_file *elf, const struct load_range *range, uint64_t address,
		       uint64_t *base)
{
	const struct elf_segment *segment;
	struct error ignored;

	if (range->start < range->limit && (address < range->start || address >= range->limit))
		return false;
	return find_segment(elf, range, address, &segment) &&
	       get_base(elf, segment, range, base, &ignored);
}
