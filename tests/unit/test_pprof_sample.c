/* SPDX-License-Identifier: MIT */
/*
 * Our reader of the Sample message against the generated code: every Sample of
 * every profile in tests/data, and the same with bytes changed.
 */
#include <dirent.h>
#include <stdio.h>
#include <zlib.h>

#include "base/alloc.h"
#include "fixture.h"
#include "format/pprof/pprof_sample.h"
#include "format/pprof/wire.h"
#include "proto/profile.pb-c.h"

static void compare(const struct pprof_sample *got, const uint64_t *ids, const Pprof__Sample *want)
{
	uint64_t greatest = 0;

	assert_int_equal(got->location_count, want->n_location_id);
	assert_int_equal(got->value_count, want->n_value);
	assert_int_equal(got->label_count, want->n_label);
	for (size_t i = 0; i < want->n_location_id; i++) {
		uint64_t number = want->location_id[i] - 1;

		assert_true(ids[i] == want->location_id[i]);
		assert_true(got->locations[i] == (uint32_t)number);
		greatest = number > greatest ? number : greatest;
	}
	assert_true(got->greatest == greatest);
	for (size_t i = 0; i < want->n_value; i++)
		assert_true(got->values[i] == want->value[i]);
	for (size_t i = 0; i < want->n_label; i++) {
		assert_true(got->labels[i].key == want->label[i]->key);
		assert_true(got->labels[i].text == want->label[i]->str);
		assert_true(got->labels[i].number == want->label[i]->num);
		assert_true(got->labels[i].unit == want->label[i]->num_unit);
	}
}

/*
 * True if both readers take the bytes, or none does. `lenient` allows ours to
 * take what the generated code refuses: it stops at numbers of fields beyond
 * 29 bits, which pprof skips.
 */
static bool check_message(struct pprof_sample *sample, const char *bytes, size_t length,
			  bool lenient)
{
	/* The block is exactly as long as the message: a sanitizer sees a read beyond it. */
	char *copy = alloc_resize(NULL, length, 1);
	bool good;
	Pprof__Sample *want;

	if (length)
		memcpy(copy, bytes, length);
	good = pprof_sample_read(sample, copy, length);
	want = pprof__sample__unpack(NULL, length, (const uint8_t *)copy);
	if (good && want)
		compare(sample, pprof_sample_ids(sample, copy, length), want);
	if (good != (want != NULL) && !(lenient && good)) {
		for (size_t i = 0; i < length; i++)
			print_message("%02x ", (unsigned char)bytes[i]);
		fail_msg("ours %s it, the generated code %s", good ? "takes" : "refuses",
			 want ? "takes it" : "refuses it");
	}
	if (want)
		pprof__sample__free_unpacked(want, NULL);
	free(copy);
	return good;
}

/* All unpacked bytes of a file, gzip or not. */
static char *unpack_file(const char *path, size_t *length)
{
	gzFile file = gzopen(path, "rb");
	size_t capacity = 1 << 16;
	char *bytes = alloc(capacity);
	int got;

	assert_non_null(file);
	*length = 0;
	while ((got = gzread(file, bytes + *length, (unsigned)(capacity - *length))) > 0) {
		*length += (size_t)got;
		if (*length == capacity)
			bytes = alloc_resize(bytes, capacity *= 2, 1);
	}
	gzclose(file);
	return bytes;
}

typedef void use_message(struct pprof_sample *sample, const char *bytes, size_t length,
			 void *context);

/* Calls use for each field 2 of the top level, as far as the bytes can be read. */
static size_t each_sample(const char *bytes, size_t length, use_message *use, void *context)
{
	const char *at = bytes, *end = bytes + length;
	struct pprof_sample sample = {0};
	size_t count = 0;

	while (at && at < end) {
		uint64_t tag, size = 0;

		at = wire_varint(at, end, &tag);
		if (at && (tag & 7) == 0)
			at = wire_varint(at, end, &size);
		else if (at && (tag & 7) == 2) {
			at = wire_varint(at, end, &size);
			if (!at || size > (uint64_t)(end - at))
				break;
			if (tag >> 3 == 2) {
				use(&sample, at, (size_t)size, context);
				count++;
			}
			at += size;
		} else {
			break;
		}
	}
	pprof_sample_clear(&sample);
	return count;
}

static size_t each_file(const char *path, use_message *use, void *context)
{
	DIR *directory = opendir(fixture_path(path));
	size_t count = 0;

	assert_non_null(directory);
	for (struct dirent *entry; (entry = readdir(directory));) {
		char name[512];
		size_t length;
		char *bytes;

		if (!strstr(entry->d_name, ".pb"))
			continue;
		snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		bytes = unpack_file(fixture_path(name), &length);
		count += each_sample(bytes, length, use, context);
		free(bytes);
	}
	closedir(directory);
	return count;
}

static void check_as_it_is(struct pprof_sample *sample, const char *bytes, size_t length,
			   void *context)
{
	(void)context;
	check_message(sample, bytes, length, false);
}

static void every_sample_of_the_test_data_reads_the_same(void **state)
{
	(void)state;
	assert_true(each_file(".", check_as_it_is, NULL) > 3000);
	assert_true(each_file("edge", check_as_it_is, NULL) > 1000);
}

/* A few bytes changed, added or taken away. */
static size_t mutate(struct random *random, char *bytes, size_t length, size_t room)
{
	static const unsigned char interesting[] = {0,  1,    2,    8,    10, 16, 18,
						    26, 0x7f, 0x80, 0xff, 5,  9,  13};
	uint32_t changes = 1 + random_below(random, 3);

	for (uint32_t i = 0; i < changes; i++) {
		size_t at = length ? random_below(random, (uint32_t)length) : 0;
		char byte = (char)(random_below(random, 2) ? interesting[random_below(random, 14)]
							   : random_next(random));

		switch (random_below(random, 4)) {
		case 0:
			if (length < room) {
				memmove(bytes + at + 1, bytes + at, length - at);
				bytes[at] = byte;
				length++;
			}
			break;
		case 1:
			if (length) {
				memmove(bytes + at, bytes + at + 1, length - at - 1);
				length--;
			}
			break;
		case 2:
			length = at;
			break;
		default:
			if (length)
				bytes[at] = byte;
		}
	}
	return length;
}

struct tally {
	struct random random;
	size_t taken, refused;
};

static void check_mutated(struct pprof_sample *sample, const char *bytes, size_t length,
			  void *context)
{
	struct tally *tally = context;
	char copy[600];

	if (length > 500)
		return;
	for (int i = 0; i < 12; i++) {
		size_t changed;

		memcpy(copy, bytes, length);
		changed = mutate(&tally->random, copy, length, sizeof(copy));
		if (check_message(sample, copy, changed, true))
			tally->taken++;
		else
			tally->refused++;
	}
}

static void changed_samples_are_taken_and_refused_alike(void **state)
{
	struct tally tally = {.random = {fixture_seed()}};

	(void)state;
	each_file("edge", check_mutated, &tally);
	/* The changes leave enough of both kinds. */
	assert_true(tally.taken > 1000);
	assert_true(tally.refused > 1000);
}

static void random_bytes_are_taken_and_refused_alike(void **state)
{
	struct random random = {fixture_seed()};
	struct pprof_sample sample = {0};
	static const char alphabet[] = "\x08\x0a\x10\x12\x1a\x01\x02\x03\x80\xff\x09\x0d\x20\x22";

	(void)state;
	for (int i = 0; i < 100000; i++) {
		char bytes[20];
		size_t length = random_text(&random, alphabet, sizeof(bytes) - 1, bytes);

		check_message(&sample, bytes, length, true);
	}
	pprof_sample_clear(&sample);
}

#define TAKES(literal) assert_true(check_message(&sample, literal, sizeof(literal) - 1, false))
#define REFUSES(literal) assert_false(check_message(&sample, literal, sizeof(literal) - 1, false))

static void packed_and_single_numbers_mix(void **state)
{
	struct pprof_sample sample = {0};

	(void)state;
	TAKES("");
	TAKES("\x0a\x03\x01\x02\x03\x08\x04\x0a\x00\x10\x05\x12\x01\x06");
	assert_int_equal(sample.location_count, 4);
	assert_int_equal(sample.locations[3], 3);
	assert_int_equal(sample.value_count, 2);
	/* Ten bytes of a negative number; a long form of 1. */
	TAKES("\x10\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x10\x81\x80\x80\x00");
	assert_int_equal(sample.values[0], -1);
	assert_int_equal(sample.values[1], 1);
	pprof_sample_clear(&sample);
}

static void unknown_fields_are_skipped_and_labels_start_from_zero(void **state)
{
	struct pprof_sample sample = {0};

	(void)state;
	TAKES("\x20\x05\x29\x01\x02\x03\x04\x05\x06\x07\x08\x2d\x01\x02\x03\x04\x32\x01x\x08\x07");
	assert_int_equal(sample.location_count, 1);
	TAKES("\x1a\x04\x08\x01\x10\x02\x1a\x00\x1a\x06\x08\x05\x18\x06\x20\x07");
	assert_int_equal(sample.label_count, 3);
	assert_int_equal(sample.labels[1].key, 0);
	assert_int_equal(sample.labels[2].text, 0);
	assert_int_equal(sample.labels[2].unit, 7);
	/* The last one of a number wins. */
	TAKES("\x1a\x04\x08\x01\x08\x02");
	assert_int_equal(sample.labels[0].key, 2);
	pprof_sample_clear(&sample);
}

static void broken_samples_are_refused(void **state)
{
	struct pprof_sample sample = {0};

	(void)state;
	REFUSES("\x08");
	REFUSES("\x08\x80");
	REFUSES("\x0a\x02\x01");
	REFUSES("\x0a\x02\x01\x80");
	REFUSES("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
	REFUSES("\x08\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01");
	REFUSES("\x0b\x0c");
	REFUSES("\x09\x01\x02\x03\x04\x05\x06\x07\x08");
	REFUSES("\x0d\x01\x02\x03\x04");
	REFUSES("\x18\x01");
	REFUSES("\x1a\x02\x0a\x00");
	REFUSES("\x1a\x01\x08");
	REFUSES("\x39\x01\x02\x03");
	pprof_sample_clear(&sample);
}

static void a_big_sample_is_read_whole(void **state)
{
	struct pprof_sample sample = {0};
	struct text text = {0};

	(void)state;
	text_add(&text, "\x0a\x80\x80\x40", 4);
	for (int i = 0; i < 1 << 20; i++)
		text_add_char(&text, (char)(i & 0x7f));
	for (int i = 0; i < 30000; i++)
		text_add(&text, "\x1a\x02\x18\x01", 4);
	assert_true(check_message(&sample, text.bytes, text.length, false));
	assert_int_equal(sample.location_count, 1 << 20);
	assert_int_equal(sample.label_count, 30000);
	text_clear(&text);
	pprof_sample_clear(&sample);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_sample_of_the_test_data_reads_the_same),
		cmocka_unit_test(changed_samples_are_taken_and_refused_alike),
		cmocka_unit_test(random_bytes_are_taken_and_refused_alike),
		cmocka_unit_test(packed_and_single_numbers_mix),
		cmocka_unit_test(unknown_fields_are_skipped_and_labels_start_from_zero),
		cmocka_unit_test(broken_samples_are_refused),
		cmocka_unit_test(a_big_sample_is_read_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
