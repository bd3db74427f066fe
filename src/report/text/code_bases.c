/* SPDX-License-Identifier: MIT */
#include "report/text/code_bases.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/span.h"
#include "symbol/binary_path.h"

void code_bases_init(struct code_bases *bases, const struct profile *profile)
{
	*bases = (struct code_bases){
		profile, alloc_zero((size_t)profile->mapping_count + 1, sizeof(*bases->items))};
}

void code_bases_clear(struct code_bases *bases)
{
	free(bases->items);
}

static void open_base(const struct code_bases *bases, mapping_id id, uint64_t address)
{
	const struct profile *profile = bases->profile;
	const struct mapping *mapping = &profile->mappings[id];
	struct code_base *base = &bases->items[id];
	struct binary_wanted wanted = {
		.file = profile_text(profile, mapping->file),
		.build_id = profile_text(profile, mapping->build_id),
		.kernel_symbol = "",
		.range = {.start = mapping->start,
			  .limit = mapping->limit,
			  .offset = mapping->offset},
	};
	struct elf_file elf;
	struct error ignored;

	base->tried = true;
	if (!*wanted.file || !binary_open(&elf, wanted.file, &wanted, &ignored))
		return;
	base->known = load_address_find(&elf, &wanted.range, address, &base->base);
	elf_close(&elf);
}

static bool is_in(const struct mapping *mapping, uint64_t address)
{
	return mapping->start >= mapping->limit ||
	       (address >= mapping->start && address < mapping->limit);
}

bool code_bases_find(struct code_bases *bases, mapping_id mapping, uint64_t address, uint64_t *base)
{
	if (mapping == NONE || !is_in(&bases->profile->mappings[mapping], address))
		return false;
	if (!bases->items[mapping].tried)
		open_base(bases, mapping, address);
	*base = bases->items[mapping].base;
	return bases->items[mapping].known;
}

mapping_id code_bases_mapping(const struct code_bases *bases, string_id file, uint64_t address)
{
	const struct profile *profile = bases->profile;

	for (mapping_id i = 0; i < profile->mapping_count; i++)
		if (profile->mappings[i].file == file && is_in(&profile->mappings[i], address))
			return i;
	return NONE;
}

bool code_address_parse(const char *text, uint64_t *address)
{
	char *end;

	if (!char_is_digit(*text))
		return false;
	*address = strtoull(text, &end, 0);
	return *end == '\0';
}
