/* SPDX-License-Identifier: MIT */
#include "fixture.h"

#include <stdio.h>
#include <unistd.h>
#include <zlib.h>

#include "base/alloc.h"
#include "format/format.h"
#include "view/function_table.h"

uint64_t random_next(struct random *random)
{
	uint64_t x = random->state += 0x9e3779b97f4a7c15u;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

uint32_t random_below(struct random *random, uint32_t limit)
{
	return (uint32_t)(random_next(random) % limit);
}

size_t random_text(struct random *random, const char *alphabet, size_t most, char *buffer)
{
	size_t length = random_below(random, (uint32_t)most + 1);

	for (size_t i = 0; i < length; i++)
		buffer[i] = alphabet[random_below(random, (uint32_t)strlen(alphabet))];
	buffer[length] = '\0';
	return length;
}

uint64_t fixture_seed(void)
{
	const char *text = getenv("TEST_SEED");
	uint64_t seed = text ? strtoull(text, NULL, 0) : 1;

	print_message("TEST_SEED=%llu\n", (unsigned long long)seed);
	return seed;
}

struct view *fixture_view_or(const struct profile *profile, const char *choices,
			     struct error *error)
{
	char *copy = alloc_text(choices), *next = copy, *word;
	struct settings settings;
	struct view *view;

	settings_init(&settings);
	while ((word = strsep(&next, " "))) {
		char *value = strchr(word, '=');
		const struct option *option;

		if (!*word)
			continue;
		if (value)
			*value++ = '\0';
		option = option_find(word);
		if (!option)
			fail_msg("there is no option %s", word);
		if (!option_set(&settings, option, value ? value : "", error))
			fail_msg("%s", error->message);
	}
	if (!settings_resolve(&settings, profile, error))
		fail_msg("%s", error->message);
	view = view_build(profile, &settings.view, error);
	settings_clear(&settings);
	free(copy);
	return view;
}

struct view *fixture_view(const struct profile *profile, const char *choices)
{
	struct error error;
	struct view *view = fixture_view_or(profile, choices, &error);

	if (!view)
		fail_msg("%s", error.message);
	return view;
}

const char *fixture_path(const char *name)
{
	static char path[4096];
	const char *top = getenv("top_srcdir");

	snprintf(path, sizeof(path), "%s/tests/data/%s", top ? top : ".", name);
	return path;
}

struct profile *fixture_load(const char *name)
{
	struct error error;
	struct profile *profile = format_load(fixture_path(name), NULL, &error);

	if (!profile)
		fail_msg("%s", error.message);
	return profile;
}

char *fixture_read(const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	size_t capacity = 1 << 16;
	char *bytes = alloc(capacity);

	if (!file)
		fail_msg("%s cannot be opened", path);
	*length = 0;
	for (size_t got; (got = fread(bytes + *length, 1, capacity - *length, file));
	     *length += got)
		if (capacity - *length - got < capacity / 2)
			bytes = alloc_resize(bytes, capacity *= 2, 1);
	fclose(file);
	return bytes;
}

struct text fixture_text(const char *name)
{
	struct text text = {0};
	size_t length;
	char *bytes = fixture_read(fixture_path(name), &length);

	text_add(&text, bytes, length);
	free(bytes);
	return text;
}

struct text fixture_dress(const struct text *plain, const char *before, const char *behind)
{
	struct text dressed = {0};
	bool start = true;

	for (size_t i = 0; i < plain->length; i++) {
		if (start)
			text_add_string(&dressed, before);
		start = plain->bytes[i] == '\n';
		if (start)
			text_add_string(&dressed, behind);
		text_add_char(&dressed, plain->bytes[i]);
	}
	return dressed;
}

const char *fixture_write(const char *bytes, size_t length)
{
	static char path[] = "/tmp/ncprof-test-XXXXXX";
	int descriptor;

	memcpy(path + sizeof(path) - 7, "XXXXXX", 6);
	descriptor = mkstemp(path);
	if (descriptor < 0 || write(descriptor, bytes, length) != (ssize_t)length)
		fail_msg("%s cannot be written", path);
	close(descriptor);
	return path;
}

char *fixture_pack(const char *bytes, size_t length, size_t *packed_length)
{
	z_stream z = {0};
	size_t room = length + length / 8 + 128;
	char *packed = alloc(room);

	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (unsigned char *)(uintptr_t)bytes;
	z.avail_in = (uInt)length;
	z.next_out = (unsigned char *)packed;
	z.avail_out = (uInt)room;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	*packed_length = z.total_out;
	deflateEnd(&z);
	return packed;
}

char *fixture_table(const struct profile *profile, const char *choices)
{
	struct view *view = fixture_view(profile, choices);
	struct function_table *table = function_table_build(view);
	struct text text = {0};

	for (uint32_t i = 0; i < table->row_count; i++)
		text_printf(&text, "%s %lld %lld\n", view->node_names[table->rows[i].node],
			    (long long)function_row_flat(&table->rows[i]),
			    (long long)function_row_cum(&table->rows[i]));
	text_add(&text, "", 0);
	function_table_free(table);
	view_free(view);
	return text.bytes;
}
