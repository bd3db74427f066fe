/* SPDX-License-Identifier: MIT */
/* The query of a URL as a list of keys and values, after Go's url.Values. */
#ifndef SOURCE_QUERY_H
#define SOURCE_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "base/text.h"

struct query_pair {
	char *key, *value; /* decoded */
};

struct query {
	struct query_pair *pairs;
	size_t count, capacity;
};

/* Takes a query apart. Pairs with ";" or a broken escape are dropped, as Go drops them. */
void query_parse(struct query *query, struct span text);
void query_clear(struct query *query);

/* The first value of a key, NULL if it is not there. */
const char *query_find(const struct query *query, const char *key);

/* Replaces all values of a key by this one; NULL removes it. */
void query_set(struct query *query, const char *key, const char *value);

/* Adds the query sorted by key, escaped as Go escapes it. */
void query_print(const struct query *query, struct text *text);

/* Adds `bytes` with escapes resolved; with `plus`, + is a blank. False, with a part of it, on a broken one. */
bool query_decode(struct span bytes, bool plus, struct text *text);

/* Adds `value` escaped for a query. */
void query_encode(const char *value, struct text *text);

#endif
