/* SPDX-License-Identifier: MIT */
/* The reader of pprof profiles: the edge cases of tests/data/edge and some bytes made by hand. */
#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "fixture.h"
#include "base/array.h"
#include "format/format.h"

/* --- A profile as text, without its ids -------------------------------------------------------- */

static const char *name_of(const struct profile *profile, mapping_id id)
{
	return id == NONE ? "-" : profile_text(profile, profile->mappings[id].file);
}

static void print_frame(const struct profile *profile, frame_id id, struct text *text)
{
	const struct frame *frame = &profile->frames[id];
	const struct location *location = &profile->locations[frame->location];

	text_printf(text, " %llx/%s/%d", (unsigned long long)location->address,
		    name_of(profile, location->mapping), location->folded);
	if (frame->function != NONE) {
		const struct function *function = &profile->functions[frame->function];

		text_printf(text, " %s(%s) %s:%lld:%lld s=%lld",
			    profile_text(profile, function->name),
			    profile_text(profile, function->system_name),
			    profile_text(profile, function->file), (long long)frame->line,
			    (long long)frame->column, (long long)function->start_line);
	}
}

static void print_sample(const struct profile *profile, uint32_t i, struct text *text)
{
	text_printf(text, "%lld %lld", (long long)profile->values[0][i],
		    (long long)profile->values[1][i]);
	for (uint32_t at = profile->path_start[i]; at < profile->path_start[i + 1]; at++) {
		const struct location *location =
			&profile->locations[profile_location(profile, at)];
		uint32_t count = location->line_count ? location->line_count : 1;

		for (uint32_t k = count; k-- > 0;)
			print_frame(profile, location->first_frame + k, text);
	}
	for (uint32_t k = profile->label_start ? profile->label_start[i] : 0;
	     profile->label_start && k < profile->label_start[i + 1]; k++) {
		const struct label *label = &profile->labels[k];

		text_printf(text, " {%s=%s %lld %s}", profile_text(profile, label->key),
			    label->text == NONE ? "-" : profile_text(profile, label->text),
			    (long long)label->number, profile_text(profile, label->unit));
	}
}

static int compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Samples sorted as text, as files may have them in any order. */
static void print_samples(const struct profile *profile, struct text *text)
{
	char **lines = alloc_zero(profile->sample_count, sizeof(*lines));

	for (uint32_t i = 0; i < profile->sample_count; i++) {
		struct text line = {0};

		print_sample(profile, i, &line);
		lines[i] = line.bytes;
	}
	qsort(lines, profile->sample_count, sizeof(*lines), compare_lines);
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		text_printf(text, "%s\n", lines[i]);
		free(lines[i]);
	}
	free(lines);
}

static char *print_profile(const struct profile *profile)
{
	struct text text = {0};

	for (uint32_t i = 0; i < profile->type_count; i++)
		text_printf(&text, "type %s/%s\n", profile_text(profile, profile->types[i].type),
			    profile_text(profile, profile->types[i].unit));
	text_printf(&text, "%d %s/%s %lld %lld %lld\n", profile->has_period_type,
		    profile_text(profile, profile->period_type.type),
		    profile_text(profile, profile->period_type.unit), (long long)profile->period,
		    (long long)profile->time_nanos, (long long)profile->duration_nanos);
	text_printf(&text, "%u mappings, %u functions, %u locations\n", profile->mapping_count,
		    profile->function_count, profile->location_count);
	print_samples(profile, &text);
	return text.bytes;
}

/* --- The files of tests/data/edge --------------------------------------------------------------- */

/* What a person must be told about a broken file, beside its name. */
static const struct {
	const char *name, *want;
} places[] = {
	{"bad_concatenated.pb.gz", "byte 25993"},
	{"bad_empty.pb.gz", "empty"},
	{"bad_function_id_twice.pb.gz", "two functions have the id 1"},
	{"bad_function_missing.pb.gz", "location 1 "},
	{"bad_gzip_crc.pb.gz", "gzip data at byte"},
	{"bad_gzip_of_nothing.pb.gz", "empty"},
	{"bad_gzip_trailing_garbage.pb.gz", "garbage behind the gzip data at byte 11686"},
	{"bad_gzip_truncated.pb.gz", "at byte 7790"},
	{"bad_html.txt", "HTML page"},
	{"bad_length_huge.pb.gz", "byte 25993"},
	{"bad_location_id_twice.pb.gz", "two locations have the id 1"},
	{"bad_location_id_zero.pb.gz", "location has the reserved id 0"},
	{"bad_location_missing.pb.gz", "location 10"},
	{"bad_no_sample_type.pb.gz", "no sample types"},
	{"bad_no_strings.pb.gz", "no string table"},
	{"bad_string0_not_empty.pb.gz", "first string"},
	{"bad_string_index.pb.gz", "string index 1073741829"},
	{"bad_text.txt", "format"},
	{"bad_truncated.pb", "byte 17284"},
	{"bad_value_count.pb.gz", "sample 1 has 3 values"},
	{"bad_varint_11_bytes.pb.gz", "byte 25993"},
	{"bad_wire_type.pb.gz", "byte 25993"},
};

static void check_error(const char *name, const char *message)
{
	const char *path = fixture_path(name);
	size_t i = 0;

	assert_int_equal(strncmp(message, path, strlen(path)), 0);
	while (i < COUNT(places) && strcmp(places[i].name, name + 5) != 0)
		i++;
	if (i == COUNT(places))
		fail_msg("%s: nothing is known of its error", name);
	if (!strstr(message, places[i].want))
		fail_msg("%s does not say \"%s\"", message, places[i].want);
}

static void every_edge_case_gets_pprofs_verdict(void **state)
{
	size_t length;
	char *table = fixture_read(fixture_path("edge/expected.tsv"), &length), *next = table,
	     *line;
	uint32_t rows = 0;

	(void)state;
	table[length - 1] = '\0';
	strsep(&next, "\n");
	while ((line = strsep(&next, "\n"))) {
		char *file = strsep(&line, "\t"), *verdict = strsep(&line, "\t"), name[256];
		struct error error = {.at = 0};
		struct profile *profile;

		snprintf(name, sizeof(name), "edge/%s", file);
		profile = format_load(fixture_path(name), NULL, &error);
		if ((profile != NULL) != (strcmp(verdict, "ok") == 0))
			fail_msg("%s: %s, but pprof says %s", file,
				 profile ? "no error" : error.message, verdict);
		if (!profile)
			check_error(name, error.message);
		profile_free(profile);
		rows++;
	}
	assert_true(rows > 40);
	free(table);
}

/* The names of files of tests/data/edge that the table of verdicts has, from a prefix on. */
static size_t list_files(const char *prefix, char names[64][128])
{
	size_t length, count = 0;
	char *table = fixture_read(fixture_path("edge/expected.tsv"), &length), *next = table,
	     *line;

	table[length - 1] = '\0';
	while ((line = strsep(&next, "\n")))
		if (strncmp(line, prefix, strlen(prefix)) == 0)
			snprintf(names[count++], 128, "edge/%.*s", (int)strcspn(line, "\t"), line);
	free(table);
	return count;
}

static void every_encoding_of_the_source_reads_the_same(void **state)
{
	struct profile *source = fixture_load("edge/source.pb.gz");
	char *want = print_profile(source), names[64][128];
	size_t count = list_files("ok_", names);

	(void)state;
	assert_true(count >= 14);
	for (size_t i = 0; i < count; i++) {
		struct profile *profile = fixture_load(names[i]);
		char *got = print_profile(profile);

		if (strcmp(got, want) != 0)
			fail_msg("%s reads as something else", names[i]);
		free(got);
		profile_free(profile);
	}
	free(want);
	profile_free(source);
}

/* One sample as the independent decoder writes it: values {labels} stack. */
static void print_as_source(const struct profile *profile, uint32_t sample, struct text *text)
{
	const char *separator = "";

	for (uint32_t i = 0; i < profile->type_count; i++)
		text_printf(text, "%lld ", (long long)profile->values[i][sample]);
	text_add_char(text, '{');
	for (uint32_t k = profile->label_start[sample]; k < profile->label_start[sample + 1]; k++) {
		text_printf(text, "%s%s=\"%s\"", separator,
			    profile_text(profile, profile->labels[k].key),
			    profile_text(profile, profile->labels[k].text));
		separator = ",";
	}
	text_add_string(text, "} ");
	separator = "";
	for (uint32_t at = profile->path_start[sample]; at < profile->path_start[sample + 1];
	     at++) {
		const struct location *location =
			&profile->locations[profile_location(profile, at)];

		for (uint32_t k = location->line_count; k-- > 0; separator = ";") {
			const struct frame *frame = &profile->frames[location->first_frame + k];

			text_printf(
				text, "%s%s", separator,
				profile_text(profile, profile->functions[frame->function].name));
		}
	}
}

/* The labels of a sample in order of their keys. */
static void sort_labels(struct profile *profile, uint32_t sample)
{
	for (uint32_t i = profile->label_start[sample]; i < profile->label_start[sample + 1]; i++)
		for (uint32_t k = i; k > profile->label_start[sample]; k--) {
			struct label *a = &profile->labels[k - 1], *b = &profile->labels[k],
				     swap = *a;

			if (strcmp(profile_text(profile, a->key), profile_text(profile, b->key)) >
			    0) {
				*a = *b;
				*b = swap;
			}
		}
}

static void the_source_reads_as_an_independent_decoder_reads_it(void **state)
{
	struct profile *profile = fixture_load("edge/source.pb.gz");
	char **lines = alloc_zero(profile->sample_count, sizeof(*lines));
	struct text got = {0};
	size_t length;
	char *want = fixture_read(fixture_path("edge/source.text.txt"), &length);

	(void)state;
	text_add_string(&got, "type samples/count\ntype cpu/nanoseconds\n");
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		struct text line = {0};

		sort_labels(profile, i);
		print_as_source(profile, i, &line);
		lines[i] = line.bytes;
	}
	qsort(lines, profile->sample_count, sizeof(*lines), compare_lines);
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		text_printf(&got, "%s\n", lines[i]);
		free(lines[i]);
	}
	assert_int_equal(got.length, length);
	assert_memory_equal(got.bytes, want, length);
	text_clear(&got);
	free(lines);
	free(want);
	profile_free(profile);
}

static void unusual_files_have_what_their_names_say(void **state)
{
	struct profile *profile = fixture_load("edge/more_empty_stacks.pb.gz");

	(void)state;
	assert_int_equal(profile->path_start[1], 0);
	profile_free(profile);
	profile = fixture_load("edge/more_negative_values.pb.gz");
	assert_int_equal(profile->values[0][2], -1);
	assert_int_equal(profile->values[1][2], -10000000);
	profile_free(profile);
	profile = fixture_load("edge/more_no_samples.pb.gz");
	assert_int_equal(profile->sample_count, 0);
	assert_int_equal(profile->type_count, 2);
	profile_free(profile);
	profile = fixture_load("edge/more_no_mapping.pb.gz");
	for (mapping_id i = 0; i < profile->mapping_count; i++)
		assert_int_equal(profile->mappings[i].file, 0);
	profile_free(profile);
	profile = fixture_load("edge/more_addresses_only.pb.gz");
	assert_int_equal(profile->function_count, 0);
	assert_int_equal(profile->frames[0].function, NONE);
	profile_free(profile);
	profile = fixture_load("edge/more_no_period_no_time.pb.gz");
	assert_false(profile->has_period_type);
	assert_int_equal(profile->period + profile->time_nanos + profile->duration_nanos, 0);
	profile_free(profile);
	profile = fixture_load("edge/more_comments_docurl_dropframes.pb.gz");
	assert_string_equal(profile_text(profile, profile->comments[0]), "first comment");
	assert_string_equal(profile_text(profile, profile->comments[1]),
			    "second comment, with\nanother line");
	assert_string_equal(profile_text(profile, profile->doc_url),
			    "https://example.com/doc/cpu.html");
	assert_string_equal(profile_text(profile, profile->default_type), "samples");
	assert_int_not_equal(profile->drop_frames, 0);
	profile_free(profile);
}

/* --- Bytes made by hand ------------------------------------------------------------------------- */

static struct profile *load_bytes(const char *bytes, size_t length, struct error *error)
{
	const char *path = fixture_write(bytes, length);
	struct profile *profile = format_load(path, NULL, error);

	unlink(path);
	return profile;
}

static void add_varint(struct text *text, uint64_t value)
{
	for (; value > 0x7f; value >>= 7)
		text_add_char(text, (char)(value | 0x80));
	text_add_char(text, (char)value);
}

static void add_bytes(struct text *text, int field, const char *bytes, size_t length)
{
	add_varint(text, (uint64_t)field << 3 | 2);
	add_varint(text, length);
	text_add(text, bytes, length);
}

/* Strings "", "t", "u"; type t/u; function 1 named `name`; location 1; one sample of it, value 5. */
static void add_profile(struct text *text, const char *name, size_t length)
{
	static const char *const strings[] = {"", "t", "u"};

	for (int i = 0; i < 3; i++)
		add_bytes(text, 6, strings[i], strlen(strings[i]));
	add_bytes(text, 6, name, length);
	add_bytes(text, 1, "\x08\x01\x10\x02", 4);
	add_bytes(text, 5, "\x08\x01\x10\x03", 4);
	add_bytes(text, 4, "\x08\x01\x22\x02\x08\x01", 6);
	add_bytes(text, 2, "\x08\x01\x10\x05", 4);
}

/* A profile with `more` bytes behind it; want: a part of the error or NULL. */
static void check_bytes(const char *more, size_t length, const char *want)
{
	struct error error = {.at = 0};
	struct text text = {0};
	struct profile *profile;

	add_profile(&text, "main", 4);
	text_add(&text, more, length);
	profile = load_bytes(text.bytes, text.length, &error);
	if ((profile != NULL) != (want == NULL))
		fail_msg("%s", profile ? "no error" : error.message);
	if (want && !strstr(error.message, want))
		fail_msg("%s does not say \"%s\"", error.message, want);
	profile_free(profile);
	text_clear(&text);
}

#define CHECK_BYTES(literal, want) check_bytes(literal, sizeof(literal) - 1, want)

static void what_is_no_protobuf_behind_a_profile_is_an_error(void **state)
{
	(void)state;
	CHECK_BYTES("", NULL);
	CHECK_BYTES("\x0b\x0c", "at byte");
	CHECK_BYTES("\x13\x14", "at byte");
	CHECK_BYTES("\x0e", "at byte");
	CHECK_BYTES("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "at byte");
	CHECK_BYTES("\x48", "at byte");
	CHECK_BYTES("\x12\x05\x08", "at byte");
	CHECK_BYTES("\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "at byte");
	CHECK_BYTES("\xa1\x06\x01\x02\x03", "at byte");
	/* Unknown fields of every kind, and field 0. */
	CHECK_BYTES(
		"\xa0\x06\x05\xa1\x06\x01\x02\x03\x04\x05\x06\x07\x08\xa2\x06\x01x\xa5\x06\x01\x02\x03\x04",
		NULL);
	CHECK_BYTES("\x00\x05\x02\x01x", NULL);
}

static void references_to_nothing_are_errors(void **state)
{
	(void)state;
	CHECK_BYTES("\x12\x04\x08\x02\x10\x05", "location 2");
	CHECK_BYTES("\x12\x04\x08\x00\x10\x05", "location 0");
	CHECK_BYTES("\x12\x02\x08\x01", "sample 2 has 0 values");
	CHECK_BYTES("\x12\x06\x08\x01\x10\x05\x10\x06", "sample 2 has 2 values");
	CHECK_BYTES("\x22\x06\x08\x02\x22\x02\x08\x07", "function 7");
	CHECK_BYTES("\x22\x04\x08\x02\x22\x00", "function 0");
	CHECK_BYTES("\x22\x00", "reserved id 0");
	CHECK_BYTES("\x1a\x00", "reserved id 0");
	CHECK_BYTES("\x2a\x00", "reserved id 0");
	CHECK_BYTES("\x1a\x02\x08\x01\x1a\x02\x08\x01", "two mappings have the id 1");
	CHECK_BYTES("\x38\x04", "string index 4");
	CHECK_BYTES("\x70\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "string index -1");
	CHECK_BYTES("\x6a\x02\x01\x09", "string index 9");
	CHECK_BYTES("\x12\x08\x08\x01\x10\x05\x1a\x02\x08\x63", "string index");
	CHECK_BYTES("\x12\x0a\x08\x01\x10\x05\x1a\x04\x08\x01\x10\x63", "string index 99");
	/* An unknown mapping is none. */
	CHECK_BYTES("\x22\x04\x08\x02\x10\x09", NULL);
}

static void known_fields_of_another_wire_type_are_errors(void **state)
{
	(void)state;
	CHECK_BYTES("\x08\x01", "ValueType at byte");
	CHECK_BYTES("\x10\x01", "Sample at byte");
	CHECK_BYTES("\x18\x01", "Mapping at byte");
	CHECK_BYTES("\x20\x01", "Location at byte");
	CHECK_BYTES("\x28\x01", "Function at byte");
	CHECK_BYTES("\x30\x01", "string at byte");
	CHECK_BYTES("\x3a\x01x", "number at byte");
	CHECK_BYTES("\x4d\x01\x02\x03\x04", "number at byte");
	CHECK_BYTES("\x58\x01", "ValueType at byte");
	CHECK_BYTES("\x6d\x01\x02\x03\x04", "comment at byte");
	CHECK_BYTES("\x6a\x01\x80", "comment at byte");
	CHECK_BYTES("\x22\x04\x08\x02\x20\x01", "Location at byte");
	CHECK_BYTES("\x1a\x05\x08\x01\x12\x01x", "Mapping at byte");
}

static void a_second_time_means_a_second_profile(void **state)
{
	(void)state;
	CHECK_BYTES("\x48\x05", NULL);
	CHECK_BYTES("\x48\x00\x48\x05", NULL);
	CHECK_BYTES("\x48\x05\x48\x05", "two profiles");
	CHECK_BYTES("\x50\x05\x50\x06\x60\x01\x60\x02", NULL);
}

static void labels_that_say_nothing_are_dropped_but_checked(void **state)
{
	struct error error;
	struct text text = {0};
	struct profile *profile;

	(void)state;
	add_profile(&text, "main", 4);
	/* key=t number 0; key=t str=u and a number; key=t number 0 unit u; key=t number -1 */
	add_bytes(
		&text, 2,
		"\x08\x01\x10\x05\x1a\x02\x08\x01\x1a\x06\x08\x01\x10\x02\x18\x07\x1a\x04\x08\x01\x20\x02"
		"\x1a\x0d\x08\x01\x18\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
		37);
	profile = load_bytes(text.bytes, text.length, &error);
	if (!profile)
		fail_msg("%s", error.message);
	assert_int_equal(profile->label_count, 3);
	assert_int_equal(profile->label_start[1], 0);
	assert_string_equal(profile_text(profile, profile->labels[0].text), "u");
	assert_int_equal(profile->labels[0].number, 0);
	assert_int_equal(profile->labels[1].text, NONE);
	assert_string_equal(profile_text(profile, profile->labels[1].unit), "u");
	assert_int_equal(profile->labels[2].number, -1);
	profile_free(profile);
	text_clear(&text);
}

static void names_keep_every_byte_but_show_a_nul(void **state)
{
	static const char want[] = "a\\x00b\x1b[31m\xff\xe2\x80\xae";
	static const char name[] = "a\0b\x1b[31m\xff\xe2\x80\xae";
	struct error error;
	struct text text = {0};
	struct profile *profile;

	(void)state;
	add_profile(&text, name, sizeof(name) - 1);
	profile = load_bytes(text.bytes, text.length, &error);
	assert_non_null(profile);
	assert_int_equal(strings_length(&profile->strings, profile->functions[0].name),
			 sizeof(want) - 1);
	assert_memory_equal(profile_text(profile, profile->functions[0].name), want, sizeof(want));
	profile_free(profile);
	text_clear(&text);
}

static void a_name_longer_than_all_buffers_is_read_whole(void **state)
{
	size_t length = (size_t)3 << 20;
	char *name = alloc(length);
	struct text text = {0};
	struct profile *profile;
	struct error error;

	(void)state;
	memset(name, 'n', length);
	add_profile(&text, name, length);
	profile = load_bytes(text.bytes, text.length, &error);
	assert_non_null(profile);
	assert_int_equal(strings_length(&profile->strings, profile->functions[0].name), length);
	profile_free(profile);
	text_clear(&text);
	free(name);
}

static void a_profile_cut_anywhere_is_an_error_or_a_smaller_profile(void **state)
{
	size_t length;
	char *bytes = fixture_read(fixture_path("edge/ok_uncompressed.pb"), &length);
	struct error error;

	(void)state;
	for (size_t cut = 0; cut < length; cut += cut < 300 || cut + 300 > length ? 1 : 97) {
		struct input input = {.head = bytes, .head_length = cut};
		char *copy = alloc(cut);
		struct profile *profile;

		/* Exactly as long as the input: a sanitizer sees a read beyond it. */
		memcpy(copy, bytes, cut);
		input.head = copy;
		error.message[0] = '\0';
		profile = format_read(&input, &error);

		assert_int_equal(profile == NULL, error.message[0] != '\0');
		profile_free(profile);
		free(copy);
	}
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_edge_case_gets_pprofs_verdict),
		cmocka_unit_test(every_encoding_of_the_source_reads_the_same),
		cmocka_unit_test(the_source_reads_as_an_independent_decoder_reads_it),
		cmocka_unit_test(unusual_files_have_what_their_names_say),
		cmocka_unit_test(what_is_no_protobuf_behind_a_profile_is_an_error),
		cmocka_unit_test(references_to_nothing_are_errors),
		cmocka_unit_test(known_fields_of_another_wire_type_are_errors),
		cmocka_unit_test(a_second_time_means_a_second_profile),
		cmocka_unit_test(labels_that_say_nothing_are_dropped_but_checked),
		cmocka_unit_test(names_keep_every_byte_but_show_a_nul),
		cmocka_unit_test(a_name_longer_than_all_buffers_is_read_whole),
		cmocka_unit_test(a_profile_cut_anywhere_is_an_error_or_a_smaller_profile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
