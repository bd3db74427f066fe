/* SPDX-License-Identifier: MIT */
#include "source/address.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/url.h"
#include "source/query.h"

/* What stands in place of a password; Go's url.Redacted writes the same. */
#define HIDDEN "xxxxx"

static const char unix_scheme[] = "unix:";

static char *copy_span(struct span span)
{
	struct text text = {0};

	text_add(&text, span.at, span_length(span));
	return text.bytes ? text.bytes : alloc_text("");
}

static char *decode(struct span span)
{
	struct text text = {0};

	query_decode(span, false, &text);
	return text.bytes ? text.bytes : alloc_text("");
}

/* The path with escapes for what may not stand in one; escapes that are there stay as they are. */
static char *escape_path(struct span path)
{
	struct text text = {0};

	for (; path.at < path.end; path.at++) {
		unsigned char c = (unsigned char)*path.at;

		if (c > ' ' && c < 0x7f && !strchr("\"<>\\^`{|}", c))
			text_add_char(&text, (char)c);
		else
			text_printf(&text, "%%%02X", c);
	}
	return text.bytes ? text.bytes : alloc_text("");
}

static char *sort_query(struct span query)
{
	struct query parsed;
	struct text text = {0};

	query_parse(&parsed, query);
	query_print(&parsed, &text);
	query_clear(&parsed);
	return text.bytes ? text.bytes : alloc_text("");
}

static void take_user(struct address *address, struct span user)
{
	const char *colon = span_find(user, ":");

	address->user = decode((struct span){user.at, colon ? colon : user.end});
	if (colon)
		address->password = decode((struct span){colon + 1, user.end});
}

static void take_url(struct address *address, const struct url *url)
{
	*address = (struct address){
		.scheme = copy_span(url->scheme),
		.host = copy_span(url->host),
		.path = escape_path(url->path),
		.query = sort_query(url->query),
		.fragment = copy_span(url->fragment),
	};
	for (char *at = address->scheme; *at; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at |= 32;
	if (url->has_user)
		take_user(address, url->user);
}

/* "unix:SOCKET" or "unix:SOCKET:/PATH?QUERY". */
static bool parse_socket(const char *text, struct address *address)
{
	const char *socket = text + sizeof(unix_scheme) - 1, *colon = strstr(socket, ":/");

	if (!*socket || strncmp(socket, "//", 2) == 0)
		return false;
	*address = (struct address){
		.scheme = alloc_text("http"),
		.host = alloc_text("localhost"),
		.path = alloc_text(""),
		.query = alloc_text(""),
		.fragment = alloc_text(""),
		.socket = copy_span((struct span){socket, colon ? colon : text + strlen(text)}),
	};
	if (colon)
		address_set_path(address, colon + 1);
	return true;
}

bool address_parse(const char *text, struct address *address)
{
	struct text longer = {0};
	struct url url;
	bool good;

	if (strncasecmp(text, unix_scheme, sizeof(unix_scheme) - 1) == 0)
		return parse_socket(text, address);
	good = url_split(text, &url);
	if (!good || (span_is_empty(url.host) && !span_is_empty(url.scheme) &&
		      !(span_length(url.scheme) == 4 && strncasecmp(text, "file", 4) == 0))) {
		text_printf(&longer, "http://%s", text);
		good = url_split(longer.bytes, &url);
	}
	/* "//host/x" has a host but no scheme: nothing that could be asked. */
	good = good && !span_is_empty(url.host) && !span_is_empty(url.scheme);
	if (good)
		take_url(address, &url);
	text_clear(&longer);
	return good;
}

static char *copy_text(const char *text)
{
	return text ? alloc_text(text) : NULL;
}

void address_copy(struct address *to, const struct address *from)
{
	*to = (struct address){
		.scheme = copy_text(from->scheme),
		.user = copy_text(from->user),
		.password = copy_text(from->password),
		.host = copy_text(from->host),
		.path = copy_text(from->path),
		.query = copy_text(from->query),
		.fragment = copy_text(from->fragment),
		.socket = copy_text(from->socket),
	};
}

void address_clear(struct address *address)
{
	free(address->scheme);
	free(address->user);
	free(address->password);
	free(address->host);
	free(address->path);
	free(address->query);
	free(address->fragment);
	free(address->socket);
	*address = (struct address){0};
}

void address_set_seconds(struct address *address, int64_t seconds)
{
	struct text number = {0}, text = {0};
	struct query query;

	text_printf(&number, "%lld", (long long)seconds);
	query_parse(&query, span_of(address->query));
	query_set(&query, "seconds", number.bytes);
	query_print(&query, &text);
	query_clear(&query);
	text_clear(&number);
	free(address->query);
	address->query = text.bytes;
}

int64_t address_seconds(const struct address *address)
{
	struct query query;
	const char *text;
	int64_t seconds = 0;

	query_parse(&query, span_of(address->query));
	text = query_find(&query, "seconds");
	if (!text || !span_decimal(span_of(text), &seconds) || seconds < INT32_MIN ||
	    seconds > INT32_MAX)
		seconds = 0;
	query_clear(&query);
	return seconds;
}

void address_set_path(struct address *address, const char *path)
{
	const char *query = path + strcspn(path, "?#"), *end = path + strcspn(path, "#");

	free(address->path);
	free(address->query);
	address->path = escape_path((struct span){path, query});
	address->query = sort_query((struct span){*query == '?' ? query + 1 : end, end});
}

static void add_query(const struct address *address, struct text *text)
{
	if (*address->query)
		text_printf(text, "?%s", address->query);
}

void address_print(const struct address *address, struct text *text)
{
	if (address->socket) {
		text_printf(text, "%s%s%s%s", unix_scheme, address->socket,
			    *address->path ? ":" : "", address->path);
		add_query(address, text);
		return;
	}
	text_printf(text, "%s://", address->scheme);
	if (address->user)
		text_printf(text, "%s%s@", address->user, address->password ? ":" HIDDEN : "");
	text_printf(text, "%s%s", address->host, address->path);
	add_query(address, text);
	if (*address->fragment)
		text_printf(text, "#%s", address->fragment);
}

void address_print_request(const struct address *address, struct text *text)
{
	text_printf(text, "%s://%s%s%s",
		    strcmp(address->scheme, "https+insecure") == 0 ? "https" : address->scheme,
		    *address->host == ':' ? "localhost" : "", address->host, address->path);
	add_query(address, text);
}

void address_print_origin(const struct address *address, struct text *text)
{
	if (address->socket)
		text_printf(text, "%s%s", unix_scheme, address->socket);
	else
		text_printf(text, "%s://%s", address->scheme, address->host);
}

void address_to_symbols(struct address *address)
{
	static const char *const endings[] = {"/pprof/heap", "/pprof/growth", "/pprof/profile",
					      "/pprof/pmuprofile", "/pprof/contention"};
	size_t length = strlen(address->path);
	bool known = strstr(address->path, "/debug/pprof/") != NULL;
	const char *slash = strrchr(address->path, '/');
	struct text path = {0};

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t ending = strlen(endings[i]);

		known = known || (length >= ending &&
				  strcmp(address->path + length - ending, endings[i]) == 0);
	}
	if (slash)
		text_add(&path, address->path, (size_t)(slash - address->path));
	text_add_string(&path, known ? "/symbol" : "/symbolz");
	address_set_path(address, path.bytes);
	text_clear(&path);
}

bool address_is_bare(const struct address *address)
{
	return !*address->path && !*address->query;
}

bool address_is_local(const struct address *address)
{
	static const char *const names[] = {"localhost", "[::1]"};
	const char *host = address->host;

	if (address->socket || *host == ':' || strncmp(host, "127.", 4) == 0)
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t length = strlen(names[i]);

		if (strncasecmp(host, names[i], length) == 0 &&
		    (!host[length] || host[length] == ':'))
			return true;
	}
	return false;
}
