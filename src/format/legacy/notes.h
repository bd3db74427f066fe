/* SPDX-License-Identifier: MIT */
/*
 * The # lines below a row of Go's text profiles, which say what the row's
 * addresses are and which labels its goroutines have:
 *
 *     3 @ 0x43a756 0x407e3b 0x466ec1
 *     # labels: {"queue":"mail", "worker":"0"}
 *     #	0x407e3a	main.recv+0x39	example.com/leak/main.go:139
 */
#ifndef FORMAT_LEGACY_NOTES_H
#define FORMAT_LEGACY_NOTES_H

#include "base/text.h"
#include "base/span.h"
#include "format/symbols.h"
#include "profile/builder.h"

struct note {
	uint64_t address;
	struct symbol_line line; /* of no function when the address has no name */
};

/* The notes of one row. */
struct notes {
	struct note *notes;
	struct label *labels;
	struct symbol_line *lines; /* of one location */
	struct text unquoted;
	size_t count, capacity, label_count, label_capacity, line_capacity;
};

void notes_clear(struct notes *notes);

/* Forgets the notes of the row before. */
void notes_reset(struct notes *notes);

/* Takes what a # line says; lines of other content say nothing. */
void notes_read(struct notes *notes, struct span line, struct symbols *symbols,
		struct builder *builder);

/*
 * Gives the notes to the locations of the row's stack, leaf first; addresses
 * are by location. Go writes no note for the frames of the runtime at the leaf,
 * which are hidden unless another row has them, and for runtime.goexit.
 */
void notes_apply(struct notes *notes, const uint32_t *stack, size_t stack_count,
		 const uint64_t *addresses, struct symbols *symbols, struct builder *builder);

#endif
