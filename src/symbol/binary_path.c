/* SPDX-License-Identifier: MIT */
#include "symbol/binary_path.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "symbol/symbol_table.h"

/* Takes the last element off; one that is ".." stays. False if there is none. */
static bool drop_last(struct text *text, size_t start, bool rooted)
{
	size_t at = text->length;

	while (at > start && text->bytes[at - 1] != '/')
		at--;
	if (at == text->length || strcmp(text->bytes + at, "..") == 0)
		return rooted && text->length == start + 1;
	text->length = at > start + rooted ? at - 1 : at;
	text->bytes[text->length] = '\0';
	return true;
}

static void add_element(struct text *text, size_t start, bool rooted, const char *at, size_t length)
{
	if (!length || (length == 1 && *at == '.'))
		return;
	if (length == 2 && at[0] == '.' && at[1] == '.' && drop_last(text, start, rooted))
		return;
	if (text->length > start + rooted)
		text_add_char(text, '/');
	text_add(text, at, length);
}

void path_join(struct text *text, const char *const *parts, size_t count)
{
	size_t start = text->length, first = 0;
	bool rooted;

	while (first < count && !*parts[first])
		first++;
	rooted = first < count && parts[first][0] == '/';
	if (rooted)
		text_add_char(text, '/');
	for (size_t i = first; i < count; i++) {
		for (const char *at = parts[i]; *at; at += *at == '/') {
			size_t length = strcspn(at, "/");

			add_element(text, start, rooted, at, length);
			at += length;
		}
	}
	if (text->length == start && first < count)
		text_add_char(text, '.');
}

char *binary_search_path(void)
{
	const char *path = getenv("PPROF_BINARY_PATH"), *home = getenv("HOME");
	struct text text = {0};

	if (path && *path)
		text_add_string(&text, path);
	else
		path_join(&text, (const char *const[]){home ? home : "", "pprof", "binaries"}, 3);
	return text.bytes;
}

bool binary_open(struct elf_file *elf, const char *path, struct binary_wanted *wanted,
		 struct error *error)
{
	struct load_range *range = &wanted->range;
	const char *symbol = *wanted->kernel_symbol ? wanted->kernel_symbol : "_stext";

	range->has_kernel_symbol = false;
	if (!elf_open(elf, path, error))
		return false;
	if (load_range_needs_kernel_symbol(range, path))
		range->has_kernel_symbol = symbol_table_value(elf, symbol, &range->kernel_symbol);
	if (load_address_check(elf, range, error))
		return true;
	elf_close(elf);
	return error_wrap(error, "error reading ELF file %s: could not identify base for %s", path,
			  path);
}

struct names {
	char **items;
	size_t count, capacity;
};

static void add_name(struct names *names, const char *const *parts, size_t count)
{
	struct text text = {0};

	path_join(&text, parts, count);
	if (text.bytes)
		array_push(names->items, names->count, names->capacity, text.bytes);
}

static int is_visible(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

/* All files of a directory, in the order of their names. */
static void add_directory(struct names *names, const char *path, const char *build_id)
{
	struct dirent **entries;
	struct text directory = {0};
	int count;

	path_join(&directory, (const char *const[]){path, build_id}, 2);
	count = scandir(text_string(&directory), &entries, is_visible, alphasort);
	for (int i = 0; i < count; i++) {
		add_name(names, (const char *const[]){directory.bytes, entries[i]->d_name}, 2);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	text_clear(&directory);
}

/* A build id is part of a path: what it holds besides letters and digits could lead anywhere. */
static bool is_plain(const char *build_id)
{
	return strspn(build_id,
		      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-") ==
	       strlen(build_id);
}

static void add_by_build_id(struct names *names, const char *path,
			    const struct binary_wanted *wanted, const char *base)
{
	const char *id = wanted->build_id;
	struct text rest = {0};

	add_name(names, (const char *const[]){path, id, base}, 3);
	add_directory(names, path, id);
	add_name(names, (const char *const[]){path, wanted->file, id}, 3);
	if (strlen(id) >= 2) {
		const char first[3] = {id[0], id[1], '\0'};

		text_printf(&rest, "%s.debug", id + 2);
		add_name(names, (const char *const[]){path, first, rest.bytes}, 3);
	}
	text_clear(&rest);
}

/* The places of perf's symfs and of gdb. */
static void add_by_file(struct names *names, const char *path, const char *file, const char *base)
{
	struct text debug = {0}, directory = {0}, base_debug = {0};

	text_printf(&debug, "%s.debug", file);
	text_printf(&base_debug, "%s.debug", base);
	text_add(&directory, file, strlen(file) - strlen(base));
	add_name(names, (const char *const[]){path, base}, 2);
	add_name(names, (const char *const[]){path, file}, 2);
	add_name(names, (const char *const[]){path, debug.bytes}, 2);
	add_name(names,
		 (const char *const[]){path, text_string(&directory), ".debug", base_debug.bytes},
		 4);
	add_name(names,
		 (const char *const[]){path, "usr/lib/debug", text_string(&directory),
				       base_debug.bytes},
		 4);
	text_clear(&debug);
	text_clear(&directory);
	text_clear(&base_debug);
}

static void list_names(struct names *names, const char *path, const struct binary_wanted *wanted)
{
	const char *slash = strrchr(wanted->file, '/');
	const char *base = slash ? slash + 1 : wanted->file;

	if (*wanted->build_id && is_plain(wanted->build_id))
		add_by_build_id(names, path, wanted, base);
	if (*wanted->file)
		add_by_file(names, path, wanted->file, base);
}

/* Is it the binary that is wanted? A line in messages if it is another build of it. */
static bool is_wanted(const char *name, const struct binary_wanted *wanted, struct text *messages)
{
	struct binary_wanted opened = *wanted;
	struct elf_file elf;
	struct error error;
	bool same;

	if (!binary_open(&elf, name, &opened, &error))
		return false;
	same = !*wanted->build_id || strcmp(wanted->build_id, elf.build_id) == 0;
	if (!same)
		text_printf(messages, "Ignoring local file %s: build-id mismatch (%s != %s)\n",
			    name, wanted->build_id, elf.build_id);
	elf_close(&elf);
	return same;
}

bool binary_path_find(const struct binary_wanted *wanted, const char *search_path,
		      struct text *found, struct text *messages)
{
	struct names names = {0};
	bool good = false;

	for (const char *at = search_path;; at++) {
		size_t length = strcspn(at, ":");
		struct text path = {0};

		text_add(&path, at, length);
		list_names(&names, path.bytes, wanted);
		text_clear(&path);
		at += length;
		if (!*at)
			break;
	}
	for (size_t i = 0; i < names.count; i++) {
		if (!good && is_wanted(names.items[i], wanted, messages)) {
			good = true;
			text_add_string(found, names.items[i]);
		}
		free(names.items[i]);
	}
	free(names.items);
	return good;
}
