/* SPDX-License-Identifier: MIT */
#include "ui/input/complete_path.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/array.h"
#include "base/user_file.h"

#define MOST_ENTRIES 200

/* The directory of a path as the system wants it: "." for none, ~ as in a shell. */
static void directory_of(const char *path, size_t length, struct text *directory)
{
	user_file_expand(path, length, directory);
	if (!directory->length)
		text_add_string(directory, "./");
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void offer(struct completions *completions, const char *directory, const char *name)
{
	struct text path = {0};
	struct stat status;
	bool is_directory;

	text_printf(&path, "%s%s", directory, name);
	is_directory = stat(path.bytes, &status) == 0 && S_ISDIR(status.st_mode);
	text_reset(&path);
	text_printf(&path, "%s%s", name, is_directory ? "/" : "");
	completions_add(completions, path.bytes, path.length);
	text_clear(&path);
}

void complete_path(void *owner, const char *line, size_t cursor, struct completions *completions)
{
	size_t start = cursor;
	struct text directory = {0};
	const struct dirent *entry;
	DIR *open;

	(void)owner;
	while (start && line[start - 1] != '/')
		start--;
	completions->start = start;
	directory_of(line, start, &directory);
	open = opendir(directory.bytes);
	while (open && completions->count < MOST_ENTRIES && (entry = readdir(open))) {
		/* Hidden ones are for those who say so. */
		if (entry->d_name[0] == '.' && (start == cursor || line[start] != '.'))
			continue;
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
		    !strncmp(entry->d_name, line + start, cursor - start))
			offer(completions, directory.bytes, entry->d_name);
	}
	if (open)
		closedir(open);
	if (completions->count)
		qsort(completions->items, completions->count, sizeof(*completions->items), by_name);
	text_clear(&directory);
}
