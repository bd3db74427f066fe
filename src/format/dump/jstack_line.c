/* SPDX-License-Identifier: MIT */
#include "format/dump/jstack_line.h"

#include <stdlib.h>
#include <string.h>

/* "cpu=64.38ms" in nanoseconds. */
static int64_t parse_cpu(struct span line)
{
	const char *at = span_find(line, " cpu=");
	struct span whole, fraction = {0};
	int64_t milliseconds, parts;

	if (!at)
		return 0;
	line.at = at + 5;
	whole = span_take_digits(&line);
	if (!span_decimal(whole, &milliseconds) || milliseconds > INT64_MAX / 2000000)
		return 0;
	if (span_take(&line, "."))
		fraction = span_take_digits(&line);
	parts = 0;
	for (size_t i = 0; i < 6; i++)
		parts = parts * 10 +
			(fraction.at && fraction.at + i < fraction.end ? fraction.at[i] - '0' : 0);
	return milliseconds * 1000000 + parts;
}

bool jstack_line_header(struct span line, struct jstack_header *header)
{
	const char *id, *quote;

	if (!span_take(&line, "\""))
		return false;
	id = span_find(line, " nid=");
	if (!id)
		return false;
	/* A name may hold quotes: it ends at the last one before the ids. */
	for (quote = id; quote > line.at && quote[-1] != '"'; quote--)
		continue;
	if (quote == line.at)
		return false;
	header->name = (struct span){line.at, quote - 1};
	header->cpu = parse_cpu((struct span){quote, line.end});
	line.at = id + 1;
	span_take_word(&line);
	span_skip_space(&line);
	header->state = line;
	for (const char *at = line.at; at < line.end; at++) {
		if (*at == '[') {
			header->state.end = at;
			break;
		}
	}
	header->state = span_trim(header->state);
	return true;
}

/* "java.base@17.0.15/", a module, in front of a class or a file. */
static struct span without_module(struct span text)
{
	const char *slash = memchr(text.at, '/', span_length(text));
	const char *at = slash ? memchr(text.at, '@', (size_t)(slash - text.at)) : NULL;

	if (slash && (at || (slash + 1 < text.end && slash[1] == '/') ||
		      span_starts(text, "java.") || span_starts(text, "jdk.")))
		text.at = slash + 1 + (slash + 1 < text.end && slash[1] == '/');
	return text;
}

bool jstack_line_frame(struct span line, struct span *name, struct span *file, int64_t *number)
{
	const char *bracket, *colon = NULL;
	struct span place;

	line = span_trim(line);
	if (!span_take(&line, "at ") || span_is_empty(line) || line.end[-1] != ')')
		return false;
	for (bracket = line.end; bracket > line.at && bracket[-1] != '('; bracket--)
		continue;
	if (bracket - line.at < 2)
		return false;
	*name = without_module((struct span){line.at, bracket - 1});
	place = without_module((struct span){bracket, line.end - 1});
	for (const char *at = place.at; at < place.end; at++)
		if (*at == ':')
			colon = at;
	*number = 0;
	*file = (struct span){place.end, place.end};
	if (colon && span_decimal((struct span){colon + 1, place.end}, number))
		*file = (struct span){place.at, colon};
	else if (span_length(place) > 5 && memcmp(place.end - 5, ".java", 5) == 0)
		*file = place;
	return !span_is_empty(*name);
}

enum jstack_lock jstack_line_lock(struct span line, struct span *address, struct span *type)
{
	static const struct {
		const char *words;
		enum jstack_lock lock;
	} kinds[] = {
		{"- waiting to lock ", JSTACK_WAITS},
		{"- waiting on ", JSTACK_WAITS_ON},
		{"- parking to wait for ", JSTACK_WAITS},
		{"- locked ", JSTACK_HOLDS},
		{"- waiting to re-lock in wait() ", JSTACK_WAITS},
		{"- ", JSTACK_HOLDS},
	};
	const char *end;

	line = span_trim(line);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct span rest = line;

		if (!span_take(&rest, kinds[i].words))
			continue;
		span_skip_space(&rest);
		if (!span_take(&rest, "<0x"))
			continue;
		end = memchr(rest.at, '>', span_length(rest));
		if (!end)
			continue;
		*address = (struct span){rest.at - 2, end};
		rest.at = end + 1;
		span_skip_space(&rest);
		*type = rest;
		if (span_take(&rest, "(a ") && !span_is_empty(rest) && rest.end[-1] == ')')
			*type = (struct span){rest.at, rest.end - 1};
		return kinds[i].lock;
	}
	return JSTACK_NONE;
}
