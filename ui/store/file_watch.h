/* SPDX-License-Identifier: MIT */
/*
 * Tells when files change after they were read: by inotify, so that waiting
 * costs no wake-up; a file that cannot be watched (it is gone for now, or the
 * file system has no inotify) is looked at when somebody asks.
 */
#ifndef UI_STORE_FILE_WATCH_H
#define UI_STORE_FILE_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct watched_file {
	const char *path;
	struct stat status; /* when the watch began */
	bool seen;          /* it has an inotify watch */
};

struct file_watch {
	struct watched_file *files;
	size_t count;
	int descriptor; /* readable when something may have changed; -1: nothing is watched */
};

/* An empty watch; start may be called again and again, paths must outlive it. "-" is left out. */
void file_watch_init(struct file_watch *watch);
void file_watch_start(struct file_watch *watch, char *const *paths, size_t count);
void file_watch_stop(struct file_watch *watch);

/*
 * The path of a file that is another one or has other bytes than when the
 * watch began; NULL: none. A file that is gone counts once it is there again.
 */
const char *file_watch_changed(struct file_watch *watch);

#endif
