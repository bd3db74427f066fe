/* SPDX-License-Identifier: MIT */
#include "base/url.h"

#include <ctype.h>
#include <string.h>

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

static bool has_control(struct span part)
{
	for (; part.at < part.end; part.at++)
		if ((unsigned char)*part.at < ' ' || *part.at == 0x7f)
			return true;
	return false;
}

/* Is each % followed by two digits? With `host` they must not stand for ASCII. */
static bool good_escapes(struct span part, bool host)
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

static bool only_of(struct span part, const char *marks, bool beyond_ascii)
{
	for (; part.at < part.end; part.at++) {
		unsigned char c = (unsigned char)*part.at;

		if (!(c < 0x80 ? isalnum(c) || strchr(marks, c) : beyond_ascii))
			return false;
	}
	return true;
}

static const char *find(struct span part, char c)
{
	return memchr(part.at, c, (size_t)(part.end - part.at));
}

/* "host", "host:80", "[::1]:80". */
static bool good_host(struct span host, bool strict_colons)
{
	const char *from = find(host, ']'), *colon, *next;

	if (host.at < host.end && *host.at == '[') {
		if (!from || !only_of((struct span){host.at + 1, from}, ":.%", false) ||
		    !find((struct span){host.at, from}, ':'))
			return false;
		if (++from < host.end && *from != ':')
			return false;
	} else {
		if (find(host, '['))
			return false;
		from = host.at;
	}
	colon = find((struct span){from, host.end}, ':');
	/* Databases list several hosts with their ports, of which the last counts. */
	while (colon && !strict_colons && (next = find((struct span){colon + 1, host.end}, ':')))
		colon = next;
	for (const char *digit = colon ? colon + 1 : host.end; digit < host.end; digit++)
		if (!isdigit((unsigned char)*digit))
			return false;
	return only_of(host, "-_.~!$&'()*+,;=:[]<>\"%", true) && good_escapes(host, true);
}

static bool split_authority(struct span authority, bool strict_colons, struct url *url)
{
	const char *host = authority.end;

	while (host > authority.at && host[-1] != '@')
		host--;
	url->has_user = host > authority.at;
	url->user = (struct span){authority.at, url->has_user ? host - 1 : authority.at};
	url->host = (struct span){host, authority.end};
	return only_of(url->user, "-._:~!$&'()*+,;=%@", false) && good_escapes(url->user, false) &&
	       good_host(url->host, strict_colons);
}

/* The path, with "//HOST" in front of it where there is one. */
static bool split_hierarchy(struct span rest, struct url *url)
{
	struct span authority = rest;
	const char *slash;

	url->path = rest;
	if ((span_is_empty(url->scheme) && span_starts(rest, "///")) ||
	    !span_take(&authority, "//"))
		return good_escapes(rest, false);
	slash = find(authority, '/');
	if (slash)
		authority.end = slash;
	url->path.at = authority.end;
	return split_authority(authority,
			       span_equals(url->scheme, "http") ||
				       span_equals(url->scheme, "https"),
			       url) &&
	       good_escapes(url->path, false);
}

/* Without a scheme, a colon in the first element would be read as the end of one. */
static bool good_relative(struct span rest)
{
	const char *colon = find(rest, ':'), *slash = find(rest, '/');

	return !colon || (slash && slash < colon);
}

bool url_split(const char *text, struct url *url)
{
	const char *hash = text + strcspn(text, "#"), *behind = skip_scheme(text);
	struct span whole = {text, hash}, rest = {behind ? behind : text, hash};
	const char *question;

	*url = (struct url){.fragment = {*hash ? hash + 1 : hash, hash + strlen(hash)}};
	if (has_control(whole) || !good_escapes(url->fragment, false) || *text == ':')
		return false;
	url->scheme = (struct span){text, behind ? behind - 1 : text};
	question = find(rest, '?');
	url->query = (struct span){question ? question + 1 : hash, hash};
	if (question)
		rest.end = question;
	if (span_is_empty(rest) || *rest.at != '/')
		return behind || good_relative(rest);
	return split_hierarchy(rest, url);
}

bool url_is_absolute(const char *text)
{
	struct url url;

	return url_split(text, &url) && !span_is_empty(url.scheme);
}
