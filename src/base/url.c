/* SPDX-License-Identifier: MIT */
#include "base/url.h"

#include <ctype.h>
#include <string.h>

/* A piece of a URL. */
struct part {
	const char *at, *end;
};

/* What is behind the scheme and its colon, NULL if there is none. */
static const char *skip_scheme(const char *text)
{
	const char *at = text;

	if (!isalpha((unsigned char)*at))
		return NULL;
	while (isalnum((unsigned char)*at) || (*at && strchr("+-.", *at)))
		at++;
	return *at == ':' ? at + 1 : NULL;
}

static bool has_control(struct part part)
{
	for (; part.at < part.end; part.at++)
		if ((unsigned char)*part.at < ' ' || *part.at == 0x7f)
			return true;
	return false;
}

/* Is each % followed by two digits? With `host` they must not stand for ASCII. */
static bool good_escapes(struct part part, bool host)
{
	for (; part.at < part.end; part.at++) {
		if (*part.at != '%')
			continue;
		if (part.end - part.at < 3 || !isxdigit((unsigned char)part.at[1]) ||
		    !isxdigit((unsigned char)part.at[2]))
			return false;
		if (host && part.at[1] < '8' && strncmp(part.at, "%25", 3) != 0)
			return false;
	}
	return true;
}

static bool only_of(struct part part, const char *marks, bool beyond_ascii)
{
	for (; part.at < part.end; part.at++) {
		unsigned char c = (unsigned char)*part.at;

		if (!(c < 0x80 ? isalnum(c) || strchr(marks, c) : beyond_ascii))
			return false;
	}
	return true;
}

static const char *find(struct part part, char c)
{
	return memchr(part.at, c, (size_t)(part.end - part.at));
}

/* "host", "host:80", "[::1]:80". */
static bool good_host(struct part host, bool strict_colons)
{
	const char *from = find(host, ']'), *colon, *next;

	if (host.at < host.end && *host.at == '[') {
		if (!from || !only_of((struct part){host.at + 1, from}, ":.%", false) ||
		    !find((struct part){host.at, from}, ':'))
			return false;
		if (++from < host.end && *from != ':')
			return false;
	} else {
		if (find(host, '['))
			return false;
		from = host.at;
	}
	colon = find((struct part){from, host.end}, ':');
	/* Databases list several hosts with their ports, of which the last counts. */
	while (colon && !strict_colons && (next = find((struct part){colon + 1, host.end}, ':')))
		colon = next;
	for (const char *digit = colon ? colon + 1 : host.end; digit < host.end; digit++)
		if (!isdigit((unsigned char)*digit))
			return false;
	return only_of(host, "-_.~!$&'()*+,;=:[]<>\"%", true) && good_escapes(host, true);
}

static bool good_authority(struct part authority, bool strict_colons)
{
	const char *host = authority.end;
	struct part user = {authority.at, authority.at};

	while (host > authority.at && host[-1] != '@')
		host--;
	if (host > authority.at)
		user.end = host - 1;
	return only_of(user, "-._:~!$&'()*+,;=%@", false) && good_escapes(user, false) &&
	       good_host((struct part){host, authority.end}, strict_colons);
}

bool url_is_absolute(const char *text)
{
	const char *rest = skip_scheme(text);
	const char *fragment = text + strcspn(text, "#");
	struct part path = {rest, rest ? rest + strcspn(rest, "?#") : NULL};

	if (!rest || has_control((struct part){text, fragment}) ||
	    !good_escapes((struct part){fragment, fragment + strlen(fragment)}, false))
		return false;
	if (path.at == path.end || *path.at != '/')
		return true;
	if (path.end - path.at > 1 && path.at[1] == '/') {
		struct part authority = {path.at + 2, path.end};
		const char *slash = find(authority, '/');
		size_t scheme = (size_t)(rest - text) - 1;

		if (slash)
			authority.end = slash;
		path.at = authority.end;
		if (!good_authority(authority, (scheme == 4 || scheme == 5) &&
						       strncmp(text, "https", scheme) == 0))
			return false;
	}
	return good_escapes(path, false);
}
