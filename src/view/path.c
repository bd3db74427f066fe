/* SPDX-License-Identifier: MIT */
#include "view/path.h"

#include <string.h>

/* Takes the last element off, down to `floor` bytes. */
static void drop_element(struct text *clean, size_t floor)
{
	size_t length = clean->length;

	while (length > floor && clean->bytes[length - 1] != '/')
		length--;
	if (length > floor)
		length--;
	clean->length = length;
	clean->bytes[length] = '\0';
}

void path_clean(const char *path, struct text *clean)
{
	bool rooted = path[0] == '/';
	size_t floor = rooted ? 1 : 0; /* what ".." must not eat */

	text_reset(clean);
	if (rooted)
		text_add_char(clean, '/');
	while (*path) {
		size_t length = strcspn(path, "/");

		if (length == 2 && path[0] == '.' && path[1] == '.') {
			if (clean->length > floor) {
				drop_element(clean, floor);
			} else if (!rooted) {
				if (clean->length)
					text_add_char(clean, '/');
				text_add(clean, "..", 2);
				floor = clean->length;
			}
		} else if (length && !(length == 1 && path[0] == '.')) {
			if (clean->length > (rooted ? 1u : 0u))
				text_add_char(clean, '/');
			text_add(clean, path, length);
		}
		path += length;
		while (*path == '/')
			path++;
	}
	if (!clean->length)
		text_add_char(clean, '.');
}

void path_base(const char *path, struct text *base)
{
	size_t end = strlen(path), start;

	text_reset(base);
	if (!end) {
		text_add_char(base, '.');
		return;
	}
	while (end && path[end - 1] == '/')
		end--;
	if (!end) {
		text_add_char(base, '/');
		return;
	}
	for (start = end; start && path[start - 1] != '/';)
		start--;
	text_add(base, path + start, end - start);
}

bool path_next(const char **list, struct text *entry)
{
	size_t length;

	if (!*list)
		return false;
	length = strcspn(*list, ":");
	text_reset(entry);
	text_add(entry, *list, length);
	*list = (*list)[length] ? *list + length + 1 : NULL;
	return true;
}

/* path behind the first element with the name of a source directory. */
static const char *find_directory(const char *path, const char *source_path)
{
	struct text entry = {0}, wanted = {0};
	const char *found = NULL;

	while (!found && path_next(&source_path, &entry)) {
		path_base(entry.bytes, &wanted);
		text_add_char(&wanted, '/');
		for (const char *at = path; !found && (at = strchr(at, '/')); at++)
			if (strncmp(at + 1, wanted.bytes, wanted.length) == 0)
				found = at + 1 + wanted.length;
	}
	text_clear(&entry);
	text_clear(&wanted);
	return found;
}

/* path behind the prefix, which ends at an element; NULL if it has another one. */
static const char *skip_prefix(const char *path, const struct text *prefix)
{
	const char *rest;

	if (strncmp(path, prefix->bytes, prefix->length) != 0)
		return NULL;
	rest = path + prefix->length;
	if (prefix->length && prefix->bytes[prefix->length - 1] == '/')
		return rest;
	return *rest == '/' ? rest + 1 : NULL;
}

const char *path_trim(const char *path, const char *trim_path, const char *source_path)
{
	const char *found = NULL, *sandbox = "/proc/self/cwd/.:/proc/self/cwd";
	struct text prefix = {0};

	if (trim_path && !*trim_path)
		trim_path = NULL;
	if (source_path && !*source_path)
		source_path = NULL;
	if (!trim_path)
		found = find_directory(path, source_path);
	while (!found && path_next(&trim_path, &prefix))
		found = skip_prefix(path, &prefix);
	while (!found && path_next(&sandbox, &prefix))
		found = skip_prefix(path, &prefix);
	text_clear(&prefix);
	return found ? found : path;
}
