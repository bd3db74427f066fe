/* SPDX-License-Identifier: MIT */
/*
 * Which key does what: the keys of the command table, and before those what a
 * person bound. What was bound last holds; only where its command holds, so a
 * key may be bound anew in one pane and keep its meaning in the others.
 */
#ifndef UI_INPUT_KEY_MAP_H
#define UI_INPUT_KEY_MAP_H

#include "base/error.h"
#include "base/text.h"
#include "ui/input/command.h"
#include "ui/term/key.h"

struct binding {
	uint32_t key;
	const struct command *command; /* NULL: the key does nothing */
};

/* With `commands` alone it is their keys. */
struct key_map {
	const struct command *commands; /* ended by a NULL name */
	struct binding *bindings;       /* oldest first */
	size_t count, capacity;
};

void key_map_clear(struct key_map *map);

/* What a key does in a pane of these groups; NULL: nothing. */
const struct command *key_map_find(const struct key_map *map, uint32_t key, const char *groups);

/*
 * Binds a key, by its name, to the command of that name; unbind takes every
 * meaning from it. False with an error: there is no such key or command, or
 * the key is ^C, which stops what runs whatever happens. The error's `at`
 * counts in "KEY COMMAND".
 */
bool key_map_bind(struct key_map *map, const char *key, const char *command, struct error *error);
bool key_map_unbind(struct key_map *map, const char *key, struct error *error);

/* Adds the names of the keys that a command has in a pane of these groups, separated by blanks. */
void key_map_print(const struct key_map *map, const struct command *command, const char *groups,
		   struct text *keys);

/* The first of them of the command of that name, "" if it has none. */
const char *key_map_first(const struct key_map *map, const char *name, const char *groups,
			  char key[KEY_NAME_SIZE]);

#endif
