/* SPDX-License-Identifier: MIT */
#include "view/short_name.h"

#include <string.h>

/*
 * pprof has five regular expressions for this. All are anchored, and none has
 * a choice that a look at the next byte does not settle, so they are written
 * out; each says which one it is.
 */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* \w */
static bool is_word(char c)
{
	return is_digit(c) || is_lower(c) || is_upper(c) || c == '_';
}

static size_t word_length(const char *at)
{
	size_t length = 0;

	while (is_word(at[length]))
		length++;
	return length;
}

/* ^(.*?)/v(?:[2-9]|[1-9][0-9]+)([./].*)$: where the version starts, and its length. */
static const char *find_version(const char *name, size_t *length)
{
	if (strchr(name, '\n'))
		return NULL;
	for (const char *at = name; (at = strstr(at, "/v")); at++) {
		size_t digits = strspn(at + 2, "0123456789");
		bool counts = digits > 1 ? at[2] != '0' : digits == 1 && at[2] >= '2';

		if (counts && (at[2 + digits] == '.' || at[2 + digits] == '/')) {
			*length = 2 + digits;
			return at;
		}
	}
	return NULL;
}

/* ^(?:[\w\-\.]+\/)+([^.]+\..+) */
static bool shorten_go(const char *name, struct text *shortened)
{
	const char *slash = name, *end;
	const char *best = NULL;

	for (const char *at = name; *at; at = slash + 1) {
		slash = at;
		while (is_word(*slash) || *slash == '-' || *slash == '.')
			slash++;
		if (slash == at || *slash != '/')
			break;
		end = slash + 1 + strcspn(slash + 1, ".");
		if (end > slash + 1 && *end == '.' && end[1] && end[1] != '\n')
			best = slash + 1; /* the longest path wins */
	}
	if (!best)
		return false;
	end = strchr(best, '.');
	end += 1 + strcspn(end + 1, "\n");
	text_add(shortened, best, (size_t)(end - best));
	return true;
}

/* ^(?:[a-z]\w*\.)*([A-Z][\w\$]*\.(?:<init>|[a-z][\w\$]*(?:\$\d+)?))(?:(?:\()|$) */
static bool shorten_java(const char *name, struct text *shortened)
{
	const char *at = name, *start;

	while (is_lower(*at) && at[word_length(at)] == '.')
		at += word_length(at) + 1;
	start = at;
	if (!is_upper(*at))
		return false;
	while (is_word(*at) || *at == '$')
		at++;
	if (*at++ != '.')
		return false;
	if (strncmp(at, "<init>", 6) == 0) {
		at += 6;
	} else {
		if (!is_lower(*at))
			return false;
		while (is_word(*at) || *at == '$')
			at++;
	}
	if (*at && *at != '(')
		return false;
	text_add(shortened, start, (size_t)(at - start));
	return true;
}

/* [_a-zA-Z]\w*:: at `at`: its length, 0 if there is none. */
static size_t namespace_length(const char *at)
{
	size_t length = is_digit(*at) ? 0 : word_length(at);

	return length && at[length] == ':' && at[length + 1] == ':' ? length + 2 : 0;
}

/* _*[A-Z]\w*::~?[_a-zA-Z]\w*(?:<.*>)?: the end of a method that starts at `at`, or NULL. */
static const char *method_end(const char *at)
{
	size_t class_length = namespace_length(at), name_length;
	const char *end;

	if (!class_length || !is_upper(at[strspn(at, "_")]))
		return NULL;
	at += class_length;
	at += *at == '~';
	name_length = is_digit(*at) ? 0 : word_length(at);
	if (!name_length)
		return NULL;
	at += name_length;
	if (*at != '<')
		return at;
	end = at + strcspn(at, "\n");
	while (end > at && end[-1] != '>')
		end--;
	return end > at ? end : at;
}

/* ^(?:[_a-zA-Z]\w*::)+(METHOD) */
static bool shorten_cpp(const char *name, struct text *shortened)
{
	const char *start = NULL, *end = NULL;
	size_t length;

	for (const char *at = name; (length = namespace_length(at)) != 0;) {
		const char *found;

		at += length;
		found = method_end(at);
		if (found) {
			start = at; /* the longest namespace wins */
			end = found;
		}
	}
	if (!start)
		return false;
	text_add(shortened, start, (size_t)(end - start));
	return true;
}

void short_name(const char *name, struct text *shortened)
{
	static const char anonymous[] = "(anonymous namespace)::";
	struct text plain = {0};
	const char *version;
	size_t length;

	if (strncmp(name, anonymous, sizeof(anonymous) - 1) == 0)
		name += sizeof(anonymous) - 1;
	version = find_version(name, &length);
	if (version) {
		text_add(&plain, name, (size_t)(version - name));
		text_add_string(&plain, version + length);
		name = plain.bytes;
	}
	if (!shorten_go(name, shortened) && !shorten_java(name, shortened) &&
	    !shorten_cpp(name, shortened))
		text_add_string(shortened, name);
	text_clear(&plain);
}
