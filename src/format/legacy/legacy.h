/* SPDX-License-Identifier: MIT */
/*
 * What the formats before profile.proto have in common: samples are stacks of
 * addresses, a memory map follows. A reader goes row by row:
 *
 *     legacy_begin(&legacy);
 *     legacy_push(&legacy, 0x4711);               (leaf first)
 *     legacy_sample(&legacy, values, 2, NULL);
 *     legacy_comment(&legacy, line);              (any number of lines below the row)
 *
 * and ends with legacy_finish, which adds locations and mappings.
 */
#ifndef FORMAT_LEGACY_LEGACY_H
#define FORMAT_LEGACY_LEGACY_H

#include "format/id_table.h"
#include "format/legacy/address_names.h"
#include "format/legacy/memory_map.h"
#include "format/legacy/notes.h"
#include "format/symbols.h"

#define LEGACY_VALUES 4

struct legacy {
	struct builder *builder;
	bool use_notes;                    /* take names and labels from # lines */
	const struct address_names *names; /* NULL: there are none */
	struct id_table addresses; /* of locations, by number; samples refer to the number */
	uint32_t *stack;           /* of the present row, leaf first */
	size_t stack_count, stack_capacity;
	/* The present row waits for its comments, until the next one begins. */
	bool pending, has_block_size;
	int64_t values[LEGACY_VALUES], block_size;
	uint32_t value_count;
	struct notes notes;
	struct symbols symbols;
	struct memory_map map;
};

enum legacy_end {
	LEGACY_MAP_BEHIND_MARK, /* lines are passed over up to a "--- Memory map: ---" */
	LEGACY_MAP_HERE,        /* all lines that are left are the map */
	LEGACY_NO_MAP,          /* nothing is left to read; addresses are mere ids, and dropped */
};

void legacy_init(struct legacy *legacy, struct builder *builder, const struct input *input);
void legacy_clear(struct legacy *legacy);

/* Sets period type and period. */
void legacy_period(struct legacy *legacy, const char *type, const char *unit, int64_t period);
void legacy_type(struct legacy *legacy, const char *type, const char *unit);

void legacy_begin(struct legacy *legacy);
void legacy_push(struct legacy *legacy, uint64_t address);

/*
 * Pushes every 0x... of a text, each reduced by `less`: 1 where the addresses
 * are those calls return to. False if a number has more than 64 bits.
 */
bool legacy_push_all(struct legacy *legacy, struct span text, uint64_t less);

/* The front of a text that holds addresses only: it ends at the first character that is in none. */
struct span legacy_address_part(struct span text);

/* Takes out the second frame if it is the leaf once more, reduced as a caller. */
void legacy_drop_twin(struct legacy *legacy);

/* block_size becomes the label "bytes"; NULL is none. */
void legacy_sample(struct legacy *legacy, const int64_t *values, uint32_t value_count,
		   const int64_t *block_size);

/* Adds one to the first value of the sample before, if there is one. */
void legacy_repeat(struct legacy *legacy);

void legacy_comment(struct legacy *legacy, struct span line);

/* Without the profile is not complete. `line` is the one read last. */
bool legacy_finish(struct legacy *legacy, struct lines *lines, struct span line,
		   enum legacy_end end, struct error *error);

/*
 * The values of the allocations of which a sample of `rate` bytes on average
 * saw these: an allocation of S bytes is seen with probability 1 - exp(-S/rate).
 */
void legacy_unsample(int64_t *count, int64_t *size, int64_t rate);

/* a * b modulo 2^64, as the profiles' own tools have it. */
int64_t legacy_multiply(int64_t a, int64_t b);

/* value / count for the label of a sample; 0 when there is none. */
int64_t legacy_divide(int64_t value, int64_t count);

/* Without its fraction, held within 64 bits. */
int64_t legacy_truncate(double value);

#endif
