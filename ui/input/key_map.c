/* SPDX-License-Identifier: MIT */
#include "ui/input/key_map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

void key_map_clear(struct key_map *map)
{
	free(map->bindings);
	*map = (struct key_map){.commands = map->commands};
}

static bool has_key(const struct command *command, uint32_t key)
{
	for (const char *name = command->keys; *name;) {
		size_t length = strcspn(name, " ");

		if (key_parse(name, length) == key)
			return true;
		name += length + strspn(name + length, " ");
	}
	return false;
}

const struct command *key_map_find(const struct key_map *map, uint32_t key, const char *groups)
{
	for (size_t i = map->count; i-- > 0;) {
		const struct binding *binding = &map->bindings[i];

		if (binding->key != key)
			continue;
		if (!binding->command || command_holds(binding->command, groups))
			return binding->command;
	}
	for (const struct command *command = map->commands; command->name; command++)
		if (command_holds(command, groups) && has_key(command, key))
			return command;
	return NULL;
}

static const struct command *find_command(const struct key_map *map, const char *name)
{
	for (const struct command *command = map->commands; command->name; command++)
		if (!strcmp(command->name, name))
			return command;
	return NULL;
}

static bool find_key(const char *name, uint32_t *key, struct error *error)
{
	*key = key_parse(name, strlen(name));
	if (*key == NAMED_NONE)
		return error_set(
			error, "there is no key \"%.40s\"; names are as in help: j ^D PgDn", name);
	if (*key == key_control('C'))
		return error_set(error, "^C always stops what runs; choose another key");
	return true;
}

bool key_map_bind(struct key_map *map, const char *key, const char *command, struct error *error)
{
	struct binding binding = {.command = find_command(map, command)};

	if (!find_key(key, &binding.key, error))
		return false;
	if (!binding.command) {
		error_set(error, "there is no command \"%.40s\"; help lists all", command);
		error->at = strlen(key) + 1;
		return false;
	}
	array_push(map->bindings, map->count, map->capacity, binding);
	return true;
}

bool key_map_unbind(struct key_map *map, const char *key, struct error *error)
{
	struct binding binding = {0};

	if (!find_key(key, &binding.key, error))
		return false;
	array_push(map->bindings, map->count, map->capacity, binding);
	return true;
}

/* True if the list of words has this one. */
static bool has_word(const char *words, const char *word)
{
	size_t size = strlen(word);

	while (*words) {
		size_t length = strcspn(words, " ");

		if (length == size && !memcmp(words, word, size))
			return true;
		words += length + strspn(words + length, " ");
	}
	return false;
}

/* Adds a key if it has that meaning; `start` is where the list of names begins in the text. */
static void print_key(const struct key_map *map, uint32_t key, const struct command *command,
		      const char *groups, size_t start, struct text *keys)
{
	char name[KEY_NAME_SIZE];

	if (key_map_find(map, key, groups) != command)
		return;
	key_print(key, name);
	if (has_word(text_string(keys) + start, name))
		return;
	text_printf(keys, "%s%s", keys->length > start ? " " : "", name);
}

void key_map_print(const struct key_map *map, const struct command *command, const char *groups,
		   struct text *keys)
{
	size_t start = keys->length;

	for (size_t i = map->count; i-- > 0;)
		if (map->bindings[i].command == command)
			print_key(map, map->bindings[i].key, command, groups, start, keys);
	for (const char *name = command->keys; *name;) {
		size_t length = strcspn(name, " ");

		print_key(map, key_parse(name, length), command, groups, start, keys);
		name += length + strspn(name + length, " ");
	}
}

const char *key_map_first(const struct key_map *map, const char *name, const char *groups,
			  char key[KEY_NAME_SIZE])
{
	const struct command *command = command_find(map->commands, name, groups);
	struct text keys = {0};

	if (command)
		key_map_print(map, command, groups, &keys);
	snprintf(key, KEY_NAME_SIZE, "%.*s", (int)strcspn(text_string(&keys), " "),
		 text_string(&keys));
	text_clear(&keys);
	return key;
}
