/* SPDX-License-Identifier: MIT */
/*
 * Logs and dumps as people capture them: behind the prefixes of a log, with
 * Windows' line ends, and cut anywhere. All texts of tests/data take part, and
 * those of ../shared/corpus where that lies beside the source tree.
 */
#include "text_profile.h"

#include <dirent.h>
#include <stdio.h>

#include "base/array.h"
#include "format/format.h"

/* Larger files take long and show nothing new. */
#define SIZE_LIMIT 120000
#define CUTS 60

/* A log gives each line the next of these; %d is a number that grows. */
static const char *const prefixes[] = {
	"2026-11-26T12:00:01Z myhost app[12]: ",
	"I1126 12:00:01.%d  123 main.go:%d] ",
	"2026-11-26T12:00:01.%dZ stdout F ",
	"Nov 26 12:00:01 myhost app[%d]: ",
	"web_1  | ",
	"[pod/web-7d9/app] ",
	"app\t",
};

static struct profile *read_bytes(const struct text *text, size_t length, struct error *error)
{
	struct input input = {.head = text->bytes, .head_length = length, .names_from_text = true};

	return format_read(&input, error);
}

/* All of a profile, or why there is none; to be freed. */
static char *describe(const struct text *text)
{
	struct error error;
	struct profile *profile = read_bytes(text, text->length, &error);
	struct text made = {0};
	char *dump;

	if (!profile) {
		text_add_string(&made, error.message);
		return made.bytes;
	}
	dump = profile_dump(profile);
	text_add_string(&made, dump);
	for (uint32_t i = 0; i < profile->comment_count; i++)
		text_printf(&made, "%s\n", profile_text(profile, profile->comments[i]));
	for (uint32_t i = 0; i < profile->warning_count; i++)
		text_printf(&made, "%s\n", profile->warnings[i]);
	free(dump);
	profile_free(profile);
	return made.bytes;
}

/* The text as a log has it, with blanks at the ends of lines or without. */
static struct text dress(const struct text *plain, const char *prefix, bool trimmed)
{
	struct span rest = {plain->bytes, plain->bytes + plain->length}, line;
	struct text made = {0};

	for (int number = 9; span_take_line(&rest, &line); number += 7) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		text_printf(&made, prefix, number, number);
#pragma GCC diagnostic pop
		text_add(&made, line.at, span_length(line));
		while (trimmed && made.bytes[made.length - 1] == ' ')
			made.length--;
		text_add_char(&made, '\n');
	}
	return made;
}

static void check_dressed(const char *name, const struct text *plain)
{
	struct text windows = fixture_dress(plain, "", "\r");
	char *want = describe(plain), *got = describe(&windows);

	if (strcmp(want, got) != 0)
		fail_msg("%s with CRLF: %s", name, got);
	free(got);
	text_clear(&windows);
	for (size_t i = 0; i < 2 * COUNT(prefixes); i++) {
		struct text dressed = dress(plain, prefixes[i / 2], i % 2);

		got = describe(&dressed);
		if (strcmp(want, got) != 0)
			fail_msg("%s behind \"%s\": %s", name, prefixes[i / 2], got);
		free(got);
		text_clear(&dressed);
	}
	free(want);
}

/* True if so much of a text has at least one goroutine, cycle or row. */
static bool has_content(const struct text *text, size_t length)
{
	struct span head = {text->bytes, text->bytes + length};

	return span_find(head, "]:\n") || span_find(head, " P\n") || span_find(head, " @ 0x");
}

static bool says_partial(const struct profile *profile)
{
	for (uint32_t i = 0; i < profile->warning_count; i++)
		if (strstr(profile->warnings[i], "partial"))
			return true;
	return false;
}

static struct random cuts;

/* What is left is what stood there, and it is said, but where the text ends between two lines. */
static void check_cut(const char *name, const struct text *text, const struct profile *whole,
		      size_t length)
{
	bool between = text->bytes[length - 1] == '\n';
	struct error error;
	struct profile *cut = read_bytes(text, length, &error);

	if (!cut) {
		if (has_content(text, length))
			fail_msg("%s, %zu bytes: %s", name, length, error.message);
		return;
	}
	if (cut->type_count == whole->type_count)
		for (uint32_t i = 0; i + 1 < cut->sample_count; i++)
			assert_int_equal(cut->values[0][i], whole->values[0][i]);
	if (has_content(text, length) && !between && !says_partial(cut))
		fail_msg("%s, %zu bytes: nothing says that it is cut", name, length);
	profile_free(cut);
}

static void check_cuts(const char *name, const struct text *text)
{
	struct error error;
	struct profile *whole = read_bytes(text, text->length, &error);

	for (uint32_t i = 0; whole && i < CUTS; i++)
		check_cut(name, text, whole, 1 + random_below(&cuts, (uint32_t)text->length - 1));
	if (whole)
		profile_free(whole);
}

/* Does this for every text of a directory; returns how many. */
static uint32_t each_text(const char *directory,
			  void (*check)(const char *name, const struct text *text))
{
	char root[4096], path[8192];
	uint32_t count = 0;
	struct dirent *entry;
	DIR *listing;

	snprintf(root, sizeof(root), "%s", fixture_path(directory));
	listing = opendir(root);
	while (listing && (entry = readdir(listing))) {
		const char *end = strrchr(entry->d_name, '.');
		struct text text = {0};

		/* One has lines of all releases, broken ones among them; one is no input. */
		if (!end || (strcmp(end, ".txt") != 0 && strcmp(end, ".log") != 0) ||
		    strcmp(entry->d_name, "all_versions.log") == 0 ||
		    strcmp(entry->d_name, "expected.txt") == 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", root, entry->d_name);
		text.bytes = fixture_read(path, &text.length);
		if (text.length < SIZE_LIMIT) {
			check(entry->d_name, &text);
			count++;
		}
		text_clear(&text);
	}
	if (listing)
		closedir(listing);
	return count;
}

static void check_all(void (*check)(const char *name, const struct text *text))
{
	static const char *const directories[] = {"",
						  "goroutine",
						  "gc",
						  "../../../shared/corpus/goroutine",
						  "../../../shared/corpus/gc",
						  "../../../shared/corpus/panic"};
	uint32_t count = 0;

	for (size_t i = 0; i < COUNT(directories); i++)
		count += each_text(directories[i], check);
	assert_true(count >= 15);
	print_message("%u texts\n", count);
}

static void prefixes_and_line_ends_change_nothing(void **state)
{
	(void)state;
	check_all(check_dressed);
}

static void a_cut_text_is_a_partial_result_that_says_so(void **state)
{
	(void)state;
	cuts.state = fixture_seed();
	check_all(check_cuts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prefixes_and_line_ends_change_nothing),
		cmocka_unit_test(a_cut_text_is_a_partial_result_that_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
