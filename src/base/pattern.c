/* SPDX-License-Identifier: MIT */
#include "base/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "base/utf8.h"

/* Enough for any honest pattern on a name of some kilobytes, stopped within milliseconds. */
#define MATCH_LIMIT 1000000

struct pattern {
	pcre2_code *code;
	pcre2_match_context *context;
	pcre2_match_data *data;
	char *expression;
};

struct pattern *pattern_new(const char *expression, bool ignore_case, struct error *error)
{
	struct pattern *pattern;
	PCRE2_SIZE offset;
	int code;
	uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_DOLLAR_ENDONLY |
			   PCRE2_NEVER_BACKSLASH_C;
	pcre2_code *compiled;

	if (ignore_case)
		options |= PCRE2_CASELESS;
	compiled = pcre2_compile((PCRE2_SPTR)expression, strlen(expression), options, &code,
				 &offset, NULL);
	if (!compiled) {
		PCRE2_UCHAR message[128];

		pcre2_get_error_message(code, message, sizeof(message));
		error_set(error, "regular expression \"%s\": %s at byte %zu", expression,
			  (const char *)message, (size_t)offset + 1);
		/* What is missing is missing behind the last byte. */
		error->at = *expression && !expression[offset] ? offset - 1 : offset;
		return NULL;
	}
	pattern = alloc_zero(1, sizeof(*pattern));
	pattern->code = compiled;
	pattern->expression = alloc_text(expression);
	/* Without JIT, pcre2_match interprets the same pattern. */
	pcre2_jit_compile(compiled, PCRE2_JIT_COMPLETE);
	pattern->data = pcre2_match_data_create_from_pattern(compiled, NULL);
	pattern->context = pcre2_match_context_create(NULL);
	if (!pattern->data || !pattern->context)
		alloc_fail(sizeof(*pattern));
	pcre2_set_match_limit(pattern->context, MATCH_LIMIT);
	return pattern;
}

void pattern_free(struct pattern *pattern)
{
	if (!pattern)
		return;
	pcre2_match_context_free(pattern->context);
	pcre2_match_data_free(pattern->data);
	pcre2_code_free(pattern->code);
	free(pattern->expression);
	free(pattern);
}

/* The first byte that starts no valid character, or length. */
static size_t valid_length(const char *text, size_t length)
{
	size_t at = 0;

	while (at < length) {
		uint32_t rune;
		size_t size = utf8_decode(text + at, length - at, &rune);

		if (size == 1 && rune == UTF8_BROKEN)
			break;
		at += size;
	}
	return at;
}

/* A piece of broken text as patterns see it, and which byte of it stands where. */
struct mended {
	struct text text;
	size_t *origin; /* by byte of the mended text, and one for its end */
};

/* Every broken byte becomes U+FFFD, as in Go. */
static void mend(const char *bytes, size_t length, struct mended *mended)
{
	static const char replacement[] = "\xef\xbf\xbd";

	mended->origin = alloc_zero(length * 3 + 1, sizeof(*mended->origin));
	for (size_t at = 0, size; at < length; at += size) {
		uint32_t rune;
		size_t start = mended->text.length;
		bool broken;

		size = utf8_decode(bytes + at, length - at, &rune);
		broken = size == 1 && rune == UTF8_BROKEN;
		text_add(&mended->text, broken ? replacement : bytes + at, broken ? 3 : size);
		for (size_t i = start; i < mended->text.length; i++)
			mended->origin[i] = broken ? at : at + i - start;
	}
	mended->origin[mended->text.length] = length;
}

static bool find_valid(const struct pattern *pattern, const char *text, size_t length, size_t from,
		       size_t *start, size_t *end)
{
	const PCRE2_SIZE *range;
	int status;

	status = pcre2_match(pattern->code, (PCRE2_SPTR)text, length, from, 0, pattern->data,
			     pattern->context);
	/* Compiled code has a small stack; the interpreter keeps its own on the heap. */
	if (status == PCRE2_ERROR_JIT_STACKLIMIT)
		status = pcre2_match(pattern->code, (PCRE2_SPTR)text, length, from, PCRE2_NO_JIT,
				     pattern->data, pattern->context);
	if (status < 0)
		return false;
	range = pcre2_get_ovector_pointer(pattern->data);
	*start = range[0];
	*end = range[1];
	return true;
}

bool pattern_find(const struct pattern *pattern, const char *text, size_t length, size_t from,
		  size_t *start, size_t *end)
{
	struct mended mended = {0};
	size_t begin = 0;
	bool found;

	if (from > length)
		return false;
	if (valid_length(text, length) == length)
		return find_valid(pattern, text, length, from, start, end);
	mend(text, length, &mended);
	while (mended.origin[begin] < from)
		begin++;
	found = find_valid(pattern, mended.text.bytes, mended.text.length, begin, start, end);
	if (found) {
		*start = mended.origin[*start];
		*end = mended.origin[*end];
	}
	text_clear(&mended.text);
	free(mended.origin);
	return found;
}

bool pattern_matches(const struct pattern *pattern, const char *text, size_t length)
{
	size_t start, end;

	return pattern_find(pattern, text, length, 0, &start, &end);
}

#define REPLACE_OPTIONS                                               \
	(PCRE2_SUBSTITUTE_GLOBAL | PCRE2_SUBSTITUTE_OVERFLOW_LENGTH | \
	 PCRE2_SUBSTITUTE_UNKNOWN_UNSET | PCRE2_SUBSTITUTE_UNSET_EMPTY)

bool pattern_replace(const struct pattern *pattern, const char *text, size_t length,
		     const char *replacement, struct text *out)
{
	PCRE2_SIZE room = length + 64;
	char *made = alloc(room);
	int status;

	for (;;) {
		PCRE2_SIZE wanted = room;

		status = pcre2_substitute(pattern->code, (PCRE2_SPTR)text, length, 0,
					  REPLACE_OPTIONS, pattern->data, pattern->context,
					  (PCRE2_SPTR)replacement, PCRE2_ZERO_TERMINATED,
					  (PCRE2_UCHAR *)made, &wanted);
		if (status >= 0)
			text_add(out, made, wanted);
		if (status != PCRE2_ERROR_NOMEMORY || wanted <= room)
			break;
		room = wanted;
		made = alloc_resize(made, room, 1);
	}
	free(made);
	return status >= 0;
}

bool pattern_check_replacement(const char *replacement, struct error *error)
{
	struct pattern *empty = pattern_new("", false, error);
	struct text made = {0};
	bool good = empty && pattern_replace(empty, "", 0, replacement, &made);

	text_clear(&made);
	pattern_free(empty);
	return good ||
	       error_set(error,
			 "replacement \"%s\": write $1 or ${1} for a group and $$ for a dollar",
			 replacement);
}

const char *pattern_expression(const struct pattern *pattern)
{
	return pattern->expression;
}

void pattern_quote(struct text *quoted, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\.+*?()|[]{}^$", *text))
			text_add_char(quoted, '\\');
		text_add_char(quoted, *text);
	}
}
