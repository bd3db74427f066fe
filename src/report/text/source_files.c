/* SPDX-License-Identifier: MIT */
#include "report/text/source_files.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "base/text.h"
#include "base/span.h"
#include "profile/strings.h"
#include "report/text/source_trust.h"
#include "view/path.h"

#define LINE_LIMIT ((size_t)64 * 1024)
#define FILE_LIMIT ((size_t)256 * 1024 * 1024)

struct source_file {
	char *location; /* NULL: not found */
	char *error;    /* NULL: read */
	struct text tried;
	struct text text;
	size_t *starts; /* of the lines; one more for the end of the last */
	size_t line_count, capacity;
};

struct source_files {
	char *source_path, *trim_path;
	struct source_search search;
	struct strings names;
	struct source_file **files; /* by id of the name */
	size_t file_count, file_capacity;
};

struct source_files *source_files_new(const char *source_path, const char *trim_path,
				      const struct source_places *places)
{
	struct source_files *files = alloc_zero(1, sizeof(*files));
	char directory[PATH_MAX];

	if (!source_path || !*source_path)
		source_path = getcwd(directory, sizeof(directory)) ? directory : ".";
	files->source_path = alloc_text(source_path);
	files->trim_path = alloc_text(trim_path ? trim_path : "");
	files->search = (struct source_search){.source_path = files->source_path, .places = places};
	strings_init(&files->names, NULL);
	return files;
}

static void free_file(struct source_file *file)
{
	if (!file)
		return;
	free(file->location);
	free(file->error);
	text_clear(&file->tried);
	text_clear(&file->text);
	free(file->starts);
	free(file);
}

void source_files_free(struct source_files *files)
{
	if (!files)
		return;
	for (size_t i = 0; i < files->file_count; i++)
		free_file(files->files[i]);
	free(files->files);
	source_search_clear(&files->search);
	free(files->source_path);
	free(files->trim_path);
	strings_clear(&files->names);
	free(files);
}

/* The directory above, as filepath.Dir has it; false at the top. */
static bool go_up(struct text *directory)
{
	struct text above = {0}, clean = {0};
	size_t length = directory->length;
	bool moved;

	while (length && directory->bytes[length - 1] != '/')
		length--;
	text_add(&above, directory->bytes, length);
	path_clean(above.bytes, &clean);
	moved = strcmp(clean.bytes, directory->bytes) != 0;
	text_clear(&above);
	text_clear(directory);
	*directory = clean;
	return moved;
}

static int look_in(const char *source_path, struct text *directory, const char *name,
		   struct text *location, struct text *tried, struct text *why)
{
	struct text joined = {0};
	int fd;

	do {
		text_reset(&joined);
		if (directory->length)
			text_printf(&joined, "%s/", directory->bytes);
		text_add_string(&joined, name);
		path_clean(joined.bytes, location);
		text_printf(tried, "%s\n", location->bytes);
		fd = source_trust_open(source_path, NULL, location->bytes, why);
	} while (fd < 0 && !why->length && go_up(directory));
	text_clear(&joined);
	return fd;
}

/* A file at which the search looks. */
struct attempt {
	const char *source_path;
	struct text *location, *tried;
	int fd;
};

static bool take_attempt(void *context, const char *path, const char *named)
{
	struct attempt *attempt = context;
	struct stat status;
	struct text why = {0};

	if (stat(path, &status) != 0 || !S_ISREG(status.st_mode)) {
		text_printf(attempt->tried, "%s\n", path);
		return false;
	}
	attempt->fd = source_trust_open(attempt->source_path, named, path, &why);
	text_clear(&why);
	if (attempt->fd < 0)
		return false;
	text_reset(attempt->location);
	text_add_string(attempt->location, path);
	return true;
}

/* As pprof finds it; -1 with an error. */
static int find_plainly(const struct source_files *files, const char *name, struct text *location,
			struct text *tried, struct text *error)
{
	const char *directories = files->source_path;
	struct text directory = {0};
	int fd = -1;

	name = path_trim(name, files->trim_path, files->source_path);
	if (*name == '/') {
		text_add_string(location, name);
		text_printf(tried, "%s\n", name);
		fd = source_trust_open(files->source_path, NULL, name, error);
		if (fd < 0 && !error->length) {
			const char *reason = strerror(errno);

			/* As Go has it. */
			text_printf(error, "open %s: %c%s", name, tolower((unsigned char)*reason),
				    reason + 1);
		}
		return fd;
	}
	while (fd < 0 && path_next(&directories, &directory))
		fd = look_in(files->source_path, &directory, name, location, tried, error);
	text_clear(&directory);
	if (fd < 0 && !error->length)
		text_printf(error, "could not find file %s on path %s", name, files->source_path);
	return fd;
}

/* What is no file, like a directory, has no lines; pprof says no more about it. */
static void read_text(int fd, struct text *text)
{
	struct stat status;
	char block[65536];
	ssize_t got;

	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
		return;
	while (text->length < FILE_LIMIT && (got = read(fd, block, sizeof(block))) > 0)
		text_add(text, block, (size_t)got);
}

static void find_lines(struct source_file *file)
{
	const char *bytes = text_string(&file->text);
	size_t length = file->text.length, at = 0;

	while (at < length) {
		const char *end = memchr(bytes + at, '\n', length - at);
		size_t next = end ? (size_t)(end - bytes) + 1 : length;

		if (next - at - (end != NULL) >= LINE_LIMIT)
			break;
		array_push(file->starts, file->line_count, file->capacity, at);
		at = next;
	}
	array_reserve(file->starts, file->capacity, file->line_count + 1);
	file->starts[file->line_count] = at;
}

static int find_file(struct source_files *files, const char *name, struct text *location,
		     struct text *tried, struct text *error)
{
	struct attempt attempt = {
		.source_path = files->source_path, .location = location, .tried = tried};
	int fd = find_plainly(files, name, location, tried, error);

	if (fd >= 0 || !source_search_run(&files->search, name, take_attempt, &attempt))
		return fd;
	text_reset(error);
	return attempt.fd;
}

static struct source_file *read_file(struct source_files *files, const char *name)
{
	struct source_file *file = alloc_zero(1, sizeof(*file));
	struct text location = {0}, error = {0};
	int fd = find_file(files, name, &location, &file->tried, &error);

	if (fd >= 0) {
		read_text(fd, &file->text);
		close(fd);
		file->location = alloc_text(text_string(&location));
	} else {
		file->error = alloc_text(text_string(&error));
	}
	find_lines(file);
	text_clear(&location);
	text_clear(&error);
	return file;
}

static const struct source_file *get_file(struct source_files *files, const char *name)
{
	string_id id = strings_add_text(&files->names, name);

	while (files->file_count <= id)
		array_push(files->files, files->file_count, files->file_capacity, NULL);
	if (!files->files[id])
		files->files[id] = read_file(files, name);
	return files->files[id];
}

const char *source_files_line(struct source_files *files, const char *name, int64_t number,
			      size_t *length)
{
	const struct source_file *file = get_file(files, name);
	const char *start, *end;

	*length = 0;
	if (number < 1 || (uint64_t)number > file->line_count)
		return NULL;
	start = file->text.bytes + file->starts[number - 1];
	end = file->text.bytes + file->starts[number];
	if (end > start && end[-1] == '\n')
		end--;
	if (end > start && end[-1] == '\r')
		end--;
	*length = (size_t)(end - start);
	return start;
}

const char *source_files_error(const struct source_files *files, const char *name)
{
	string_id id = strings_find(&files->names, name, strlen(name));

	return id != NONE && id < files->file_count && files->files[id] ? files->files[id]->error
									: NULL;
}

const char *source_files_location(struct source_files *files, const char *name)
{
	return get_file(files, name)->location;
}

int64_t source_files_count(struct source_files *files, const char *name)
{
	return (int64_t)get_file(files, name)->line_count;
}

/* The last identifier of main.(*T).work[...], or nothing for func1 and what has signs in it. */
static struct span short_of(const char *function)
{
	struct span name = span_of(function), end;
	const char *bracket = strchr(function, '[');

	if (bracket)
		name.end = bracket;
	end = (struct span){name.end, name.end};
	while (end.at > name.at && (isalnum((unsigned char)end.at[-1]) || end.at[-1] == '_' ||
				    (unsigned char)end.at[-1] >= 0x80))
		end.at--;
	/* What the compiler made has no name in the source. */
	if (strstr(function, ".func") || strstr(function, "-fm") || strstr(function, ".gowrap") ||
	    strstr(function, ".deferwrap") || strstr(function, ".init"))
		end.at = end.end;
	return end;
}

static bool has_word(const char *text, size_t length, struct span word)
{
	return memmem(text, length, word.at, span_length(word)) != NULL;
}

bool source_files_misfit(struct source_files *files, const char *name, const char *function,
			 int64_t start, int64_t last, struct text *why)
{
	const struct source_file *file = get_file(files, name);
	const char *dot = strrchr(name, '.'), *text;
	struct span word = short_of(function);
	size_t length;

	if (!file->location || !file->line_count)
		return false;
	if (last > (int64_t)file->line_count) {
		text_printf(why,
			    "%s has %zu lines and the profile names line %lld: it is another "
			    "version of the file",
			    file->location, file->line_count, (long long)last);
		return true;
	}
	text = source_files_line(files, name, start, &length);
	if (!text || !dot || strcmp(dot, ".go") != 0 || span_is_empty(word) ||
	    has_word(text, length, word))
		return false;
	text_printf(why, "%s: %.*s does not begin at line %lld: it is another version of the file",
		    file->location, (int)span_length(word), word.at, (long long)start);
	return true;
}

const char *source_files_tried(struct source_files *files, const char *name)
{
	return text_string(&get_file(files, name)->tried);
}
