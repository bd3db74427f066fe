/* SPDX-License-Identifier: MIT */
/*
 * Profiles that a scenario writes by itself, one stack a line: for names that
 * no compiler would make. The format is pprof's, without compression; fields
 * are written by hand, so that nothing stands between the scenario and the
 * bytes that the program reads.
 */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Field numbers of Profile. */
enum { SAMPLE_TYPE = 1, SAMPLE = 2, LOCATION = 4, FUNCTION = 5, STRING_TABLE = 6 };

struct made_profile {
	char name[64];
	struct buffer samples;
	struct buffer *strings; /* 0 "", 1 type, 2 unit, 3 file, then one of each function */
	uint64_t string_count;
};

#define FIRST_FUNCTION 4 /* the string of function 1 */

/* --- Wire ---------------------------------------------------------------- */

static void put_varint(struct buffer *out, uint64_t value)
{
	unsigned char byte;

	do {
		byte = (unsigned char)((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
		buffer_add(out, &byte, 1);
		value >>= 7;
	} while (value);
}

static void put_number(struct buffer *out, unsigned field, uint64_t value)
{
	put_varint(out, field << 3);
	put_varint(out, value);
}

static void put_bytes(struct buffer *out, unsigned field, const struct buffer *bytes)
{
	put_varint(out, field << 3 | 2);
	put_varint(out, bytes->length);
	buffer_add(out, bytes->bytes, bytes->length);
}

/* A message of two or three numbered fields; 0 is left out. */
static void put_numbers(struct buffer *out, unsigned field, const uint64_t values[3])
{
	struct buffer message = {0};

	for (unsigned i = 0; i < 3; i++)
		if (values[i])
			put_number(&message, i + 1, values[i]);
	put_bytes(out, field, &message);
	buffer_clear(&message);
}

/* --- Text ---------------------------------------------------------------- */

static int hex_digits(const char *text, int count)
{
	char digits[5] = "", *end;
	long value;

	memcpy(digits, text, strnlen(text, (size_t)count));
	value = strtol(digits, &end, 16);
	return end == digits + count ? (int)value : -1;
}

/* \xHH is a byte, whatever it means; a blank is written as it is. */
static void unescape(const char *text, size_t length, struct buffer *bytes)
{
	for (size_t i = 0; i < length; i++) {
		int value = length - i >= 4 && text[i] == '\\' && text[i + 1] == 'x'
				    ? hex_digits(text + i + 2, 2)
				    : -1;
		char byte = value >= 0 ? (char)value : text[i];

		buffer_add(bytes, &byte, 1);
		i += value >= 0 ? 3 : 0;
	}
}

static uint64_t intern(struct made_profile *made, const char *text, size_t length)
{
	struct buffer bytes = {0};

	buffer_add(&bytes, "", 0);
	unescape(text, length, &bytes);
	for (uint64_t i = FIRST_FUNCTION; i < made->string_count; i++) {
		const struct buffer *other = &made->strings[i];

		if (other->length != bytes.length ||
		    memcmp(other->bytes, bytes.bytes, bytes.length))
			continue;
		buffer_clear(&bytes);
		return i;
	}
	made->strings = realloc(made->strings, (made->string_count + 1) * sizeof(*made->strings));
	if (!made->strings)
		abort();
	made->strings[made->string_count] = bytes;
	return made->string_count++;
}

/* --- Commands ------------------------------------------------------------ */

void made_profile_free(struct made_profile *made)
{
	if (!made)
		return;
	for (uint64_t i = 0; i < made->string_count; i++)
		buffer_clear(&made->strings[i]);
	free(made->strings);
	buffer_clear(&made->samples);
	free(made);
}

static bool profile(struct driver *driver, char *argument)
{
	static const char *const first[FIRST_FUNCTION] = {"", "samples", "count", "made.go"};
	const char *name = next_word(&argument);

	made_profile_free(driver->made);
	driver->made = calloc(1, sizeof(*driver->made));
	if (!driver->made)
		abort();
	snprintf(driver->made->name, sizeof(driver->made->name), "%s", name);
	for (size_t i = 0; i < FIRST_FUNCTION; i++) {
		const char *text = i == 1 && *argument ? argument : first[i];

		intern(driver->made, text, strlen(text));
	}
	/* Those are no functions, so they are never found again. */
	return driver->made->string_count == FIRST_FUNCTION ||
	       driver_fail(driver, "the type needs another name");
}

static bool stack(struct driver *driver, char *argument)
{
	struct made_profile *made = driver->made;
	struct buffer sample = {0}, locations = {0}, reversed = {0};
	long value;

	if (!made || !parse_number(next_word(&argument), &value))
		return driver_fail(driver, "behind \"profile\", first a number");
	while (*argument) {
		size_t length = strcspn(argument, ";");

		/* The leaf is first in the file. */
		buffer_clear(&reversed);
		put_varint(&reversed, intern(made, argument, length) - FIRST_FUNCTION + 1);
		buffer_add(&reversed, locations.bytes, locations.length);
		buffer_clear(&locations);
		buffer_add(&locations, reversed.bytes, reversed.length);
		argument += length + (argument[length] == ';');
	}
	put_bytes(&sample, 1, &locations);
	put_number(&sample, 2, (uint64_t)value);
	put_bytes(&made->samples, SAMPLE, &sample);
	buffer_clear(&sample);
	buffer_clear(&locations);
	buffer_clear(&reversed);
	return true;
}

/* The location of a function has its number. */
static void put_function(struct buffer *out, uint64_t number)
{
	struct buffer line = {0}, location = {0}, function = {0};

	put_number(&line, 1, number);
	put_number(&line, 2, number);
	put_number(&location, 1, number);
	put_bytes(&location, 4, &line);
	put_bytes(out, LOCATION, &location);
	put_number(&function, 1, number);
	put_number(&function, 2, FIRST_FUNCTION + number - 1);
	put_number(&function, 4, 3);
	put_bytes(out, FUNCTION, &function);
	buffer_clear(&line);
	buffer_clear(&location);
	buffer_clear(&function);
}

static bool profile_end(struct driver *driver, char *argument)
{
	struct made_profile *made = driver->made;
	struct buffer out = {0};
	char path[512];
	FILE *file;
	bool good;

	(void)argument;
	if (!made)
		return driver_fail(driver, "there is no \"profile\" before");
	put_numbers(&out, SAMPLE_TYPE, (const uint64_t[3]){1, 2, 0});
	buffer_add(&out, made->samples.bytes, made->samples.length);
	for (uint64_t i = FIRST_FUNCTION; i < made->string_count; i++)
		put_function(&out, i - FIRST_FUNCTION + 1);
	for (uint64_t i = 0; i < made->string_count; i++)
		put_bytes(&out, STRING_TABLE, &made->strings[i]);
	file = fopen(driver_path(driver, made->name, path), "wb");
	good = file && fwrite(out.bytes, 1, out.length, file) == out.length;
	if (file && fclose(file) != 0)
		good = false;
	buffer_clear(&out);
	made_profile_free(made);
	driver->made = NULL;
	return good || driver_fail(driver, "cannot write %s", path);
}

const struct command profile_commands[] = {
	{"profile", "FILE [TYPE]", profile, "starts a profile of one sample type"},
	{"stack", "N FRAME;...", stack, "N samples of this stack, root first; \\xHH is a byte"},
	{"profile-end", "", profile_end, "writes it"},
	{.name = NULL},
};
