/* SPDX-License-Identifier: MIT */
/* Where the binaries of a profile stood in memory: from addresses of the program to those of the file. */
#ifndef REPORT_TEXT_CODE_BASES_H
#define REPORT_TEXT_CODE_BASES_H

#include "profile/profile.h"

/* Where one mapping stood; found once, by the first of its addresses. */
struct code_base {
	bool tried, known;
	uint64_t base;
};

struct code_bases {
	const struct profile *profile;
	struct code_base *items; /* by mapping */
};

void code_bases_init(struct code_bases *bases, const struct profile *profile);
void code_bases_clear(struct code_bases *bases);

/*
 * What to take from an address of the program in this mapping (NONE: unknown) to
 * have the file's. False if the file cannot be read, or does not hold the mapping.
 */
bool code_bases_find(struct code_bases *bases, mapping_id mapping, uint64_t address,
		     uint64_t *base);

/* The mapping of a file that an address is in; NONE if there is none. */
mapping_id code_bases_mapping(const struct code_bases *bases, string_id file, uint64_t address);

/* Is a text a number, and so an address? In C's notation. */
bool code_address_parse(const char *text, uint64_t *address);

#endif
