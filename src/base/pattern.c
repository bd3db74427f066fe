/* SPDX-License-Identifier: MIT */
#include "base/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/re2.h"
#include "base/text.h"
#include "base/utf8.h"

/* Enough for any honest pattern on a name of some kilobytes, stopped within milliseconds. */
#define MATCH_LIMIT 1000000

/* Numbers that pcre2_dfa_match keeps the ways in. */
#define WORKSPACE 20000

struct pattern {
	pcre2_code *code;
	pcre2_match_context *context;
	pcre2_match_data *data;
	char *expression;
	struct text translated; /* what PCRE2 was given */
	uint32_t options;
	/* Points to NULL until backtracking took too long once; then to what matches without. */
	pcre2_code **patient;
};

/* How much of a long expression a message repeats. */
#define SHOWN 200

/* Says what is wrong at which byte, and how the text itself would be written. */
static bool refuse(const char *expression, const char *problem, size_t at, struct error *error)
{
	struct text quoted = {0};
	size_t length = strlen(expression);

	pattern_quote(&quoted, expression);
	if (quoted.length > SHOWN)
		error_set(error, "regular expression: %s at byte %zu", problem, at + 1);
	else
		error_set(error,
			  "regular expression \"%s\": %s at byte %zu; for the text itself write %s",
			  expression, problem, at + 1, text_string(&quoted));
	/* What is missing is missing behind the last byte. */
	error->at = at && at == length ? at - 1 : at;
	text_clear(&quoted);
	return false;
}

/* PCRE2 knows neither every script nor patterns of any size. */
static bool refuse_translated(const char *expression, int code, struct error *error)
{
	const char *property = strstr(expression, "\\p");

	if (!property)
		property = strstr(expression, "\\P");
	if (code == PCRE2_ERROR_UNKNOWN_UNICODE_PROPERTY && property)
		return refuse(expression, "invalid character class range",
			      (size_t)(property - expression), error);
	return refuse(expression, "expression too large", 0, error);
}

/* Compiles what re2_translate made. *code is PCRE2's error when it returns NULL. */
static pcre2_code *compile(const struct text *translated, uint32_t options, int *code)
{
	pcre2_compile_context *context = pcre2_compile_context_create(NULL);
	pcre2_code *compiled;
	PCRE2_SIZE offset;

	if (!context)
		alloc_fail(translated->length);
	/* Each group that RE2 allows may have got one of ours around it. */
	pcre2_set_parens_nest_limit(context, 2 * RE2_NESTING + 2);
	compiled = pcre2_compile((PCRE2_SPTR)translated->bytes, translated->length, options, code,
				 &offset, context);
	pcre2_compile_context_free(context);
	return compiled;
}

/* Compiles the translation; `options` are PCRE2's beyond UTF. */
static bool finish(struct pattern *pattern, uint32_t options, int *code)
{
	pattern->options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | options;
	pattern->code =
		compile(&pattern->translated, pattern->options | PCRE2_MATCH_INVALID_UTF, code);
	if (!pattern->code)
		return false;
	/* Without JIT, pcre2_match interprets the same pattern. */
	pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
	pattern->data = pcre2_match_data_create_from_pattern(pattern->code, NULL);
	pattern->context = pcre2_match_context_create(NULL);
	if (!pattern->data || !pattern->context)
		alloc_fail(sizeof(*pattern));
	pcre2_set_match_limit(pattern->context, MATCH_LIMIT);
	return true;
}

static bool translate(struct pattern *pattern, bool ignore_case, struct error *error)
{
	const char *problem;
	size_t at;
	int code = 0;

	if (!re2_translate(pattern->expression, ignore_case, &pattern->translated, &problem, &at))
		return refuse(pattern->expression, problem, at, error);
	return finish(pattern, PCRE2_DUPNAMES | (ignore_case ? PCRE2_CASELESS : 0), &code) ||
	       refuse_translated(pattern->expression, code, error);
}

static struct pattern *pattern_empty(const char *expression)
{
	struct pattern *pattern = alloc_zero(1, sizeof(*pattern));

	pattern->expression = alloc_text(expression);
	pattern->patient = alloc_zero(1, sizeof(*pattern->patient));
	text_add(&pattern->translated, "", 0);
	return pattern;
}

struct pattern *pattern_new(const char *expression, bool ignore_case, struct error *error)
{
	struct pattern *pattern = pattern_empty(expression);

	if (translate(pattern, ignore_case, error))
		return pattern;
	pattern_free(pattern);
	return NULL;
}

struct pattern *pattern_new_perl(const char *expression, struct error *error)
{
	struct pattern *pattern = pattern_empty(expression);
	PCRE2_UCHAR message[128];
	int code;

	text_add_string(&pattern->translated, expression);
	if (finish(pattern, PCRE2_DOLLAR_ENDONLY, &code))
		return pattern;
	pcre2_get_error_message(code, message, sizeof(message));
	error_set(error, "regular expression \"%s\": %s", expression, (const char *)message);
	pattern_free(pattern);
	return NULL;
}

void pattern_free(struct pattern *pattern)
{
	if (!pattern)
		return;
	pcre2_match_context_free(pattern->context);
	pcre2_match_data_free(pattern->data);
	pcre2_code_free(pattern->code);
	pcre2_code_free(*pattern->patient);
	free(pattern->patient);
	text_clear(&pattern->translated);
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

/*
 * Where backtracking takes too long: all ways at once, as RE2 goes, which
 * takes a time that is linear in the text. Of the ways from the first place
 * where the pattern matches, the longest is taken.
 */
static int find_slowly(const struct pattern *pattern, const char *text, size_t length, size_t from)
{
	int *workspace, code, status;

	/* This way of matching knows no broken text, of which there is none here. */
	if (!*pattern->patient)
		*pattern->patient = compile(&pattern->translated, pattern->options, &code);
	if (!*pattern->patient)
		return PCRE2_ERROR_NOMATCH;
	workspace = alloc_zero(WORKSPACE, sizeof(*workspace));
	status = pcre2_dfa_match(*pattern->patient, (PCRE2_SPTR)text, length, from,
				 PCRE2_NO_UTF_CHECK, pattern->data, NULL, workspace, WORKSPACE);
	free(workspace);
	/* 0: there are more ways than places for them, the longest is the first. */
	return status == 0 ? 1 : status;
}

/* Compiled code where there is some; it has a small stack. */
static int find_quickly(const struct pattern *pattern, const char *text, size_t length, size_t from)
{
	int status = pcre2_match(pattern->code, (PCRE2_SPTR)text, length, from, 0, pattern->data,
				 pattern->context);

	/* The interpreter keeps its stack on the heap. */
	if (status == PCRE2_ERROR_JIT_STACKLIMIT)
		status = pcre2_match(pattern->code, (PCRE2_SPTR)text, length, from, PCRE2_NO_JIT,
				     pattern->data, pattern->context);
	return status;
}

static bool find_valid(const struct pattern *pattern, const char *text, size_t length, size_t from,
		       size_t *start, size_t *end)
{
	const PCRE2_SIZE *range;
	int status = PCRE2_ERROR_MATCHLIMIT;

	if (!*pattern->patient)
		status = find_quickly(pattern, text, length, from);
	if (status == PCRE2_ERROR_MATCHLIMIT)
		status = find_slowly(pattern, text, length, from);
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
	size_t left = strlen(text), size;

	for (; left; text += size, left -= size) {
		uint32_t rune;

		size = utf8_decode(text, left, &rune);
		/* Patterns are valid text; a broken byte is matched as this sign (mend). */
		if (size == 1 && rune == UTF8_BROKEN) {
			text_add_string(quoted, "\xef\xbf\xbd");
			continue;
		}
		if (strchr("\\.+*?()|[]{}^$", *text))
			text_add_char(quoted, '\\');
		text_add(quoted, text, size);
	}
}
