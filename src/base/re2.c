/* SPDX-License-Identifier: MIT */
#include "base/re2.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/re2_class.h"

/* RE2 counts to 1000 and no further, nested counts multiplied. */
#define MOST_COPIES 1000

/* Which of (?imsU) are set. */
enum flag { FOLD = 1, MULTI_LINE = 2, DOT_ALL = 4, UNGREEDY = 8 };

/* What a repetition that comes next would repeat: a piece of the output. */
struct atom {
	bool there;
	bool repeated; /* it ends in a repetition: another one needs parentheses */
	size_t start, end;
	uint32_t copies; /* of its innermost part */
};

struct group {
	size_t start; /* in the output */
	unsigned flags;
	uint32_t copies; /* the most of the atoms before `atom` */
	struct atom atom;
};

struct reader {
	const char *at;
	struct text *out;
	unsigned flags;
	bool after_repetition; /* the token before was one */
	/* The open groups; the first is the whole expression. */
	struct group *groups;
	size_t group_count, group_capacity;
	const char *problem;
};

static struct group *innermost(struct reader *reader)
{
	return &reader->groups[reader->group_count - 1];
}

/* The problem stands where `at` points. */
static bool refuse(struct reader *reader, const char *at, const char *problem)
{
	reader->at = at;
	reader->problem = problem;
	return false;
}

/* --- Atoms -------------------------------------------------------------------------------------- */

/* The atom before is done: what is written from here on is the next one. */
static void begin_atom(struct reader *reader)
{
	struct group *group = innermost(reader);

	if (group->atom.there && group->atom.copies > group->copies)
		group->copies = group->atom.copies;
	group->atom = (struct atom){.start = reader->out->length, .copies = 1};
}

static void end_atom(struct reader *reader)
{
	struct atom *atom = &innermost(reader)->atom;

	atom->there = true;
	atom->end = reader->out->length;
}

static void add_atom(struct reader *reader, const char *text)
{
	begin_atom(reader);
	text_add_string(reader->out, text);
	end_atom(reader);
}

static void add_literal(struct reader *reader, uint32_t rune)
{
	begin_atom(reader);
	re2_add_literal(reader->out, rune);
	end_atom(reader);
}

/* --- Repetitions -------------------------------------------------------------------------------- */

/* A count of {n,m}; false if there is none. Those beyond all limits become MOST_COPIES + 1. */
static bool take_count(const char **at, int *count)
{
	const char *digit = *at;

	if (*digit < '0' || *digit > '9' || (*digit == '0' && digit[1] >= '0' && digit[1] <= '9'))
		return false;
	*count = 0;
	for (; *digit >= '0' && *digit <= '9'; digit++)
		if (*count <= MOST_COPIES)
			*count = *count * 10 + (*digit - '0');
	*at = digit;
	return true;
}

/* "{n}", "{n,}" (*most is -1) or "{n,m}"; anything else is text. */
static bool take_counts(const char **at, int *least, int *most)
{
	const char *next = *at + 1;

	if (**at != '{' || !take_count(&next, least))
		return false;
	*most = *least;
	if (*next == ',') {
		next++;
		*most = -1;
		if (*next != '}' && !take_count(&next, most))
			return false;
	}
	if (*next != '}')
		return false;
	*at = next + 1;
	return true;
}

/* Puts text into the output at a place before its end. */
static void insert(struct text *out, size_t place, const char *bytes, size_t length)
{
	text_add(out, bytes, length);
	memmove(out->bytes + place + length, out->bytes + place, out->length - place - length);
	memcpy(out->bytes + place, bytes, length);
}

/* Writes a repetition behind the atom, which may stand before a flag such as (?i). */
static void repeat(struct reader *reader, struct atom *atom, const char *from, const char *to,
		   bool lazy)
{
	struct text sign = {0};

	if (atom->repeated) {
		insert(reader->out, atom->start, "(?:", 3);
		insert(reader->out, atom->end + 3, ")", 1);
		atom->end += 4;
	}
	text_add(&sign, from, (size_t)(to - from));
	if (lazy)
		text_add_char(&sign, '?');
	insert(reader->out, atom->end, sign.bytes, sign.length);
	atom->end += sign.length;
	atom->repeated = true;
	text_clear(&sign);
}

static bool read_repetition(struct reader *reader, int least, int most, const char *behind)
{
	struct atom *atom = &innermost(reader)->atom;
	const char *sign = reader->at;
	bool swapped = *behind == '?';
	int factor = most < 0 ? least : most;

	if (reader->after_repetition)
		return refuse(reader, sign, "invalid nested repetition operator");
	if (!atom->there)
		return refuse(reader, sign, "missing argument to repetition operator");
	if (most == 0)
		atom->copies = 1;
	else if (factor > 1)
		atom->copies *= (uint32_t)factor;
	if (atom->copies > MOST_COPIES && (least >= 2 || most >= 2))
		return refuse(reader, sign, "invalid repeat count");
	repeat(reader, atom, sign, behind, swapped != ((reader->flags & UNGREEDY) != 0));
	reader->at = behind + swapped;
	reader->after_repetition = true;
	return true;
}

static bool read_counts(struct reader *reader)
{
	const char *behind = reader->at;
	int least, most;

	if (!take_counts(&behind, &least, &most)) {
		add_literal(reader, '{');
		reader->after_repetition = false;
		reader->at++;
		return true;
	}
	if (least > MOST_COPIES || most > MOST_COPIES || (most >= 0 && least > most))
		return refuse(reader, reader->at, "invalid repeat count");
	return read_repetition(reader, least, most, behind);
}

/* --- Groups and flags --------------------------------------------------------------------------- */

static bool open_group(struct reader *reader, const char *sign, size_t length, unsigned flags)
{
	struct group group = {.start = reader->out->length, .flags = reader->flags, .copies = 1};

	if (reader->group_count > RE2_NESTING)
		return refuse(reader, reader->at, "expression nests too deeply");
	begin_atom(reader);
	text_add(reader->out, sign, length);
	group.atom.start = reader->out->length;
	array_push(reader->groups, reader->group_count, reader->group_capacity, group);
	reader->flags = flags;
	return true;
}

static bool close_group(struct reader *reader)
{
	struct group group = *innermost(reader);
	uint32_t copies;

	if (reader->group_count == 1)
		return refuse(reader, reader->at, "unexpected )");
	begin_atom(reader);
	copies = innermost(reader)->copies;
	reader->group_count--;
	reader->flags = group.flags;
	text_add_char(reader->out, ')');
	/* What the group stands for is the atom that began with its parenthesis. */
	innermost(reader)->atom.copies = copies;
	end_atom(reader);
	reader->at++;
	return true;
}

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_';
}

/* "(?P<name>" or "(?<name>"; PCRE2 wants shorter names that begin with no digit. */
static bool read_name(struct reader *reader, const char *name)
{
	const char *end = name;

	while (is_word(*end))
		end++;
	if (end == name || *end != '>')
		return refuse(reader, reader->at, "invalid named capture");
	if (end - name > 32 || (*name >= '0' && *name <= '9')) {
		if (!open_group(reader, "(", 1, reader->flags))
			return false;
	} else {
		struct text sign = {0};
		bool good;

		text_printf(&sign, "(?<%.*s>", (int)(end - name), name);
		good = open_group(reader, sign.bytes, sign.length, reader->flags);
		text_clear(&sign);
		if (!good)
			return false;
	}
	reader->at = end + 1;
	return true;
}

static unsigned flag_of(char c)
{
	switch (c) {
	case 'i':
		return FOLD;
	case 'm':
		return MULTI_LINE;
	case 's':
		return DOT_ALL;
	case 'U':
		return UNGREEDY;
	default:
		return 0;
	}
}

/* Only case is PCRE2's business; the other flags are in what is written. */
static const char *sign_of(unsigned flags, bool group)
{
	if (group)
		return flags & FOLD ? "(?i:" : "(?-i:";
	return flags & FOLD ? "(?i)" : "(?-i)";
}

/* What follows "(?": flags for the rest of the group, or a group that has no number. */
static bool read_flags(struct reader *reader, const char *at)
{
	unsigned flags = reader->flags;
	bool clear = false, seen = false;

	for (; *at != ':' && *at != ')'; at++) {
		if (*at == '-' && !clear) {
			clear = true;
			seen = false;
		} else if (flag_of(*at)) {
			flags = clear ? flags & ~flag_of(*at) : flags | flag_of(*at);
			seen = true;
		} else {
			return refuse(reader, reader->at, "invalid or unsupported Perl syntax");
		}
	}
	if (clear && !seen)
		return refuse(reader, reader->at, "invalid or unsupported Perl syntax");
	if (*at == ':') {
		const char *sign = sign_of(flags, true);

		if (!open_group(reader, sign, strlen(sign), flags))
			return false;
	} else {
		text_add_string(reader->out, sign_of(flags, false));
		reader->flags = flags;
	}
	reader->at = at + 1;
	return true;
}

static bool read_group(struct reader *reader)
{
	const char *at = reader->at;

	if (at[1] != '?') {
		reader->at++;
		return open_group(reader, "(", 1, reader->flags);
	}
	if (at[2] == '<')
		return read_name(reader, at + 3);
	if (at[2] == 'P' && at[3] == '<')
		return read_name(reader, at + 4);
	return read_flags(reader, at + 2);
}

/* --- Everything else ---------------------------------------------------------------------------- */

static bool read_class(struct reader *reader)
{
	const char *problem = NULL, *at = reader->at;

	begin_atom(reader);
	if (!re2_class(&at, reader->flags & FOLD, reader->out, &problem))
		return refuse(reader, at, problem);
	end_atom(reader);
	reader->at = at;
	return true;
}

/* "\Q...\E": each character is an atom. */
static void read_quoted(struct reader *reader)
{
	reader->at += 2;
	while (*reader->at && strncmp(reader->at, "\\E", 2) != 0)
		add_literal(reader, re2_take_rune(&reader->at));
	if (*reader->at)
		reader->at += 2;
}

static bool read_escape(struct reader *reader)
{
	const char *at = reader->at, *problem;
	uint32_t rune;

	switch (at[1]) {
	case 'A':
	case 'z':
	case 'b':
	case 'B': {
		char text[] = {'(', '?', ':', '\\', at[1], ')', '\0'};

		add_atom(reader, text);
		reader->at += 2;
		return true;
	}
	case 'Q':
		read_quoted(reader);
		return true;
	default:
		break;
	}
	if (re2_starts_class(at))
		return read_class(reader);
	if (!re2_escape(&at, &rune, &problem))
		return refuse(reader, at, problem);
	add_literal(reader, rune);
	reader->at = at;
	return true;
}

static void read_anchor(struct reader *reader, const char *once, const char *in_line)
{
	add_atom(reader, reader->flags & MULTI_LINE ? in_line : once);
	reader->at++;
}

static bool read_token(struct reader *reader)
{
	switch (*reader->at) {
	case '*':
	case '+':
		return read_repetition(reader, *reader->at == '+', -1, reader->at + 1);
	case '?':
		return read_repetition(reader, 0, 1, reader->at + 1);
	case '{':
		return read_counts(reader);
	default:
		break;
	}
	reader->after_repetition = false;
	switch (*reader->at) {
	case '(':
		return read_group(reader);
	case ')':
		return close_group(reader);
	case '[':
		return read_class(reader);
	case '\\':
		return read_escape(reader);
	case '|':
		begin_atom(reader);
		text_add_char(reader->out, '|');
		reader->at++;
		return true;
	case '^':
		read_anchor(reader, "(?:\\A)", "(?:\\A|(?<=\\n))");
		return true;
	case '$':
		read_anchor(reader, "(?:\\z)", "(?:(?=\\n)|\\z)");
		return true;
	case '.':
		add_atom(reader, reader->flags & DOT_ALL ? "[\\x{0}-\\x{10ffff}]" : "[^\\n]");
		reader->at++;
		return true;
	default:
		add_literal(reader, re2_take_rune(&reader->at));
		return true;
	}
}

bool re2_translate(const char *expression, bool ignore_case, struct text *out, const char **problem,
		   size_t *at)
{
	struct reader reader = {.at = expression, .out = out, .flags = ignore_case ? FOLD : 0};
	struct group all = {.copies = 1};
	const char *broken = re2_broken_text(expression);
	bool good = true;

	all.start = all.atom.start = out->length;
	array_push(reader.groups, reader.group_count, reader.group_capacity, all);
	if (broken)
		good = refuse(&reader, broken, "invalid UTF-8");
	while (good && *reader.at)
		good = read_token(&reader);
	if (good && reader.group_count > 1)
		good = refuse(&reader, reader.at, "missing closing )");
	free(reader.groups);
	*problem = reader.problem;
	*at = (size_t)(reader.at - expression);
	return good;
}
