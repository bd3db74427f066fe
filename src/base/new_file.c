/* SPDX-License-Identifier: MIT */
#include "base/new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"

enum { MOST_NUMBERS = 9999, MOST_TRIES = 1000 };

/* The directory that the file is in, to be freed. */
static char *directory_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct text directory = {0};

	if (!slash)
		text_add_string(&directory, ".");
	else
		text_add(&directory, path, slash == path ? 1 : (size_t)(slash - path));
	return directory.bytes;
}

/* A name beside the file for which make() works; NULL with errno if there is none. */
static char *find_name(const struct new_file *file, bool (*make)(const char *name, void *data),
		       void *data)
{
	struct text name = {0};

	for (unsigned i = 0; i < MOST_TRIES; i++) {
		text_reset(&name);
		text_printf(&name, "%s.%d-%u", file->path, (int)getpid(), i);
		if (make(name.bytes, data))
			return name.bytes;
		if (errno != EEXIST)
			break;
	}
	text_clear(&name);
	return NULL;
}

struct named {
	int descriptor;
	mode_t mode;
};

static bool make_named(const char *name, void *data)
{
	struct named *named = data;

	named->descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, named->mode);
	return named->descriptor >= 0;
}

/* A file of its own; -1 with errno. */
static int open_beside(struct new_file *file, mode_t mode)
{
	struct named named = {.mode = mode};
	char *directory = directory_of(file->path);

	named.descriptor = open(directory, O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
	free(directory);
	if (named.descriptor >= 0 ||
	    (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL && errno != ENOENT))
		return named.descriptor;
	/* A file system or a kernel that knows no files without a name. */
	file->beside = find_name(file, make_named, &named);
	return file->beside ? named.descriptor : -1;
}

/* As the file that it replaces. */
static void take_over(int descriptor, const struct stat *old)
{
	/* Only root may give a file away; the group may still be ours. */
	if (fchown(descriptor, old->st_uid, old->st_gid) != 0 &&
	    fchown(descriptor, (uid_t)-1, old->st_gid) != 0)
		errno = 0;
	fchmod(descriptor, old->st_mode & 07777);
}

static bool is_system_name(const char *path)
{
	return !strncmp(path, "/dev/", 5) || !strncmp(path, "/proc/", 6);
}

/* A regular file, or none: where does the stream go? */
static bool open_regular(struct new_file *file, const struct stat *old, mode_t mode)
{
	int descriptor = open_beside(file, mode);

	if (descriptor >= 0 && old)
		take_over(descriptor, old);
	if (descriptor >= 0) {
		file->stream = fdopen(descriptor, "w");
		return file->stream != NULL;
	}
	if (!old || (errno != EACCES && errno != EPERM && errno != EROFS))
		return false;
	file->copied = true;
	file->stream = tmpfile();
	return file->stream != NULL;
}

bool new_file_open(struct new_file *file, const char *path, mode_t mode, bool only_new)
{
	struct stat status;
	bool exists = stat(path, &status) == 0;
	char *target = exists ? realpath(path, NULL) : NULL;

	*file = (struct new_file){.only_new = only_new};
	file->path = alloc_text(target ? target : path);
	/* A link to nothing makes what it names. */
	file->direct = is_system_name(path) || (exists && !S_ISREG(status.st_mode)) ||
		       (!exists && !only_new && lstat(path, &status) == 0);
	free(target);
	if (exists && only_new)
		errno = EEXIST;
	else if (exists && S_ISDIR(status.st_mode))
		errno = EISDIR;
	else if (exists && faccessat(AT_FDCWD, file->path, W_OK, AT_EACCESS) != 0)
		;
	else if (file->direct)
		file->stream = fopen(path, "we");
	else if (!open_regular(file, exists ? &status : NULL, mode))
		file->stream = NULL;
	if (file->stream)
		return true;
	free(file->path);
	free(file->beside);
	*file = (struct new_file){0};
	return false;
}

static void end(struct new_file *file)
{
	int failure = errno;

	if (file->beside)
		unlink(file->beside);
	free(file->path);
	free(file->beside);
	*file = (struct new_file){0};
	errno = failure;
}

/* profileNNN.EXTENSION for the next number that is free. */
static bool take_number(struct new_file *file)
{
	struct stat status;

	do {
		struct text name = {0};

		text_printf(&name, "profile%03u.%s", ++file->number, file->extension);
		free(file->path);
		file->path = name.bytes;
		if (lstat(file->path, &status) != 0)
			return errno == ENOENT;
	} while (file->number < MOST_NUMBERS);
	errno = EEXIST;
	return false;
}

bool new_file_open_numbered(struct new_file *file, const char *extension)
{
	*file = (struct new_file){.only_new = true, .extension = extension};
	if (take_number(file) && open_regular(file, NULL, 0666))
		return true;
	end(file);
	return false;
}

static bool make_link(const char *name, void *data)
{
	return linkat(AT_FDCWD, data, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
}

/* Gives the file, which is complete, its name. */
static bool appear(struct new_file *file, int descriptor)
{
	char number[64];
	const char *present = file->beside ? file->beside : number;

	snprintf(number, sizeof(number), "/proc/self/fd/%d", descriptor);
	/* A link never replaces anything. */
	while (file->only_new || !file->beside) {
		if (make_link(file->path, (char *)present))
			return true;
		if (errno != EEXIST || (file->only_new && !file->extension) ||
		    (file->extension && !take_number(file)))
			return false;
		if (!file->only_new && !(file->beside = find_name(file, make_link, number)))
			return false;
	}
	if (rename(file->beside, file->path) != 0)
		return false;
	free(file->beside);
	file->beside = NULL;
	return true;
}

/* Onto the file that is there, as nothing could be made beside it. */
static bool copy_over(const struct new_file *file)
{
	FILE *to = NULL;
	char bytes[65536];
	size_t length;
	bool good = fseek(file->stream, 0, SEEK_SET) == 0 && (to = fopen(file->path, "we"));

	while (good && (length = fread(bytes, 1, sizeof(bytes), file->stream)) > 0)
		good = fwrite(bytes, 1, length, to) == length;
	good = good && !ferror(file->stream);
	if (to && fclose(to) != 0)
		good = false;
	return good;
}

bool new_file_finish(struct new_file *file, char **name)
{
	bool good = fflush(file->stream) == 0 && !ferror(file->stream);
	int descriptor = good ? fcntl(fileno(file->stream), F_DUPFD_CLOEXEC, 0) : -1, failure;

	good = good && descriptor >= 0 && (!file->copied || copy_over(file));
	failure = errno;
	/* Some file systems tell only here that there was no room. */
	if (fclose(file->stream) != 0 && good) {
		good = false;
		failure = errno;
	}
	if (good && !file->direct && !file->copied) {
		good = appear(file, descriptor);
		failure = errno;
	}
	if (descriptor >= 0)
		close(descriptor);
	if (name && good)
		*name = alloc_text(file->path);
	errno = failure;
	end(file);
	return good;
}

void new_file_abandon(struct new_file *file)
{
	int failure = errno;

	fclose(file->stream);
	errno = failure;
	end(file);
}

bool new_file_write(const char *path, mode_t mode, bool only_new, const char *bytes, size_t length)
{
	struct new_file file;

	if (!new_file_open(&file, path, mode, only_new))
		return false;
	if (fwrite(bytes, 1, length, file.stream) == length)
		return new_file_finish(&file, NULL);
	new_file_abandon(&file);
	return false;
}
