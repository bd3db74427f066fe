/* SPDX-License-Identifier: MIT */
#include "base/user_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/new_file.h"

bool user_file_path(enum user_directory directory, const char *name, struct text *path)
{
	static const char *const places[][2] = {
		[USER_CONFIG] = {"XDG_CONFIG_HOME", ".config"},
		[USER_STATE] = {"XDG_STATE_HOME", ".local/state"},
	};
	const char *base = getenv(places[directory][0]), *home = getenv("HOME");

	/* The specification: a path that is not absolute is to be ignored. */
	if (base && *base == '/')
		text_printf(path, "%s/ncprof/%s", base, name);
	else if (home && *home == '/')
		text_printf(path, "%s/%s/ncprof/%s", home, places[directory][1], name);
	else
		return false;
	return true;
}

void user_file_expand(const char *path, size_t length, struct text *expanded)
{
	const char *home = getenv("HOME");

	if (home && length && path[0] == '~' && (length == 1 || path[1] == '/')) {
		text_add_string(expanded, home);
		path++;
		length--;
	}
	text_add(expanded, path, length);
}

static bool is_trusted(const struct stat *status, const char *path, struct error *error)
{
	if (!S_ISREG(status->st_mode))
		return error_set(error, "%s is no regular file and was not read", path);
	if (status->st_uid != geteuid() && status->st_uid != 0)
		return error_set(error, "%s belongs to somebody else and was not read", path);
	if (status->st_mode & (S_IWGRP | S_IWOTH))
		return error_set(error, "%s was not read: others may write to it; chmod go-w it",
				 path);
	if ((size_t)status->st_size > USER_FILE_LIMIT)
		return error_set(error, "%s is longer than 64 kB and was not read", path);
	return true;
}

static bool read_all(int descriptor, const char *path, struct text *content, struct error *error)
{
	char bytes[4096];
	size_t start = content->length;
	ssize_t length;

	while ((length = read(descriptor, bytes, sizeof(bytes))) != 0) {
		if (length < 0 && errno == EINTR)
			continue;
		if (length < 0)
			return error_set(error, "%s: %s", path, strerror(errno));
		text_add(content, bytes, (size_t)length);
		if (content->length - start > USER_FILE_LIMIT)
			return error_set(error, "%s is longer than 64 kB and was not read", path);
	}
	return true;
}

enum user_file_state user_file_read(const char *path, struct text *content, struct error *error)
{
	int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat status;
	bool good;

	if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR))
		return USER_FILE_ABSENT;
	if (descriptor < 0) {
		error_set(error, "%s: %s", path, strerror(errno));
		return USER_FILE_REFUSED;
	}
	good = fstat(descriptor, &status) == 0 || error_set(error, "%s: %s", path, strerror(errno));
	good = good && is_trusted(&status, path, error) &&
	       read_all(descriptor, path, content, error);
	close(descriptor);
	return good ? USER_FILE_READ : USER_FILE_REFUSED;
}

/* All directories of a path; what is there already is left as it is. */
static void make_directories(const char *path)
{
	struct text directory = {0};

	for (const char *slash = path; (slash = strchr(slash + 1, '/'));) {
		text_reset(&directory);
		text_add(&directory, path, (size_t)(slash - path));
		mkdir(text_string(&directory), 0700); /* a failure shows when the file is made */
	}
	text_clear(&directory);
}

bool user_file_write(const char *path, const char *bytes, size_t length, struct error *error)
{
	make_directories(path);
	return new_file_write(path, 0600, false, bytes, length) ||
	       error_set(error, "%s: %s", path, strerror(errno));
}
