/* SPDX-License-Identifier: MIT */
#include "ui/input/complete_path.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/array.h"
#include "base/user_file.h"

#define MOST_ENTRIES 200

/* The folder of a path as the system wants it: "." for none, ~ as in a shell. */
static void folder_of(const char *path, size_t length, struct text *folder)
{
	user_file_expand(path, length, folder);
	if (!folder->length)
		text_add_string(folder, "./");
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void offer(struct completions *completions, const char *folder, const char *name)
{
	struct text path = {0};
	struct stat status;
	bool is_folder;

	text_printf(&path, "%s%s", folder, name);
	is_folder = stat(path.bytes, &status) == 0 && S_ISDIR(status.st_mode);
	text_reset(&path);
	text_printf(&path, "%s%s", name, is_folder ? "/" : "");
	completions_add(completions, path.bytes, path.length);
	text_clear(&path);
}

void complete_path(void *owner, const char *line, size_t cursor, struct completions *completions)
{
	size_t start = cursor;
	struct text folder = {0};
	const struct dirent *entry;
	DIR *open;

	(void)owner;
	while (start && line[start - 1] != '/')
		start--;
	completions->start = start;
	folder_of(line, start, &folder);
	open = opendir(folder.bytes);
	while (open && completions->count < MOST_ENTRIES && (entry = readdir(open))) {
		/* Hidden ones are for those who say so. */
		if (entry->d_name[0] == '.' && (start == cursor || line[start] != '.'))
			continue;
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
		    !strncmp(entry->d_name, line + start, cursor - start))
			offer(completions, folder.bytes, entry->d_name);
	}
	if (open)
		closedir(open);
	if (completions->count)
		qsort(completions->items, completions->count, sizeof(*completions->items), by_name);
	text_clear(&folder);
}
