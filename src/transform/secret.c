/* SPDX-License-Identifier: MIT */
#include "transform/secret.h"

#include <string.h>

#include "transform/secret_key.h"
#include "transform/secret_path.h"
#include "transform/secret_shape.h"

#define VALUE "[REDACTED]"
#define TOKEN "[TOKEN]"

/* A name is looked for so far behind a comma; longer ones are none. */
enum { LONGEST_NAME = 64, LONGEST_PASSWORD = 256, LONGEST_HEADER = 64 };

struct scan {
	struct secret_text text;
	const char *string;
	struct text *out;
	size_t done; /* up to this character all is in `out` */
	bool found;
	struct secret_path path;
	/* The word without blanks that was last looked at: where it ends, and its last @. */
	size_t word_end, last_at;
};

/* Replaces [from, to), unless that has been done. */
static void mask(struct scan *scan, size_t from, size_t to, const char *by)
{
	const uint32_t *start = scan->text.start;

	if (from < scan->done)
		from = scan->done;
	if (to <= from)
		return;
	text_add(scan->out, scan->string + start[scan->done], start[from] - start[scan->done]);
	text_add_string(scan->out, by);
	scan->done = to;
	scan->found = true;
}

/* --- Values -------------------------------------------------------------- */

static bool is_quote(char c)
{
	return c == '"' || c == '\'' || c == '`';
}

static bool is_name(char c)
{
	return secret_is_word(c) || c == '_' || c == '-' || c == '.';
}

static size_t skip_blanks(const struct secret_text *text, size_t at)
{
	while (secret_is_blank(text, at))
		at++;
	return at;
}

/* Is the character spelled with a backslash? */
static bool is_escaped(const struct scan *scan, size_t at)
{
	return scan->string[scan->text.start[at]] == '\\';
}

/* Behind the quote or the bracket at `at`: the end of what is inside, which may be the end of all. */
static size_t quoted_end(const struct scan *scan, size_t at)
{
	const struct secret_text *text = &scan->text;
	char quote = text->chars[at];
	bool escaped = is_escaped(scan, at);

	for (size_t i = at + 1; i < text->count; i++)
		if (text->chars[i] == quote && is_escaped(scan, i) == escaped)
			return i;
	return text->count;
}

static size_t bracket_end(const struct secret_text *text, size_t at)
{
	char open = text->chars[at], close = open == '(' ? ')' : open == '[' ? ']' : '}';
	size_t depth = 0;

	for (size_t i = at; i < text->count; i++) {
		depth += text->chars[i] == open;
		if (text->chars[i] == close && !--depth)
			return i;
	}
	return text->count;
}

/* Does "NAME=" or "NAME:" stand there, another setting? */
static bool is_setting(const struct secret_text *text, size_t at)
{
	size_t end = at;

	while (end < at + LONGEST_NAME && is_name(secret_char(text, end)))
		end++;
	if (end == at)
		return false;
	while (end < at + LONGEST_NAME &&
	       (is_quote(secret_char(text, end)) ||
		(secret_is_blank(text, end) && secret_char(text, end) != '\n')))
		end++;
	return secret_char(text, end) == '=' ||
	       (secret_char(text, end) == ':' && secret_char(text, end + 1) != ':' &&
		!secret_text_has(text, end, "://"));
}

/* A value without quotes goes on through blanks and commas, up to the next setting or line. */
static size_t plain_end(const struct secret_text *text, size_t at)
{
	while (at < text->count && text->chars[at] != '\n' && text->chars[at] != '\r') {
		size_t next = at;

		while (next < text->count && text->chars[next] != '\n' &&
		       (secret_is_blank(text, next) || strchr(",;&", text->chars[next])))
			next++;
		if (next > at && is_setting(text, next))
			break;
		at = next > at ? next : at + 1;
	}
	return at;
}

static size_t line_end(const struct secret_text *text, size_t at)
{
	while (at < text->count && text->chars[at] != '\n' && text->chars[at] != '\r')
		at++;
	return at;
}

/* Words and small numbers that say nothing: a line, a count, true. */
static bool is_harmless(const struct secret_text *text, size_t at, enum secret_key kind)
{
	static const char *const words[] = {"true", "false", "nil", "null", "none", "yes", "no"};
	size_t end = at;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (secret_text_has(text, at, words[i]) &&
		    !is_name(secret_char(text, at + strlen(words[i]))))
			return true;
	if (kind != SECRET_VALUE)
		return false;
	while (secret_is_digit(secret_char(text, end)))
		end++;
	return end > at && end - at <= 6 && !is_name(secret_char(text, end)) &&
	       secret_char(text, end) != '@';
}

/* Masks the value that starts at `at`, behind blanks; returns where to go on. */
static size_t mask_value(struct scan *scan, size_t at, enum secret_key kind)
{
	const struct secret_text *text = &scan->text;
	size_t end;

	at = skip_blanks(text, at);
	if (at >= text->count || is_harmless(text, at, kind))
		return at;
	if (is_quote(text->chars[at])) {
		end = quoted_end(scan, at);
		if (!is_harmless(text, at + 1, kind))
			mask(scan, at + 1, end, VALUE);
		return end + 1;
	}
	if (strchr("([{", text->chars[at])) {
		end = bracket_end(text, at);
		mask(scan, at + 1, end, VALUE);
		return end + 1;
	}
	end = kind == SECRET_LINE ? line_end(text, at) : plain_end(text, at);
	mask(scan, at, end, VALUE);
	return end;
}

/* --- Names --------------------------------------------------------------- */

/* The length of what parts a name from its value for certain: = == := : => ->; 0 for anything else. */
static size_t separator_length(const struct secret_text *text, size_t at)
{
	char c = secret_char(text, at), next = secret_char(text, at + 1);
	size_t length = 1;

	if (c == ':' && next == ':')
		return 0;
	if (c == '-')
		return next == '>' ? 2 : 0;
	if (c != '=' && c != ':')
		return 0;
	while (secret_char(text, at + length) == '=' || secret_char(text, at + length) == '>')
		length++;
	return length;
}

/* Behind the quote, bracket and blanks that may close a name. */
static size_t close_name(const struct secret_text *text, size_t at)
{
	while (at < text->count && (is_quote(text->chars[at]) || strchr("]\\", text->chars[at]) ||
				    secret_is_blank(text, at)))
		at++;
	return at;
}

/* tokenSEKRIT: the name and its value are one word. Returns where the value starts, or 0. */
static size_t glued_value(const struct secret_text *text, size_t from, size_t to)
{
	size_t start = to;

	while (start > from &&
	       (secret_is_upper(text->chars[start - 1]) || secret_is_digit(text->chars[start - 1])))
		start--;
	if (start == from || to - start < 6 || !secret_is_lower(text->chars[start - 1]) ||
	    !secret_looks_like_value(text, start))
		return 0;
	return secret_key_kind(text, from, start) ? start : 0;
}

/* What may stand behind a name by chance, too: only what looks like a value counts. */
static size_t mask_doubtful(struct scan *scan, size_t at)
{
	const struct secret_text *text = &scan->text;
	char c = secret_char(text, at);
	size_t start = skip_blanks(text, at + 1), end = start;

	if (!(secret_is_blank(text, at) || (c && strchr("/|([", c))) ||
	    !secret_looks_like_value(text, start))
		return 0;
	while (end < text->count && is_name(text->chars[end]))
		end++;
	mask(scan, start, end, VALUE);
	return end;
}

/* A name from `at` on, and its value if it is one of a secret. Returns where to go on, 0 for the next character. */
static size_t read_name(struct scan *scan, size_t at)
{
	const struct secret_text *text = &scan->text;
	size_t end = at, behind, separator, glued;
	enum secret_key kind;

	while (end < text->count && is_name(text->chars[end]))
		end++;
	while (end > at && !secret_is_word(text->chars[end - 1]) && text->chars[end - 1] != '_')
		end--;
	if (end == at)
		return 0;
	kind = secret_key_kind(text, at, end);
	if (!kind) {
		glued = glued_value(text, at, end);
		if (glued)
			mask(scan, glued, end, VALUE);
		return glued ? end : 0;
	}
	behind = close_name(text, end);
	separator = separator_length(text, behind);
	if (separator)
		return mask_value(scan, behind + separator, kind);
	/* --token VALUE and Bearer VALUE; -a -b are two options. */
	behind = skip_blanks(text, end);
	if (behind > end && secret_char(text, behind) != '-' &&
	    (text->chars[at] == '-' ||
	     secret_text_has(text, end - 6 > end ? at : end - 6, "bearer")))
		return mask_value(scan, behind, kind);
	return mask_doubtful(scan, end);
}

/* --- Credentials in addresses -------------------------------------------- */

/* The last @ of the word without blanks that `at` is in; 0 if it has none behind `at`. */
static size_t find_at_sign(struct scan *scan, size_t at)
{
	const struct secret_text *text = &scan->text;

	if (at >= scan->word_end) {
		scan->last_at = 0;
		for (scan->word_end = at; scan->word_end < text->count; scan->word_end++) {
			char c = text->chars[scan->word_end];

			if (secret_is_blank(text, scan->word_end) || c == '"')
				break;
			if (c == '@')
				scan->last_at = scan->word_end;
		}
		scan->word_end++;
	}
	return scan->last_at > at ? scan->last_at : 0;
}

/* user:password@ behind "://". A password may have any character, even one that ends the host. */
static size_t read_user(struct scan *scan, size_t at)
{
	const struct secret_text *text = &scan->text;
	size_t end = at, last = 0, colon = 0;

	for (;
	     end < text->count && !secret_is_blank(text, end) && !strchr("/?#\"", text->chars[end]);
	     end++) {
		if (text->chars[end] == '@')
			last = end;
		if (text->chars[end] == ':' && !colon)
			colon = end;
	}
	/* [::1]:80 and host:80 are no users. */
	if (!last && colon && text->chars[at] != '[' && end < text->count &&
	    !secret_is_digit(secret_char(text, colon + 1)))
		last = find_at_sign(scan, at);
	if (!last)
		return 0;
	mask(scan, at, last, VALUE);
	return last;
}

/* user:password@host without "://", as databases have it. */
static size_t read_bare_user(struct scan *scan, size_t at)
{
	const struct secret_text *text = &scan->text;
	size_t end = at + 1;

	if (at == 0 || !secret_is_word(text->chars[at - 1]) || secret_char(text, end) == ':')
		return 0;
	while (end < text->count && end < at + LONGEST_PASSWORD && text->chars[end] != '@' &&
	       !secret_is_blank(text, end) && !strchr("/(\"", text->chars[end]))
		end++;
	if (secret_char(text, end) != '@' || end == at + 1 ||
	    !secret_is_word(secret_char(text, end + 1)))
		return 0;
	mask(scan, at + 1, end, VALUE);
	return end;
}

/* -----BEGIN ... PRIVATE KEY-----: all up to its end. */
static size_t read_pem(struct scan *scan, size_t at)
{
	const struct secret_text *text = &scan->text;
	size_t body, end;

	if (!secret_text_has(text, at, "-----begin"))
		return 0;
	for (body = at + 10; body < at + LONGEST_HEADER; body++)
		if (secret_text_has(text, body, "private key"))
			break;
	if (body == at + LONGEST_HEADER)
		return 0;
	body += strlen("private key");
	while (secret_char(text, body) == '-' || secret_text_has(text, body, " block"))
		body++;
	for (end = body; end < text->count && !secret_text_has(text, end, "-----end"); end++)
		;
	mask(scan, body, end, TOKEN);
	return end;
}

/* --- All of it ----------------------------------------------------------- */

/* What starts at a character; where to go on, 0 for the next one. */
static size_t read_at(struct scan *scan, size_t at, bool names)
{
	const struct secret_text *text = &scan->text;
	char c = text->chars[at], before = at ? text->chars[at - 1] : '\0';
	size_t end = c == '-' ? read_pem(scan, at) : 0, from, to;
	const char *by;

	if (!end && secret_is_word(c) && !secret_is_word(before)) {
		end = secret_shape_end(text, at, &from);
		if (end)
			mask(scan, from, end, TOKEN);
	}
	if (!end && secret_path_find(&scan->path, text, at, &from, &to, &by)) {
		mask(scan, from, to, by);
		return to;
	}
	if (!end && secret_text_has(text, at, "://"))
		end = read_user(scan, at + 3);
	else if (!end && c == ':')
		end = read_bare_user(scan, at);
	if (!end && names && is_name(c) && !is_name(before))
		end = read_name(scan, at);
	return end;
}

bool secret_mask(const char *string, size_t length, struct text *out)
{
	struct scan scan = {.string = string, .out = out};
	/* -[Class setKey:forName:] has colons of its own. */
	bool names = length < 2 || string[1] != '[' || (string[0] != '-' && string[0] != '+');

	if (length > SECRET_LONGEST) {
		text_add_string(out, VALUE);
		return true;
	}
	secret_text_init(&scan.text, string, length);
	for (size_t at = 0, next; at<scan.text.count; at = next> at ? next : at + 1)
		next = read_at(&scan, at, names);
	text_add(out, string + scan.text.start[scan.done], length - scan.text.start[scan.done]);
	secret_text_clear(&scan.text);
	return scan.found;
}

bool secret_names_value(const char *name, size_t length)
{
	struct secret_text text;
	bool secret;

	if (length > SECRET_LONGEST)
		return true;
	secret_text_init(&text, name, length);
	secret = secret_key_kind(&text, 0, text.count) != SECRET_NONE;
	secret_text_clear(&text);
	return secret;
}
