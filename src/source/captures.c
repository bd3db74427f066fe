/* SPDX-License-Identifier: MIT */
#include "source/captures.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/text.h"

struct kept {
	char *location, *path;
};

struct captures {
	pthread_mutex_t mutex;
	char *directory; /* NULL until something is kept */
	struct kept *kept;
	size_t count, capacity;
	unsigned made; /* files so far: their names */
};

struct capture {
	struct captures *captures;
	char *location, *path;
	FILE *file;
	bool failed;
};

struct captures *captures_new(void)
{
	struct captures *captures = alloc_zero(1, sizeof(*captures));

	pthread_mutex_init(&captures->mutex, NULL);
	return captures;
}

static void drop(struct kept *kept)
{
	unlink(kept->path);
	free(kept->path);
	free(kept->location);
}

void captures_free(struct captures *captures)
{
	if (!captures)
		return;
	for (size_t i = 0; i < captures->count; i++)
		drop(&captures->kept[i]);
	if (captures->directory)
		rmdir(captures->directory);
	free(captures->directory);
	free(captures->kept);
	pthread_mutex_destroy(&captures->mutex);
	free(captures);
}

static struct kept *find(struct captures *captures, const char *location)
{
	for (size_t i = 0; i < captures->count; i++)
		if (strcmp(captures->kept[i].location, location) == 0)
			return &captures->kept[i];
	return NULL;
}

char *captures_find(struct captures *captures, const char *location)
{
	const struct kept *kept;
	char *path;

	pthread_mutex_lock(&captures->mutex);
	kept = find(captures, location);
	path = kept ? alloc_text(kept->path) : NULL;
	pthread_mutex_unlock(&captures->mutex);
	return path;
}

/* Makes the directory; false if there is no place for one. */
static bool make_directory(struct captures *captures)
{
	const char *root = getenv("TMPDIR");
	struct text name = {0};

	if (captures->directory)
		return true;
	text_printf(&name, "%s/ncprof-XXXXXX", root && *root ? root : "/tmp");
	if (mkdtemp(name.bytes)) {
		captures->directory = name.bytes;
		return true;
	}
	text_clear(&name);
	return false;
}

struct capture *capture_begin(struct captures *captures, const char *location)
{
	struct capture *capture = NULL;
	struct text path = {0};
	FILE *file = NULL;

	pthread_mutex_lock(&captures->mutex);
	if (make_directory(captures)) {
		text_printf(&path, "%s/%u", captures->directory, ++captures->made);
		file = fopen(path.bytes, "wx");
	}
	pthread_mutex_unlock(&captures->mutex);
	if (!file) {
		text_clear(&path);
		return NULL;
	}
	capture = alloc_zero(1, sizeof(*capture));
	*capture = (struct capture){captures, alloc_text(location), path.bytes, file, false};
	return capture;
}

void capture_add(struct capture *capture, const void *bytes, size_t length)
{
	if (capture && fwrite(bytes, 1, length, capture->file) != length)
		capture->failed = true;
}

static void keep(struct captures *captures, struct kept made)
{
	struct kept *kept;

	pthread_mutex_lock(&captures->mutex);
	kept = find(captures, made.location);
	if (kept) {
		/* Whoever still reads the old one has it open. */
		drop(kept);
		*kept = made;
	} else {
		array_push(captures->kept, captures->count, captures->capacity, made);
	}
	pthread_mutex_unlock(&captures->mutex);
}

void captures_move(struct captures *to, struct captures *from, const char *location)
{
	struct kept *kept, moved = {NULL, NULL};

	pthread_mutex_lock(&from->mutex);
	kept = find(from, location);
	if (kept) {
		moved = *kept;
		*kept = from->kept[--from->count];
	}
	pthread_mutex_unlock(&from->mutex);
	if (moved.path)
		keep(to, moved);
}

void capture_end(struct capture *capture, bool good)
{
	struct kept made;

	if (!capture)
		return;
	made = (struct kept){capture->location, capture->path};
	if (fclose(capture->file) != 0 || capture->failed || !good) {
		drop(&made);
		free(capture);
		return;
	}
	keep(capture->captures, made);
	free(capture);
}
