/* SPDX-License-Identifier: MIT */
#include "report/text/source_places.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/text.h"
#include "base/user_file.h"
#include "report/text/source_search.h"

#define MOST_PLACES 50

void source_place_clear(struct source_place *place)
{
	free(place->from);
	free(place->to);
	*place = (struct source_place){NULL, NULL};
}

void source_places_clear(struct source_places *places)
{
	for (size_t i = 0; i < places->count; i++)
		source_place_clear(&places->list[i]);
	free(places->list);
	*places = (struct source_places){0};
}

/* --- From an answer ------------------------------------------------------- */

static bool is_file(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static bool is_directory(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* The path without links and dots; false with an error: it is not there. */
static bool resolve(const char *answer, char path[PATH_MAX], struct error *error)
{
	struct text whole = {0};
	bool good;

	user_file_expand(answer, strlen(answer), &whole);
	good = realpath(text_string(&whole), path) != NULL;
	text_clear(&whole);
	return good || error_set(error, "%.200s is not there", answer);
}

/* How many bytes at the end of both are the same whole elements of a path. */
static size_t common_end(const char *file, const char *path)
{
	size_t end = strlen(file), a = end, b = strlen(path), common = 0;

	while (a && b && file[a - 1] == path[b - 1]) {
		a--;
		b--;
		if (file[a] == '/')
			common = end - a - 1;
	}
	/* A relative name is whole where it starts. */
	return !a && end && *file != '/' && b && path[b - 1] == '/' ? end : common;
}

static char *copy(const char *bytes, size_t length)
{
	struct text text = {0};

	text_add(&text, bytes, length);
	return text.bytes;
}

/* The place that follows if the last `length` bytes of the name are in the directory. */
static void set_place(const char *file, size_t length, const char *directory,
		      size_t directory_length, struct source_place *place)
{
	size_t from = strlen(file) - length;

	/* Of what is absolute at least the root goes. */
	while (from > 1 && file[from - 1] == '/')
		from--;
	while (directory_length > 1 && directory[directory_length - 1] == '/')
		directory_length--;
	place->from = copy(file, from);
	place->to = copy(directory, directory_length);
}

static bool guess_by_directory(const char *file, const char *directory, struct source_place *place,
			       struct error *error)
{
	const char *base = strrchr(file, '/');
	struct text path = {0};
	bool found = false;

	for (const char *rest = file + (*file == '/'); rest && !found;) {
		text_reset(&path);
		text_printf(&path, "%s/%s", directory, rest);
		found = is_file(path.bytes);
		if (found)
			set_place(file, strlen(rest), directory, strlen(directory), place);
		rest = strchr(rest, '/');
		rest = rest ? rest + 1 : NULL;
	}
	text_clear(&path);
	return found || error_set(error, "no end of the path of %.200s is in %.200s",
				  base ? base + 1 : file, directory);
}

static bool guess(const char *file, const char *answer, struct source_place *place,
		  struct error *error)
{
	char path[PATH_MAX];
	size_t common;

	if (!resolve(answer, path, error))
		return false;
	if (is_directory(path))
		return guess_by_directory(file, path, place, error);
	common = common_end(file, path);
	if (!common)
		return error_set(error, "%.200s is another file than %.200s", answer, file);
	set_place(file, common, path, strlen(path) - common, place);
	return true;
}

bool source_place_guess(const char *file, const char *answer, struct source_place *place,
			struct error *error)
{
	struct text plain = {0};
	bool good;

	*place = (struct source_place){NULL, NULL};
	if (!*file)
		return error_set(error, "the profile names no source file for this");
	source_search_plain(file, &plain);
	good = guess(text_string(&plain), answer, place, error);
	text_clear(&plain);
	return good;
}

/* --- The list ------------------------------------------------------------- */

void source_places_add(struct source_places *places, struct source_place *place)
{
	size_t kept = 0;

	for (size_t i = 0; i < places->count; i++) {
		if (strcmp(places->list[i].from, place->from) != 0 && kept + 1 < MOST_PLACES)
			places->list[kept++] = places->list[i];
		else
			source_place_clear(&places->list[i]);
	}
	places->count = kept;
	array_push(places->list, places->count, places->capacity, *place);
	memmove(places->list + 1, places->list, kept * sizeof(*places->list));
	places->list[0] = *place;
	*place = (struct source_place){NULL, NULL};
}

/* --- The file ------------------------------------------------------------- */

bool source_places_read(const char *path, struct source_places *places, struct error *error)
{
	struct text content = {0};
	enum user_file_state state = user_file_read(path, &content, error);
	char *line, *rest = content.bytes;

	while (state == USER_FILE_READ && (line = strsep(&rest, "\n"))) {
		char *tab = strchr(line, '\t');
		struct source_place place;

		if (!tab || tab[1] != '/' || places->count == MOST_PLACES)
			continue;
		*tab = '\0';
		place = (struct source_place){alloc_text(line), alloc_text(tab + 1)};
		array_push(places->list, places->count, places->capacity, place);
	}
	text_clear(&content);
	return state != USER_FILE_REFUSED;
}

void source_places_load(struct source_places *places)
{
	struct text path = {0};
	struct error ignored;

	if (user_file_path(USER_STATE, "sources", &path))
		source_places_read(path.bytes, places, &ignored);
	text_clear(&path);
}

bool source_places_write(const char *path, const struct source_places *places, struct error *error)
{
	struct text text = {0};
	bool good;

	for (size_t i = 0; i < places->count; i++)
		if (!strpbrk(places->list[i].from, "\t\n") && !strpbrk(places->list[i].to, "\t\n"))
			text_printf(&text, "%s\t%s\n", places->list[i].from, places->list[i].to);
	good = user_file_write(path, text_string(&text), text.length, error);
	text_clear(&text);
	return good;
}
