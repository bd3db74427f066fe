/* SPDX-License-Identifier: MIT */
#include "source/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"

static int hex_value(char c)
{
	return char_is_digit(c) ? c - '0' : (c | 32) - 'a' + 10;
}

bool query_decode(struct span bytes, bool plus, struct text *text)
{
	while (!span_is_empty(bytes)) {
		char c = *bytes.at++;

		if (c == '%') {
			if (span_length(bytes) < 2 || !char_is_hex(bytes.at[0]) ||
			    !char_is_hex(bytes.at[1]))
				return false;
			c = (char)(hex_value(bytes.at[0]) << 4 | hex_value(bytes.at[1]));
			bytes.at += 2;
		} else if (plus && c == '+') {
			c = ' ';
		}
		text_add_char(text, c);
	}
	return true;
}

void query_encode(const char *value, struct text *text)
{
	for (; *value; value++) {
		char lower = (char)(*value | 32);

		if (char_is_digit(*value) || (lower >= 'a' && lower <= 'z') ||
		    strchr("-_.~", *value))
			text_add_char(text, *value);
		else if (*value == ' ')
			text_add_char(text, '+');
		else
			text_printf(text, "%%%02X", (unsigned char)*value);
	}
}

/* A decoded copy, NULL if it cannot be decoded. */
static char *decoded(struct span bytes)
{
	struct text text = {0};

	if (query_decode(bytes, true, &text))
		return text.bytes ? text.bytes : alloc_text("");
	text_clear(&text);
	return NULL;
}

static void add_pair(struct query *query, struct span pair)
{
	const char *equals = span_is_empty(pair) ? NULL : memchr(pair.at, '=', span_length(pair));
	struct span key = {pair.at, equals ? equals : pair.end};
	struct span value = {equals ? equals + 1 : pair.end, pair.end};
	struct query_pair made;

	if (span_is_empty(pair) || span_find(pair, ";"))
		return;
	made = (struct query_pair){decoded(key), decoded(value)};
	if (made.key && made.value) {
		array_push(query->pairs, query->count, query->capacity, made);
		return;
	}
	free(made.key);
	free(made.value);
}

void query_parse(struct query *query, struct span text)
{
	*query = (struct query){0};
	while (!span_is_empty(text)) {
		const char *end = memchr(text.at, '&', span_length(text));

		add_pair(query, (struct span){text.at, end ? end : text.end});
		text.at = end ? end + 1 : text.end;
	}
}

void query_clear(struct query *query)
{
	for (size_t i = 0; i < query->count; i++) {
		free(query->pairs[i].key);
		free(query->pairs[i].value);
	}
	free(query->pairs);
	*query = (struct query){0};
}

const char *query_find(const struct query *query, const char *key)
{
	for (size_t i = 0; i < query->count; i++)
		if (strcmp(query->pairs[i].key, key) == 0)
			return query->pairs[i].value;
	return NULL;
}

void query_set(struct query *query, const char *key, const char *value)
{
	size_t kept = 0;

	for (size_t i = 0; i < query->count; i++) {
		if (strcmp(query->pairs[i].key, key) != 0) {
			query->pairs[kept++] = query->pairs[i];
			continue;
		}
		free(query->pairs[i].key);
		free(query->pairs[i].value);
	}
	query->count = kept;
	if (value) {
		struct query_pair pair = {alloc_text(key), alloc_text(value)};

		array_push(query->pairs, query->count, query->capacity, pair);
	}
}

void query_print(const struct query *query, struct text *text)
{
	const struct query_pair **order = alloc_zero(query->count + 1, sizeof(*order));

	/* By insertion: values of one key keep their order, and queries are short. */
	for (size_t i = 0; i < query->count; i++) {
		size_t at = i;

		for (; at > 0 && strcmp(order[at - 1]->key, query->pairs[i].key) > 0; at--)
			order[at] = order[at - 1];
		order[at] = &query->pairs[i];
	}
	for (size_t i = 0; i < query->count; i++) {
		if (i)
			text_add_char(text, '&');
		query_encode(order[i]->key, text);
		text_add_char(text, '=');
		query_encode(order[i]->value, text);
	}
	free(order);
}
