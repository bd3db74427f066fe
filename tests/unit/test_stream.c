/* SPDX-License-Identifier: MIT */
/* Bytes from files and pipes, short reads, and gzip data that is not what it should be. */
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "fixture.h"
#include "base/array.h"
#include "format/format.h"
#include "source/stream.h"
#include "source/unpacker.h"

/* Reads all of a location. NULL with an error; else to be freed. */
static char *read_all(const char *location, struct progress *progress, size_t *length,
		      struct error *error)
{
	struct stream *stream = stream_open(location, progress, error);
	struct text text = {0};
	const char *bytes;
	size_t more;
	bool good;

	if (!stream)
		return NULL;
	while ((good = stream_next(stream, &bytes, &more, error)) && more)
		text_add(&text, bytes, more);
	/* The end and an error stay what they are. */
	assert_int_equal(stream_next(stream, &bytes, &more, error), good);
	assert_int_equal(more, 0);
	stream_close(stream);
	text_add(&text, "", 0);
	*length = text.length;
	if (!good)
		text_clear(&text);
	return text.bytes;
}

/* A file with these packed bytes gives these plain ones; plain NULL: it is an error that says `want`. */
static void check_file(const char *packed, size_t packed_length, const char *plain, size_t length,
		       const char *want)
{
	const char *path = fixture_write(packed, packed_length);
	struct error error = {.at = 0};
	size_t got_length;
	char *got = read_all(path, NULL, &got_length, &error);

	unlink(path);
	if (plain) {
		if (!got)
			fail_msg("%s", error.message);
		assert_int_equal(got_length, length);
		assert_memory_equal(got, plain, length);
	} else {
		assert_null(got);
		if (!strstr(error.message, want))
			fail_msg("%s", error.message);
	}
	free(got);
}

/* Bytes that do not pack well. */
static char *make_noise(size_t length)
{
	struct random random = {7};
	char *bytes = alloc(length);

	for (size_t i = 0; i < length; i++)
		bytes[i] = (char)(i % 3 ? random_next(&random) : 'x');
	return bytes;
}

/* Several members one after another. */
static char *pack_members(const char *const *parts, size_t count, size_t *length)
{
	struct text all = {0};

	for (size_t i = 0; i < count; i++) {
		size_t packed_length;
		char *packed = fixture_pack(parts[i], strlen(parts[i]), &packed_length);

		text_add(&all, packed, packed_length);
		free(packed);
	}
	*length = all.length;
	return all.bytes;
}

static void a_plain_file_comes_as_it_is(void **state)
{
	(void)state;
	check_file("hello", 5, "hello", 5, NULL);
	check_file("", 0, "", 0, NULL);
	check_file("\x1f", 1, "\x1f", 1, NULL);
	check_file("\x1fx", 2, "\x1fx", 2, NULL);
	check_file("\0\0\0", 3, "\0\0\0", 3, NULL);
}

static void files_longer_than_all_buffers_come_whole(void **state)
{
	size_t length = (size_t)5 << 20, packed_length;
	char *noise = make_noise(length), *packed = fixture_pack(noise, length, &packed_length);

	(void)state;
	check_file(noise, length, noise, length, NULL);
	check_file(packed, packed_length, noise, length, NULL);
	free(packed);
	free(noise);
}

static void gzip_members_follow_each_other(void **state)
{
	static const char *const two[] = {"hello ", "world"}, *const empty_first[] = {"", "world"};
	static const char *const empty_last[] = {"hello", ""}, *const empty[] = {""};
	size_t length;
	char *packed = pack_members(two, 2, &length);

	(void)state;
	check_file(packed, length, "hello world", 11, NULL);
	free(packed);
	packed = pack_members(empty_first, 2, &length);
	check_file(packed, length, "world", 5, NULL);
	free(packed);
	packed = pack_members(empty_last, 2, &length);
	check_file(packed, length, "hello", 5, NULL);
	free(packed);
	packed = pack_members(empty, 1, &length);
	check_file(packed, length, "", 0, NULL);
	free(packed);
}

/* Packed again and again, each layer by the other. */
static void layers_are_taken_off_one_by_one(void **state)
{
	size_t length = (size_t)1 << 20, packed_length = length;
	char *noise = make_noise(length), *packed = noise, *more;

	(void)state;
	for (int i = 1; i <= 5; i++) {
		more = fixture_pack(packed, packed_length, &packed_length);
		if (packed != noise)
			free(packed);
		packed = more;
		check_file(packed, packed_length, i <= 4 ? noise : NULL, length,
			   "more than 4 times");
	}
	free(packed);
	packed = fixture_pack("hello", 5, &packed_length);
	more = fixture_pack(packed, packed_length, &length);
	for (size_t cut = 2; cut < length; cut++)
		check_file(more, cut, NULL, 0, "at byte");
	free(more);
	more = fixture_pack(packed, packed_length - 1, &length);
	check_file(more, length, NULL, 0, "of the unpacked data");
	free(more);
	free(packed);
	free(noise);
}

/* "hello world" as zstd writes it, with a checksum, and a frame that is to be skipped. */
static void zstd_is_unpacked_or_named(void **state)
{
	static const char frame[] =
		"\x28\xb5\x2f\xfd\x04\x58\x59\x00\x00hello world\x68\x69\x1e\xb2";
	static const char skip[] = "\x50\x2a\x4d\x18\x04\x00\x00\x00skip";
	size_t length = sizeof(frame) - 1, packed_length;
	struct text text = {0};
	char *packed;

	(void)state;
	if (!unpacker_zstd.start) {
		check_file(frame, length, NULL, 0, "zstd -dc FILE | ncprof -");
		return;
	}
	text_add(&text, skip, sizeof(skip) - 1);
	text_add(&text, frame, length);
	check_file(frame, length, "hello world", 11, NULL);
	check_file(text.bytes, text.length, "hello world", 11, NULL);
	text_add(&text, frame, length);
	check_file(text.bytes, text.length, "hello worldhello world", 22, NULL);
	packed = fixture_pack(text.bytes, text.length, &packed_length);
	check_file(packed, packed_length, "hello worldhello world", 22, NULL);
	free(packed);
	for (size_t cut = 4; cut < length; cut++)
		check_file(frame, cut, NULL, 0, "at byte");
	text_add_string(&text, "garbage");
	check_file(text.bytes, text.length, NULL, 0, "garbage behind the zstd data at byte");
	text.bytes[30] ^= 1;
	check_file(text.bytes, text.length, NULL, 0, "broken zstd data at byte");
	text_clear(&text);
}

static void garbage_behind_the_last_member_is_an_error(void **state)
{
	static const char *const one[] = {"hello"};
	size_t length;
	char *packed = pack_members(one, 1, &length);
	struct text text = {0};

	(void)state;
	text_add(&text, packed, length);
	text_add_string(&text, "garbage");
	check_file(text.bytes, text.length, NULL, 0, "garbage behind the gzip data at byte");
	text.bytes[length] = '\0';
	text.bytes[length + 1] = '\0';
	check_file(text.bytes, length + 2, NULL, 0, "at byte");
	check_file(text.bytes, length + 1, NULL, 0, "at byte");
	text_clear(&text);
	free(packed);
}

static void a_gzip_file_cut_anywhere_is_an_error(void **state)
{
	static const char *const two[] = {"hello hello hello hello", "world"};
	size_t length, first;
	char *packed = pack_members(two, 2, &length);

	(void)state;
	free(pack_members(two, 1, &first));
	for (size_t cut = 2; cut < length; cut++) {
		if (cut == first)
			check_file(packed, cut, two[0], strlen(two[0]), NULL);
		else
			check_file(packed, cut, NULL, 0, "at byte");
	}
	free(packed);
}

/* The checksum covers the content; some bytes of the header mean nothing to us. */
static void a_gzip_file_with_a_changed_bit_is_an_error_or_unchanged(void **state)
{
	static const char plain[] = "hello hello hello hello, this is some text";
	size_t length;
	char *packed = fixture_pack(plain, strlen(plain), &length);
	int errors = 0;

	(void)state;
	for (size_t bit = 16; bit < length * 8; bit++) {
		const char *path;
		struct error error;
		size_t got_length;
		char *got;

		packed[bit / 8] ^= (char)(1 << bit % 8);
		path = fixture_write(packed, length);
		got = read_all(path, NULL, &got_length, &error);
		unlink(path);
		packed[bit / 8] ^= (char)(1 << bit % 8);
		if (!got) {
			errors++;
			assert_non_null(strstr(error.message, "at byte"));
			continue;
		}
		assert_int_equal(got_length, strlen(plain));
		assert_memory_equal(got, plain, got_length);
		free(got);
	}
	assert_true(errors > (int)(length - 10) * 7);
	free(packed);
}

static void a_bad_checksum_is_an_error(void **state)
{
	size_t length;
	char *packed = fixture_pack("hello", 5, &length);

	(void)state;
	packed[length - 8] ^= 1;
	check_file(packed, length, NULL, 0, "broken gzip data at byte");
	packed[length - 8] ^= 1;
	packed[length - 1] ^= 1;
	check_file(packed, length, NULL, 0, "broken gzip data at byte");
	free(packed);
}

/* Writes bytes into a descriptor in pieces, then closes it; in a thread of its own. */
struct writer {
	const char *bytes;
	size_t length, piece;
	int descriptor;
	pthread_t thread;
	int saved_input;
};

static void *write_pieces(void *argument)
{
	struct writer *writer = argument;

	for (size_t at = 0; at < writer->length; at += writer->piece) {
		size_t left = writer->length - at;

		/* Fails when the reader is gone; that is the reader's business. */
		if (send(writer->descriptor, writer->bytes + at,
			 left < writer->piece ? left : writer->piece, MSG_NOSIGNAL) < 0)
			break;
	}
	close(writer->descriptor);
	return NULL;
}

/* Standard input becomes a socket on which one read gives one piece, never more. */
static void feed_input(struct writer *writer)
{
	int pair[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
	writer->saved_input = dup(STDIN_FILENO);
	dup2(pair[0], STDIN_FILENO);
	close(pair[0]);
	writer->descriptor = pair[1];
	assert_int_equal(pthread_create(&writer->thread, NULL, write_pieces, writer), 0);
}

static void stop_feeding(struct writer *writer)
{
	dup2(writer->saved_input, STDIN_FILENO);
	close(writer->saved_input);
	pthread_join(writer->thread, NULL);
}

static void check_fed(const char *bytes, size_t length, size_t piece, const char *want,
		      size_t want_length)
{
	struct writer writer = {bytes, length, piece, 0, 0, 0};
	struct error error;
	size_t got_length;
	char *got;

	feed_input(&writer);
	got = read_all("-", NULL, &got_length, &error);
	stop_feeding(&writer);
	if (!got)
		fail_msg("%s", error.message);
	assert_int_equal(got_length, want_length);
	assert_memory_equal(got, want, want_length);
	free(got);
}

static void standard_input_may_come_byte_by_byte(void **state)
{
	size_t length = 3000, packed_length;
	char *noise = make_noise(length), *packed = fixture_pack(noise, length, &packed_length);

	(void)state;
	check_fed(noise, length, 1, noise, length);
	check_fed(packed, packed_length, 1, noise, length);
	check_fed(packed, packed_length, 7, noise, length);
	check_fed("", 0, 1, "", 0);
	free(packed);
	free(noise);
}

static void check_fed_profile(const char *name, size_t piece)
{
	struct writer writer = {.piece = piece};
	char *bytes = fixture_read(fixture_path(name), &writer.length);
	struct profile *profile, *want = fixture_load(name);
	struct error error;

	writer.bytes = bytes;
	feed_input(&writer);
	profile = format_load("-", NULL, &error);
	stop_feeding(&writer);
	if (!profile)
		fail_msg("%s, piece by piece: %s", name, error.message);
	assert_int_equal(profile->sample_count, want->sample_count);
	assert_int_equal(profile->path_start[profile->sample_count],
			 want->path_start[want->sample_count]);
	profile_free(profile);
	profile_free(want);
	free(bytes);
}

static void a_whole_profile_may_come_byte_by_byte(void **state)
{
	(void)state;
	check_fed_profile("edge/source.pb.gz", 1);
	check_fed_profile("edge/ok_uncompressed.pb", 1);
	check_fed_profile("edge/ok_uncompressed.pb", 4097);
	check_fed_profile("node.wall.pb.gz", 1);
}

static void a_pipe_is_read_to_its_end(void **state)
{
	int ends[2];
	char path[64];
	struct error error;
	size_t length;
	char *got;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "hello", 5), 5);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", ends[0]);
	close(ends[1]);
	got = read_all(path, NULL, &length, &error);
	close(ends[0]);
	assert_non_null(got);
	assert_int_equal(length, 5);
	free(got);
}

/* The second magic byte comes only after the reader has looked for it. */
static void the_two_magic_bytes_may_come_apart_on_a_descriptor_that_does_not_block(void **state)
{
	size_t packed_length, length;
	char *packed = fixture_pack("hello", 5, &packed_length);
	int ends[2], waiting = 1, saved = dup(STDIN_FILENO);
	struct progress progress = {0};
	struct stream *stream;
	struct error error;
	const char *bytes;

	(void)state;
	assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
	dup2(ends[0], STDIN_FILENO);
	assert_int_equal(write(ends[1], packed, 1), 1);
	stream = stream_open("-", &progress, &error);
	assert_non_null(stream);
	while (waiting) {
		ioctl(ends[0], FIONREAD, &waiting);
		sched_yield();
	}
	for (int i = 0; i < 100; i++)
		sched_yield();
	assert_int_equal(write(ends[1], packed + 1, packed_length - 1), (ssize_t)packed_length - 1);
	close(ends[1]);
	assert_true(stream_next(stream, &bytes, &length, &error));
	assert_int_equal(length, 5);
	assert_memory_equal(bytes, "hello", 5);
	stream_close(stream);
	dup2(saved, STDIN_FILENO);
	close(saved);
	close(ends[0]);
	free(packed);
}

static void progress_counts_the_bytes_of_the_file(void **state)
{
	size_t packed_length, length;
	char *packed = fixture_pack("hello", 5, &packed_length), *got;
	const char *path = fixture_write(packed, packed_length);
	struct progress progress = {0};
	struct error error;

	(void)state;
	got = read_all(path, &progress, &length, &error);
	unlink(path);
	assert_int_equal(progress.total, packed_length);
	assert_int_equal(progress.done, packed_length);
	free(got);
	free(packed);
}

static void a_cancelled_read_ends_with_an_error(void **state)
{
	struct progress progress = {.cancelled = true};
	size_t length = (size_t)8 << 20;
	char *noise = make_noise(length);
	const char *path = fixture_write(noise, length), *bytes;
	struct stream *stream;
	struct error error;

	(void)state;
	assert_null(read_all(path, &progress, &length, &error));
	assert_non_null(strstr(error.message, "cancelled"));
	/* In the middle: some chunks may still come, then the error. */
	progress.cancelled = false;
	stream = stream_open(path, &progress, &error);
	assert_true(stream_next(stream, &bytes, &length, &error));
	progress.cancelled = true;
	while (stream_next(stream, &bytes, &length, &error))
		assert_int_not_equal(length, 0);
	assert_non_null(strstr(error.message, "cancelled"));
	stream_close(stream);
	unlink(path);
	free(noise);
}

static void waiting_for_a_pipe_that_stays_silent_can_be_cancelled(void **state)
{
	struct progress progress = {0};
	struct stream *stream;
	struct error error;
	const char *bytes;
	int ends[2];
	char path[64];
	size_t length;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", ends[0]);
	stream = stream_open(path, &progress, &error);
	assert_non_null(stream);
	progress.cancelled = true;
	assert_false(stream_next(stream, &bytes, &length, &error));
	assert_non_null(strstr(error.message, "cancelled"));
	stream_close(stream);
	/* Closing alone does it as well. */
	progress.cancelled = false;
	stream = stream_open(path, NULL, &error);
	assert_non_null(stream);
	stream_close(stream);
	close(ends[0]);
	close(ends[1]);
}

static void a_stream_may_be_closed_before_its_end(void **state)
{
	size_t length = (size_t)8 << 20, packed_length;
	char *noise = make_noise(length), *packed = fixture_pack(noise, length, &packed_length);
	const char *path = fixture_write(packed, packed_length), *bytes;
	struct error error;

	(void)state;
	for (int chunks = 0; chunks < 4; chunks++) {
		struct stream *stream = stream_open(path, NULL, &error);

		for (int i = 0; i < chunks; i++)
			assert_true(stream_next(stream, &bytes, &length, &error));
		stream_close(stream);
	}
	stream_close(NULL);
	unlink(path);
	free(packed);
	free(noise);
}

static void what_is_no_file_is_an_error_that_says_so(void **state)
{
	static const struct {
		const char *location, *want;
	} rows[] = {
		{"/does/not/exist.pb.gz", "No such file"},
		{"/", "directory"},
		{"", "No such file"},
		{"/dev/null", "device"},
		{"/dev/zero", "device"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error error = {.at = 0};

		assert_null(stream_open(rows[i].location, NULL, &error));
		assert_non_null(strstr(error.message, rows[i].want));
		assert_null(format_load(rows[i].location, NULL, &error));
		assert_int_equal(strncmp(error.message, rows[i].location, strlen(rows[i].location)),
				 0);
	}
}

static void a_read_that_fails_tells_the_byte(void **state)
{
	struct error error;
	size_t length;

	(void)state;
	/* Nothing is mapped at address 0. */
	assert_null(read_all("/proc/self/mem", NULL, &length, &error));
	assert_non_null(strstr(error.message, "at byte 0"));
}

static void what_unpacks_to_more_than_any_profile_is_refused(void **state)
{
	size_t length = (size_t)16 << 20, packed_length;
	char *zeros = alloc_zero(length, 1), *packed = fixture_pack(zeros, length, &packed_length);
	struct text bomb = {0};

	(void)state;
	for (int i = 0; i < 70; i++)
		text_add(&bomb, packed, packed_length);
	free(zeros);
	free(packed);
	{
		const char *path = fixture_write(bomb.bytes, bomb.length), *bytes;
		struct error error = {.at = 0};
		struct stream *stream = stream_open(path, NULL, &error);

		while (stream_next(stream, &bytes, &length, &error) && length)
			continue;
		assert_non_null(strstr(error.message, "this is no profile"));
		stream_close(stream);
		unlink(path);
	}
	text_clear(&bomb);
}

/* PowerShell's > writes UTF-16 of either order; a character may be two units, and the text end anywhere. */
static void utf16_becomes_utf8(void **state)
{
	static const struct {
		const char *bytes, *want;
		size_t length;
	} texts[] = {
		{"\xff\xfem\0;\0\xe9\0 \0"
		 "1\0\n\0",
		 "m;\xc3\xa9 1\n", 14},
		{"\xfe\xff\0m\xd8\x3d\xde\0\0 \0"
		 "1",
		 "m\xf0\x9f\x98\x80 1", 12},
		{"\xff\xfem\0\x3d\xd8x\0y", "m\xef\xbf\xbdx", 9},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct unpack_io io = {.in = (const unsigned char *)texts[i].bytes,
				       .in_left = texts[i].length};
		const struct unpacker *unpacker = unpacker_find(texts[i].bytes, texts[i].length);
		unsigned char out[64];
		const char *problem = NULL;
		void *data;

		assert_non_null(unpacker);
		data = unpacker->start();
		io.out = out;
		/* Room for one byte at a time. */
		for (int k = 0; k < 60; k++) {
			io.out_left = 1;
			assert_int_not_equal(unpacker->step(data, &io, &problem), UNPACK_BROKEN);
		}
		assert_int_equal(io.out - out, strlen(texts[i].want));
		assert_memory_equal(out, texts[i].want, strlen(texts[i].want));
		unpacker->stop(data);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_file_comes_as_it_is),
		cmocka_unit_test(files_longer_than_all_buffers_come_whole),
		cmocka_unit_test(gzip_members_follow_each_other),
		cmocka_unit_test(layers_are_taken_off_one_by_one),
		cmocka_unit_test(zstd_is_unpacked_or_named),
		cmocka_unit_test(garbage_behind_the_last_member_is_an_error),
		cmocka_unit_test(a_gzip_file_cut_anywhere_is_an_error),
		cmocka_unit_test(a_gzip_file_with_a_changed_bit_is_an_error_or_unchanged),
		cmocka_unit_test(a_bad_checksum_is_an_error),
		cmocka_unit_test(standard_input_may_come_byte_by_byte),
		cmocka_unit_test(a_whole_profile_may_come_byte_by_byte),
		cmocka_unit_test(a_pipe_is_read_to_its_end),
		cmocka_unit_test(
			the_two_magic_bytes_may_come_apart_on_a_descriptor_that_does_not_block),
		cmocka_unit_test(progress_counts_the_bytes_of_the_file),
		cmocka_unit_test(a_cancelled_read_ends_with_an_error),
		cmocka_unit_test(waiting_for_a_pipe_that_stays_silent_can_be_cancelled),
		cmocka_unit_test(a_stream_may_be_closed_before_its_end),
		cmocka_unit_test(what_is_no_file_is_an_error_that_says_so),
		cmocka_unit_test(a_read_that_fails_tells_the_byte),
		cmocka_unit_test(what_unpacks_to_more_than_any_profile_is_refused),
		cmocka_unit_test(utf16_becomes_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
