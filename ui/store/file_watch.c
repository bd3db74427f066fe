/* SPDX-License-Identifier: MIT */
#include "ui/store/file_watch.h"

#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/alloc.h"

/* A file that is replaced by another one of its name loses a link, which is an attribute. */
#define EVENTS (IN_CLOSE_WRITE | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF)

void file_watch_init(struct file_watch *watch)
{
	*watch = (struct file_watch){.descriptor = -1};
}

void file_watch_stop(struct file_watch *watch)
{
	if (watch->descriptor >= 0)
		close(watch->descriptor);
	free(watch->files);
	file_watch_init(watch);
}

static void add_file(struct file_watch *watch, const char *path)
{
	struct watched_file *file = &watch->files[watch->count];

	*file = (struct watched_file){.path = path};
	if (!strcmp(path, "-") || stat(path, &file->status) != 0 || !S_ISREG(file->status.st_mode))
		return;
	file->seen =
		watch->descriptor >= 0 && inotify_add_watch(watch->descriptor, path, EVENTS) >= 0;
	watch->count++;
}

void file_watch_start(struct file_watch *watch, char *const *paths, size_t count)
{
	file_watch_stop(watch);
	watch->descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	watch->files = alloc_zero(count ? count : 1, sizeof(*watch->files));
	for (size_t i = 0; i < count; i++)
		add_file(watch, paths[i]);
}

static bool differs(const struct stat *a, const struct stat *b)
{
	return a->st_dev != b->st_dev || a->st_ino != b->st_ino || a->st_size != b->st_size ||
	       a->st_mtim.tv_sec != b->st_mtim.tv_sec || a->st_mtim.tv_nsec != b->st_mtim.tv_nsec;
}

/* True if there was something to read. */
static bool drain(int descriptor)
{
	char events[4096];
	bool any = false;

	while (descriptor >= 0 && read(descriptor, events, sizeof(events)) > 0)
		any = true;
	return any;
}

const char *file_watch_changed(struct file_watch *watch)
{
	bool any = drain(watch->descriptor);

	for (size_t i = 0; i < watch->count; i++) {
		struct watched_file *file = &watch->files[i];
		struct stat now;

		if (!any && file->seen)
			continue;
		/* Gone: the next one of this name is another file, which no watch knows. */
		if (stat(file->path, &now) != 0)
			file->seen = false;
		else if (differs(&now, &file->status))
			return file->path;
	}
	return NULL;
}
