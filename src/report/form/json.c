/* SPDX-License-Identifier: MIT */
#include "report/form/json.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/utf8.h"

/* Deeper than this, everything stays on one line: a row of a table is one line. */
#define LINES_DEPTH 2

static void write_escape(uint32_t rune, FILE *out)
{
	if (rune > 0xffff)
		fprintf(out, "\\u%04" PRIx32 "\\u%04" PRIx32, 0xd800 + ((rune - 0x10000) >> 10),
			0xdc00 + ((rune - 0x10000) & 0x3ff));
	else
		fprintf(out, "\\u%04" PRIx32, rune);
}

static void write_string(const char *text, FILE *out)
{
	size_t length = strlen(text);

	fputc('"', out);
	for (size_t at = 0; at < length;) {
		uint32_t rune;
		size_t size = utf8_decode(text + at, length - at, &rune);

		if (rune == '"' || rune == '\\')
			fprintf(out, "\\%c", (char)rune);
		else if (utf8_is_hostile(rune) || (size == 1 && rune == UTF8_BROKEN))
			write_escape(rune, out);
		else
			fwrite(text + at, 1, size, out);
		at += size;
	}
	fputc('"', out);
}

static void break_line(const struct json *json)
{
	fprintf(json->out, "\n%*s", (int)json->depth * 2, "");
}

/* What stands before a value. */
static void begin(struct json *json, const char *key)
{
	if (json->filled)
		putc_unlocked(',', json->out);
	if (json->depth && json->depth <= LINES_DEPTH)
		break_line(json);
	else if (json->filled)
		putc_unlocked(' ', json->out);
	if (key) {
		write_string(key, json->out);
		fputs(": ", json->out);
	}
	json->filled = true;
}

void json_open(struct json *json, const char *key, char bracket)
{
	begin(json, key);
	fputc(bracket, json->out);
	json->depth++;
	json->filled = false;
}

void json_close(struct json *json, char bracket)
{
	json->depth--;
	if (json->filled && json->depth < LINES_DEPTH)
		break_line(json);
	fputc(bracket, json->out);
	if (!json->depth)
		fputc('\n', json->out);
	json->filled = true;
}

void json_text(struct json *json, const char *key, const char *text)
{
	begin(json, key);
	write_string(text, json->out);
}

void json_integer(struct json *json, const char *key, int64_t number)
{
	begin(json, key);
	decimal_write(number, json->out);
}

/* The fewest digits that read back as the same number. */
static void write_number(double number, FILE *out)
{
	char digits[32];

	for (int precision = DBL_DIG; precision <= DBL_DECIMAL_DIG; precision++) {
		snprintf(digits, sizeof(digits), "%.*g", precision, number);
		if (strtod(digits, NULL) == number)
			break;
	}
	fputs(digits, out);
}

void json_number(struct json *json, const char *key, double number)
{
	begin(json, key);
	if (isfinite(number))
		write_number(number, json->out);
	else
		fputs("null", json->out);
}

void json_bool(struct json *json, const char *key, bool truth)
{
	begin(json, key);
	fputs(truth ? "true" : "false", json->out);
}
