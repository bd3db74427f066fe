/* SPDX-License-Identifier: MIT */
/*
 * The names of addresses that a profile carries in a section of its own, as
 * gperftools' "pprof --raw" writes it:
 *
 *     --- symbol
 *     binary=/usr/bin/app
 *     0x00007fb72b1278eb inner--outer
 *     ---
 */
#ifndef FORMAT_LEGACY_ADDRESS_NAMES_H
#define FORMAT_LEGACY_ADDRESS_NAMES_H

#include "base/span.h"
#include "format/id_table.h"
#include "format/symbols.h"

struct address_names {
	struct id_table addresses;
	string_id *names; /* by number of the address */
	size_t capacity;
};

void address_names_init(struct address_names *names);
void address_names_clear(struct address_names *names);

/* Reads "0xADDRESS NAME"; false if the line is none. */
bool address_names_add(struct address_names *names, struct builder *builder, struct span line);

/*
 * Gives a location the functions of its address, or of the one that a call
 * there returns to: some writers name those.
 */
void address_names_apply(const struct address_names *names, uint64_t address, uint32_t location,
			 struct symbols *symbols, struct builder *builder);

#endif
