/* SPDX-License-Identifier: MIT */
/* The stacks of a trace as locations of the profile that is made of it. */
#ifndef FORMAT_TRACE_PLACES_H
#define FORMAT_TRACE_PLACES_H

#include "base/pair_map.h"
#include "profile/builder.h"
#include "profile/call_stacks.h"

struct places {
	struct builder *builder;
	const struct strings *strings;
	const struct call_stacks *stacks;
	location_id *locations;    /* by place; NONE: not made so far */
	struct pair_map functions; /* name and file, of the strings of the trace */
	location_id *path;
	size_t path_capacity;
};

void places_init(struct places *places, struct builder *builder, const struct strings *strings,
		 const struct call_stacks *stacks);
void places_clear(struct places *places);

/* The string of the trace as one of the profile. */
string_id places_text(struct places *places, string_id text);

/* The locations of a stack, leaf first, until the next call; their number. */
size_t places_path(struct places *places, uint32_t stack, const location_id **path);

#endif
