/* SPDX-License-Identifier: MIT */
/*
 * Profiles of many machines over time, in a store: one that is merged over a range is a source like
 * any other.
 *
 *     pyroscope://HOST[:PORT]/PREFIX?query=TYPE{SELECTOR}&from=now-1h&until=now
 *     parca+https://HOST/PREFIX?query=...
 *
 * TYPE is name:sample:unit:period:unit, for Parca with :delta where it says so. Pyroscope answers a
 * POST in protobuf (querier.v1, SelectMergeProfile) with the profile itself, Parca a GET with JSON
 * that holds it in base64.
 */
#ifndef SOURCE_STORE_H
#define SOURCE_STORE_H

#include "source/fetch.h"

enum store_kind {
	STORE_NONE,
	STORE_PYROSCOPE,
	STORE_PARCA,
};

struct store_query {
	enum store_kind kind;
	struct address address;    /* of the server, with the prefix of its paths */
	char *type, *selector;     /* "" where the location has none */
	int64_t from_ms, until_ms; /* since 1970 */
};

/* STORE_NONE: the location is something else. */
enum store_kind store_kind_of(const char *location);

/* now_ms: what "now" means. False with an error that does not repeat the location. */
bool store_parse(const char *location, const struct fetch_options *options, int64_t now_ms,
		 struct store_query *query, struct error *error);
void store_query_clear(struct store_query *query);

/* The time of day, in ms since 1970. */
int64_t store_now(void);

/* "1h30m" as ms: ms, s, m, h, d and w. */
bool store_parse_duration(const char *text, int64_t *ms);

/* now, now-1h30m, RFC 3339, seconds or milliseconds since 1970. */
bool store_parse_time(const char *text, int64_t now_ms, int64_t *ms, struct error *error);

/* Adds a time as RFC 3339 has it. */
void store_print_time(int64_t ms, struct text *text);

/*
 * Asks for the merged profile, of which `capture` (NULL: none) keeps a copy. NULL with an error that
 * does not repeat the location.
 */
struct stream *store_open(const char *location, const struct fetch_options *options,
			  struct capture *capture, struct progress *progress, struct error *error);

/*
 * Asks a path below the prefix, with `body` in JSON or with GET (NULL), and adds what it answers.
 */
bool store_ask(const struct store_query *query, const struct fetch_options *options,
	       const char *path, const char *body, struct progress *progress, struct text *answer,
	       struct error *error);

#endif
