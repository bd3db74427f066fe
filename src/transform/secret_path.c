/* SPDX-License-Identifier: MIT */
#include "transform/secret_path.h"

#include <string.h>

static bool is_slash(char c)
{
	return c == '/' || c == '\\';
}

/* Paths end before these. */
static bool ends_path(const struct secret_text *text, size_t at)
{
	char c = secret_char(text, at);

	return at >= text->count || secret_is_blank(text, at) || strchr("\"'`<>|;,?&()[]{}=", c);
}

static size_t component_end(const struct secret_text *text, size_t at)
{
	while (!ends_path(text, at) && !is_slash(text->chars[at]) && text->chars[at] != ':')
		at++;
	return at;
}

/* Behind slashes and "." alone, which lead nowhere. */
static size_t skip_slashes(const struct secret_text *text, size_t at)
{
	for (;;) {
		if (is_slash(secret_char(text, at)))
			at++;
		else if (secret_char(text, at) == '.' && is_slash(secret_char(text, at + 1)))
			at += 2;
		else
			return at;
	}
}

/* A whole component of this name, with a slash behind it: where the next one starts, or 0. */
static size_t behind(const struct secret_text *text, size_t at, const char *name)
{
	size_t end = at + strlen(name);

	return secret_text_has(text, at, name) && is_slash(secret_char(text, end))
		       ? skip_slashes(text, end)
		       : 0;
}

static bool is_source(const struct secret_text *text, size_t from, size_t to)
{
	static const char *const endings[] = {".go", ".c",    ".h",  ".cc", ".cpp", ".hpp", ".rs",
					      ".py", ".java", ".kt", ".js", ".ts",  ".rb",  ".s"};

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		size_t length = strlen(endings[i]);

		if (to - from > length && secret_text_has(text, to - length, endings[i]))
			return true;
	}
	return false;
}

/* ~/../b names b: each ".." behind the user brings another. */
static size_t user_end(const struct secret_text *text, size_t at)
{
	size_t end = component_end(text, at), next;

	while (is_slash(secret_char(text, end))) {
		next = skip_slashes(text, end);
		if (!secret_text_has(text, next, "..") || !is_slash(secret_char(text, next + 2)))
			break;
		end = component_end(text, skip_slashes(text, next + 2));
	}
	return end;
}

/* What no name of a file in a list or a message has. */
static bool ends_name(const struct secret_text *text, size_t at)
{
	return at >= text->count || secret_is_blank(text, at) ||
	       strchr("\"'`<>|;,", text->chars[at]);
}

/* All of a directory for secrets but the name of a source file at its end. */
static size_t secrets_end(const struct secret_text *text, size_t at)
{
	size_t end = at, last = at;

	while (!ends_name(text, end)) {
		if (is_slash(text->chars[end]))
			last = end;
		end++;
	}
	return last > at && is_source(text, last, end) ? last : end;
}

static size_t find_home(const struct secret_text *text, size_t at)
{
	static const char *const homes[] = {"home", "users", "documents and settings"};
	size_t start = 0;

	for (size_t i = 0; i < sizeof(homes) / sizeof(*homes) && !start; i++)
		start = behind(text, at, homes[i]);
	return start;
}

/* What stands in the home of root by itself says nothing. */
static bool is_common(const struct secret_text *text, size_t from, size_t to)
{
	static const char *const names[] = {"go", "src", "build", ".cargo", ".rustup", ".cache"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (to - from == strlen(names[i]) && secret_text_has(text, from, names[i]))
			return true;
	return false;
}

static bool find_component(const struct secret_path *path, const struct secret_text *text,
			   size_t at, size_t *from, size_t *to, const char **by)
{
	size_t start = path->rooted ? find_home(text, at) : 0;
	bool first = at < 2 || !secret_is_word(text->chars[at - 2]);

	*by = "[USER]";
	if (start) {
		*from = start;
		*to = user_end(text, start);
		return *to > start;
	}
	*by = "[MASK]";
	start = path->rooted && first ? behind(text, at, "root") : 0;
	if (start) {
		*from = start;
		*to = component_end(text, start);
		return *to > start && !is_common(text, start, *to);
	}
	if (!path->rooted && at > 0 && is_slash(text->chars[at - 1]))
		return false;
	start = behind(text, at, "secrets");
	if (!start)
		start = behind(text, at, "secret");
	*from = start;
	*to = start ? secrets_end(text, start) : 0;
	return start && *to > start;
}

bool secret_path_find(struct secret_path *path, const struct secret_text *text, size_t at,
		      size_t *from, size_t *to, const char **by)
{
	char c = text->chars[at], before = at ? text->chars[at - 1] : '\0';

	if (is_slash(c) && !secret_is_word(before) && before != ')')
		path->rooted = true;
	else if (ends_path(text, at))
		path->rooted = false;
	/* ~user/ but not Type::~Type. */
	if (c == '~' && before != ':' && !secret_is_word(before) &&
	    secret_is_word(secret_char(text, at + 1))) {
		*from = at + 1;
		*to = component_end(text, at + 1);
		*by = "[USER]";
		return is_slash(secret_char(text, *to));
	}
	if (secret_is_word(c) && !secret_is_word(before) && before != '_' && before != '-')
		return find_component(path, text, at, from, to, by);
	return false;
}
