/* SPDX-License-Identifier: MIT */
/* Binary CPU profiles of gperftools, written here word by word. */
#include "format/format.h"
#include "text_profile.h"

#define TYPES "types samples/count cpu/nanoseconds; period cpu/nanoseconds 10000000\n"

static void put_word(struct text *out, uint64_t word, size_t size, bool big_endian)
{
	for (size_t i = 0; i < size; i++)
		text_add_char(out, (char)(word >> 8 * (big_endian ? size - 1 - i : i)));
}

/* Words behind a header of the given language, up to an UINT64_MAX. */
static struct text make(const uint64_t *words, uint64_t language, size_t size, bool big_endian)
{
	const uint64_t header[] = {0, 3, language, 10000, 0};
	struct text out = {0};

	for (size_t i = 0; i < 5; i++)
		put_word(&out, header[i], size, big_endian);
	for (; *words != UINT64_MAX; words++)
		put_word(&out, *words, size, big_endian);
	return out;
}

static void check(struct text *bytes, const char *want)
{
	struct profile *profile = bytes_profile(bytes->bytes, bytes->length, true);
	char *dump = profile_dump(profile);

	assert_string_equal(dump, want);
	free(dump);
	profile_free(profile);
	text_clear(bytes);
}

static void all_four_forms_of_words_are_read(void **state)
{
	static const uint64_t words[] = {2, 2, 0x10, 0x21, 1, 1, 0x30, 0, 1, 0, UINT64_MAX};

	(void)state;
	for (int form = 0; form < 4; form++) {
		struct text bytes = make(words, 0, form & 1 ? 8 : 4, form & 2);

		text_add_string(&bytes,
				"build=/bin/app\n00000000-00000100 r-xp 00000000 00:00 0 $build\n");
		check(&bytes,
		      TYPES "2 20000000 | 10 20\n1 10000000 | 30\nmapping 0-100 /bin/app\n");
	}
}

static void the_end_may_be_missing(void **state)
{
	static const uint64_t words[] = {2, 1, 0x10, UINT64_MAX};
	struct text bytes = make(words, 0, 8, false);

	(void)state;
	check(&bytes, TYPES "2 20000000 | 10\nmapping 0-ffffffffffffffff\n");
}

static void frames_of_the_signal_handler_are_taken_out(void **state)
{
	static const uint64_t words[] = {
		1, 4, 0x10, 0x91, 0x81, 0x21, 1, 4, 0x30, 0x91, 0x81, 0x21, 0, 1, 0, UINT64_MAX,
	};
	struct text bytes = make(words, 0, 8, false);

	(void)state;
	check(&bytes, TYPES "1 10000000 | 10 20\n1 10000000 | 30 20\n"
			    "mapping 0-ffffffffffffffff\n");
}

static void a_leaf_that_stands_twice_is_taken_once(void **state)
{
	static const uint64_t words[] = {
		1, 3, 0x10, 0x10, 0x21, 1, 2, 0x30, 0x41, 0, 1, 0, UINT64_MAX,
	};
	struct text bytes = make(words, 0, 4, false);

	(void)state;
	check(&bytes, TYPES "1 10000000 | 10 20\n1 10000000 | 30 40\n"
			    "mapping 0-ffffffffffffffff\n");
}

static void java_frames_are_ids_with_names(void **state)
{
	static const uint64_t words[] = {3, 2, 1, 2, 0, 1, 0, UINT64_MAX};
	struct text bytes = make(words, 1, 4, true);

	(void)state;
	text_add_string(&bytes, "0x1 a.B (B.java:5)\n0x2 a.C (C.java:6)\n");
	check(&bytes, TYPES "3 30000000 | a.B@B.java:5 a.C@C.java:6\nmapping 0-0\n");
}

static void a_cut_profile_is_an_error(void **state)
{
	static const uint64_t words[] = {1, UINT32_MAX, 0x10, UINT64_MAX};
	struct text bytes = make(words, 0, 4, false);
	struct input input = {.head = bytes.bytes, .head_length = bytes.length};
	struct error error;

	(void)state;
	assert_null(format_read(&input, &error));
	assert_string_equal(
		error.message,
		"unrecognized profile format: the CPU profile ends inside a sample at byte "
		"32 of the unpacked data; name a pprof profile or capture it again");
	text_clear(&bytes);
}

static void a_real_profile_has_its_totals(void **state)
{
	struct profile *profile = fixture_load("gperftools_cppdemo.cpu");
	int64_t total = 0;

	(void)state;
	for (uint32_t i = 0; i < profile->sample_count; i++)
		total += profile->values[1][i];
	assert_int_equal(total, 1480000000);
	assert_string_equal(profile_text(profile, profile->mappings[0].file), "/app/bin/cppdemo");
	profile_free(profile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_four_forms_of_words_are_read),
		cmocka_unit_test(the_end_may_be_missing),
		cmocka_unit_test(frames_of_the_signal_handler_are_taken_out),
		cmocka_unit_test(a_leaf_that_stands_twice_is_taken_once),
		cmocka_unit_test(java_frames_are_ids_with_names),
		cmocka_unit_test(a_cut_profile_is_an_error),
		cmocka_unit_test(a_real_profile_has_its_totals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
