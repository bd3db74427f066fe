/* SPDX-License-Identifier: MIT */
#include "source/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/alloc.h"

#define CHUNK_SIZE ((size_t)256 * 1024)
#define CHUNK_COUNT 8 /* how far unpacking may run ahead */
#define READ_SIZE ((size_t)128 * 1024)

/*
 * gzip can pack 1000:1, profiles pack 2:1 to 20:1. Beyond these two bounds
 * together the file is a bomb, not a profile.
 */
#define BOMB_RATIO 256
#define BOMB_SIZE ((uint64_t)1 << 30)

struct chunk {
	char *bytes;
	size_t length;
};

struct stream {
	int descriptor;
	bool pollable; /* reading may block for long */
	struct progress *progress;
	struct progress unwatched; /* when the caller gave none */

	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	/* Guarded by the mutex: a ring of filled chunks, and how it ended. */
	struct chunk chunks[CHUNK_COUNT];
	uint64_t produced, consumed;
	bool closing, ended, failed;
	struct error error;

	/* Of the thread alone. */
	unsigned char *packed; /* READ_SIZE bytes read from the file */
	size_t packed_length;
	uint64_t packed_total, unpacked_total;
	bool holding; /* the consumer has chunk `consumed` in its hands */
};

static bool fill_cancelled(struct stream *stream)
{
	bool closing;

	pthread_mutex_lock(&stream->mutex);
	closing = stream->closing;
	pthread_mutex_unlock(&stream->mutex);
	return closing || atomic_load(&stream->progress->cancelled);
}

/* Waits for bytes and reads them behind the first `length` of `packed`; -1 with an error. */
static ssize_t read_once(struct stream *stream, size_t length, struct error *error)
{
	for (;;) {
		struct pollfd poller = {stream->descriptor, POLLIN, 0};
		ssize_t got;

		if (fill_cancelled(stream)) {
			error_set(error, "cancelled");
			return -1;
		}
		if (stream->pollable && poll(&poller, 1, 50) == 0)
			continue;
		got = read(stream->descriptor, stream->packed + length, READ_SIZE - length);
		if (got >= 0)
			return got;
		if (errno != EINTR && errno != EAGAIN) {
			error_set(error, "%s at byte %llu; check the disk or copy the file again",
				  strerror(errno), (unsigned long long)stream->packed_total);
			return -1;
		}
	}
}

/*
 * Reads the next piece of the file into `packed`: at least `least` bytes, as a
 * pipe may hand them over one by one, or what is left. packed_length 0 is the end.
 */
static bool read_packed(struct stream *stream, size_t least, struct error *error)
{
	ssize_t got;

	stream->packed_length = 0;
	do {
		got = read_once(stream, stream->packed_length, error);
		if (got < 0)
			return false;
		stream->packed_length += (size_t)got;
		stream->packed_total += (size_t)got;
		atomic_store(&stream->progress->done, stream->packed_total);
	} while (got > 0 && stream->packed_length < least);
	return true;
}

/* The next free chunk of the ring, or NULL when nobody wants more. */
static struct chunk *free_chunk(struct stream *stream)
{
	struct chunk *chunk = NULL;

	pthread_mutex_lock(&stream->mutex);
	while (!stream->closing && stream->produced - stream->consumed == CHUNK_COUNT)
		pthread_cond_wait(&stream->changed, &stream->mutex);
	if (!stream->closing)
		chunk = &stream->chunks[stream->produced % CHUNK_COUNT];
	pthread_mutex_unlock(&stream->mutex);
	if (chunk && !chunk->bytes)
		chunk->bytes = alloc(CHUNK_SIZE);
	return chunk;
}

static void hand_over(struct stream *stream)
{
	pthread_mutex_lock(&stream->mutex);
	stream->produced++;
	pthread_cond_signal(&stream->changed);
	pthread_mutex_unlock(&stream->mutex);
}

static bool copy_plain(struct stream *stream, struct error *error)
{
	while (stream->packed_length) {
		struct chunk *chunk = free_chunk(stream);

		if (!chunk)
			return error_set(error, "cancelled");
		memcpy(chunk->bytes, stream->packed, stream->packed_length);
		chunk->length = stream->packed_length;
		hand_over(stream);
		if (!read_packed(stream, 1, error))
			return false;
	}
	return true;
}

static bool gzip_error(struct stream *stream, const z_stream *z, bool first, struct error *error)
{
	unsigned long long at = stream->packed_total - z->avail_in;

	if (z->msg && strstr(z->msg, "header") && !first)
		return error_set(
			error,
			"garbage behind the gzip data at byte %llu; cut it off or copy the file again",
			at);
	return error_set(error, "broken gzip data at byte %llu (%s); copy the file again", at,
			 z->msg ? z->msg : "invalid data");
}

/* One member after another until the file ends; an end inside a member is an error. */
static bool unpack_members(struct stream *stream, z_stream *z, struct error *error)
{
	bool inside = true, first = true;

	z->next_in = stream->packed;
	z->avail_in = (uInt)stream->packed_length;
	for (;;) {
		struct chunk *chunk = free_chunk(stream);

		if (!chunk)
			return error_set(error, "cancelled");
		z->next_out = (unsigned char *)chunk->bytes;
		z->avail_out = CHUNK_SIZE;
		while (z->avail_out) {
			int status;

			if (!z->avail_in) {
				if (!read_packed(stream, 1, error))
					return false;
				z->next_in = stream->packed;
				z->avail_in = (uInt)stream->packed_length;
			}
			if (!z->avail_in)
				break;
			inside = true;
			status = inflate(z, Z_NO_FLUSH);
			if (status == Z_STREAM_END) {
				inside = first = false;
				inflateReset(z);
			} else if (status != Z_OK && status != Z_BUF_ERROR) {
				return gzip_error(stream, z, first, error);
			}
		}
		chunk->length = CHUNK_SIZE - z->avail_out;
		stream->unpacked_total += chunk->length;
		if (stream->unpacked_total > BOMB_SIZE &&
		    stream->unpacked_total / BOMB_RATIO > stream->packed_total)
			return error_set(
				error, "unpacks to more than %d times its size; this is no profile",
				BOMB_RATIO);
		if (chunk->length)
			hand_over(stream);
		if (!stream->packed_length)
			break;
	}
	if (inside)
		return error_set(error,
				 "the gzip data ends too early, at byte %llu; copy the file again",
				 (unsigned long long)stream->packed_total);
	return true;
}

static bool unpack_gzip(struct stream *stream, struct error *error)
{
	z_stream z = {0};
	bool good;

	/* 16: a gzip header and trailer, whose checksum inflate verifies. */
	if (inflateInit2(&z, 15 + 16) != Z_OK)
		alloc_fail(READ_SIZE);
	good = unpack_members(stream, &z, error);
	inflateEnd(&z);
	return good;
}

static void *run_stream(void *argument)
{
	struct stream *stream = argument;
	struct error error;
	bool good = read_packed(stream, STREAM_FIRST_CHUNK, &error);

	if (good && stream->packed_length >= 2 && stream->packed[0] == 0x1f &&
	    stream->packed[1] == 0x8b)
		good = unpack_gzip(stream, &error);
	else if (good)
		good = copy_plain(stream, &error);
	pthread_mutex_lock(&stream->mutex);
	stream->ended = true;
	stream->failed = !good;
	if (!good)
		stream->error = error;
	pthread_cond_signal(&stream->changed);
	pthread_mutex_unlock(&stream->mutex);
	return NULL;
}

static bool open_file(struct stream *stream, const char *location, struct error *error)
{
	struct stat status;

	if (strcmp(location, "-") == 0)
		stream->descriptor = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	else
		stream->descriptor = open(location, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (stream->descriptor < 0 || fstat(stream->descriptor, &status) != 0)
		return error_set(error, "%s; %s", strerror(errno),
				 strstr(location, "://")
					 ? "to read from a server: curl -sS URL | ncprof -"
					 : "check the name and the permissions");
	if (S_ISDIR(status.st_mode))
		return error_set(error, "is a folder; name a profile in it");
	if (isatty(stream->descriptor))
		return error_set(error, "is a terminal; name a file or pipe a profile in");
	if (S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode))
		return error_set(error, "is a device; name a file or pipe a profile in");
	if (S_ISREG(status.st_mode))
		atomic_store(&stream->progress->total, (uint64_t)status.st_size);
	else
		stream->pollable = true;
	return true;
}

struct stream *stream_open(const char *location, struct progress *progress, struct error *error)
{
	struct stream *stream = alloc_zero(1, sizeof(*stream));
	sigset_t all, old;
	int status;

	stream->progress = progress ? progress : &stream->unwatched;
	if (!open_file(stream, location, error)) {
		if (stream->descriptor >= 0)
			close(stream->descriptor);
		free(stream);
		return NULL;
	}
	stream->packed = alloc(READ_SIZE);
	pthread_mutex_init(&stream->mutex, NULL);
	pthread_cond_init(&stream->changed, NULL);
	/* Signals are for the main thread. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	status = pthread_create(&stream->thread, NULL, run_stream, stream);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (status != 0) {
		error_set(error, "no thread for reading (%s); raise the limit of processes",
			  strerror(status));
		close(stream->descriptor);
		free(stream->packed);
		free(stream);
		return NULL;
	}
	return stream;
}

bool stream_next(struct stream *stream, const char **bytes, size_t *length, struct error *error)
{
	bool good = true;

	*bytes = NULL;
	*length = 0;
	pthread_mutex_lock(&stream->mutex);
	if (stream->holding) {
		stream->consumed++;
		stream->holding = false;
		pthread_cond_signal(&stream->changed);
	}
	while (stream->produced == stream->consumed && !stream->ended)
		pthread_cond_wait(&stream->changed, &stream->mutex);
	if (stream->produced != stream->consumed) {
		const struct chunk *chunk = &stream->chunks[stream->consumed % CHUNK_COUNT];

		*bytes = chunk->bytes;
		*length = chunk->length;
		stream->holding = true;
	} else if (stream->failed) {
		*error = stream->error;
		good = false;
	}
	pthread_mutex_unlock(&stream->mutex);
	return good;
}

void stream_close(struct stream *stream)
{
	if (!stream)
		return;
	pthread_mutex_lock(&stream->mutex);
	stream->closing = true;
	pthread_cond_signal(&stream->changed);
	pthread_mutex_unlock(&stream->mutex);
	pthread_join(stream->thread, NULL);
	for (int i = 0; i < CHUNK_COUNT; i++)
		free(stream->chunks[i].bytes);
	pthread_mutex_destroy(&stream->mutex);
	pthread_cond_destroy(&stream->changed);
	close(stream->descriptor);
	free(stream->packed);
	free(stream);
}
