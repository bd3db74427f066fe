/* SPDX-License-Identifier: MIT */
/*
 * Where the sources of profiles are: a file that a profile calls FROM/REST is
 * at TO/REST. A person says it once, by naming one file or a directory; it is
 * kept for later runs, in a file of lines "FROM<tab>TO", the newest first.
 */
#ifndef REPORT_TEXT_SOURCE_PLACES_H
#define REPORT_TEXT_SOURCE_PLACES_H

#include <stddef.h>

#include "base/error.h"

struct source_place {
	char *from; /* "" of names that are relative, "/" of all that are not */
	char *to;   /* absolute */
};

/* Zeroed it is empty. */
struct source_places {
	struct source_place *list;
	size_t count, capacity;
};

void source_places_clear(struct source_places *places);

/*
 * What follows from an answer to "where is `file`?": the file itself, or a
 * directory that has it or any end of its path. False with an error if neither;
 * *place must be given to source_places_add or cleared.
 */
bool source_place_guess(const char *file, const char *answer, struct source_place *place,
			struct error *error);
void source_place_clear(struct source_place *place);

/* Puts it before the others and forgets what was said of the same names before; taken over. */
void source_places_add(struct source_places *places, struct source_place *place);

/* Reads and writes a file of the person (user_file.h); reading none is no error. */
bool source_places_read(const char *path, struct source_places *places, struct error *error);

/* Reads what the explorer keeps; nothing if there is none or it cannot be read. */
void source_places_load(struct source_places *places);
bool source_places_write(const char *path, const struct source_places *places, struct error *error);

#endif
