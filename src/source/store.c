/* SPDX-License-Identifier: MIT */
#include "source/store.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/alloc.h"
#include "base/span.h"
#include "source/captures.h"
#include "source/query.h"
#include "source/unwrap.h"

#define LIST_LIMIT ((uint64_t)16 << 20)
#define VARINT_SIZE 10

static const struct {
	const char *scheme, *http;
	enum store_kind kind;
} schemes[] = {
	{"pyroscope://", "http://", STORE_PYROSCOPE},
	{"pyroscope+http://", "http://", STORE_PYROSCOPE},
	{"pyroscope+https://", "https://", STORE_PYROSCOPE},
	{"pyroscope+https+insecure://", "https+insecure://", STORE_PYROSCOPE},
	{"parca://", "http://", STORE_PARCA},
	{"parca+http://", "http://", STORE_PARCA},
	{"parca+https://", "https://", STORE_PARCA},
	{"parca+https+insecure://", "https+insecure://", STORE_PARCA},
};

static int find_scheme(const char *location)
{
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (strncasecmp(location, schemes[i].scheme, strlen(schemes[i].scheme)) == 0)
			return (int)i;
	return -1;
}

enum store_kind store_kind_of(const char *location)
{
	int scheme = find_scheme(location);

	return scheme < 0 ? STORE_NONE : schemes[scheme].kind;
}

int64_t store_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- Times ---------------------------------------------------------------- */

/* "1h30m" in ms. */
static bool take_duration(struct span text, int64_t *ms)
{
	static const struct {
		const char *unit;
		int64_t ms;
	} units[] = {{"ms", 1},      {"s", 1000},     {"m", 60000},
		     {"h", 3600000}, {"d", 86400000}, {"w", 604800000}};
	*ms = 0;
	if (span_is_empty(text))
		return false;
	while (!span_is_empty(text)) {
		struct span digits = span_take_digits(&text);
		int64_t number;
		size_t i = 0;

		if (!span_decimal(digits, &number) || number > 100000000)
			return false;
		while (i < sizeof(units) / sizeof(units[0]) && !span_take(&text, units[i].unit))
			i++;
		if (i == sizeof(units) / sizeof(units[0]))
			return false;
		*ms += number * units[i].ms;
	}
	return true;
}

bool store_parse_duration(const char *text, int64_t *ms)
{
	return take_duration(span_of(text), ms);
}

/* 2026-12-01T10:00:00Z, +02:00, with a fraction of a second that is left out. */
static bool take_date(const char *text, int64_t *ms)
{
	struct tm when = {0};
	const char *rest = strptime(text, "%Y-%m-%dT%H:%M:%S", &when);
	long hours, minutes;
	char *end;

	if (!rest)
		return false;
	if (*rest == '.')
		rest += 1 + strspn(rest + 1, "0123456789");
	*ms = (int64_t)timegm(&when) * 1000;
	if (strcasecmp(rest, "Z") == 0)
		return true;
	if (*rest != '+' && *rest != '-')
		return false;
	hours = strtol(rest + 1, &end, 10);
	if (end != rest + 3 || *end != ':')
		return false;
	minutes = strtol(end + 1, &end, 10);
	*ms -= (*rest == '-' ? -1 : 1) * (hours * 60 + minutes) * 60000;
	return end == rest + 6 && !*end;
}

bool store_parse_time(const char *text, int64_t now_ms, int64_t *ms, struct error *error)
{
	struct span span = span_of(text);
	int64_t number;

	if (span_decimal(span, &number) && number >= 0) {
		/* Seconds would reach beyond the year 5000. */
		*ms = number < 100000000000 ? number * 1000 : number;
		return true;
	}
	if (span_take(&span, "now")) {
		*ms = now_ms;
		if (span_is_empty(span))
			return true;
		if (span_take(&span, "-") && take_duration(span, &number)) {
			*ms = now_ms - number;
			return true;
		}
	} else if (take_date(text, ms)) {
		return true;
	}
	return error_set(error,
			 "\"%s\" is no time; write now-1h, 2026-12-01T10:00:00Z, or seconds since "
			 "1970",
			 text);
}

/* --- Locations ------------------------------------------------------------ */

/* TYPE{SELECTOR}, of which both may be missing. */
static void take_query(struct store_query *query, const char *text)
{
	size_t type = strcspn(text, "{");
	struct text copy = {0};

	text_add(&copy, text, type);
	query->type = copy.bytes ? copy.bytes : alloc_text("");
	query->selector = alloc_text(text + type);
}

static bool take_range(struct store_query *query, const struct query *words, int64_t now_ms,
		       struct error *error)
{
	const char *from = query_find(words, "from"), *until = query_find(words, "until");

	if (!store_parse_time(from ? from : "now-1h", now_ms, &query->from_ms, error) ||
	    !store_parse_time(until ? until : "now", now_ms, &query->until_ms, error))
		return false;
	return query->from_ms < query->until_ms ||
	       error_set(error, "the range ends before it begins; see from and until");
}

bool store_parse(const char *location, const struct fetch_options *options, int64_t now_ms,
		 struct store_query *query, struct error *error)
{
	int scheme = find_scheme(location);
	const char *text = NULL;
	struct text url = {0};
	struct query words;
	size_t length;
	bool good;

	*query = (struct store_query){.kind = store_kind_of(location)};
	if (scheme < 0)
		return error_set(error, "is no store");
	text_printf(&url, "%s%s", schemes[scheme].http, location + strlen(schemes[scheme].scheme));
	good = address_parse(url.bytes, &query->address);
	text_clear(&url);
	if (!good)
		return error_set(error, "is no address; write pyroscope://HOST:PORT");
	if (options->passwords)
		passwords_fill(options->passwords, &query->address);
	query_parse(&words, span_of(query->address.query));
	text = query_find(&words, "query");
	take_query(query, text ? text : "");
	good = take_range(query, &words, now_ms, error);
	query_clear(&words);
	length = strlen(query->address.path);
	while (length && query->address.path[length - 1] == '/')
		query->address.path[--length] = '\0';
	query->address.query[0] = '\0';
	if (!good)
		store_query_clear(query);
	return good;
}

void store_query_clear(struct store_query *query)
{
	address_clear(&query->address);
	free(query->type);
	free(query->selector);
	*query = (struct store_query){0};
}

/* --- Requests ------------------------------------------------------------- */

static void add_varint(struct text *text, uint64_t number)
{
	for (; number >= 0x80; number >>= 7)
		text_add_char(text, (char)(number | 0x80));
	text_add_char(text, (char)number);
}

static void add_text_field(struct text *text, unsigned field, const char *value)
{
	add_varint(text, field << 3 | 2);
	add_varint(text, strlen(value));
	text_add_string(text, value);
}

static void add_number_field(struct text *text, unsigned field, int64_t value)
{
	add_varint(text, field << 3);
	add_varint(text, (uint64_t)value);
}

/* querier.v1.SelectMergeProfileRequest. */
static void print_pyroscope(const struct store_query *query, struct text *body)
{
	add_text_field(body, 1, query->type);
	add_text_field(body, 2, *query->selector ? query->selector : "{}");
	add_number_field(body, 3, query->from_ms);
	add_number_field(body, 4, query->until_ms);
}

void store_print_time(int64_t ms, struct text *text)
{
	time_t seconds = (time_t)(ms / 1000);
	struct tm when;
	char date[64];

	gmtime_r(&seconds, &when);
	strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &when);
	text_add_string(text, date);
	if (ms % 1000)
		text_printf(text, ".%03d", (int)(ms % 1000));
	text_add_char(text, 'Z');
}

/* The query of Parca's /api/profiles/query. */
static void print_parca(const struct store_query *query, struct text *path)
{
	struct text whole = {0}, from = {0}, until = {0};

	text_printf(&whole, "%s%s", query->type, query->selector);
	store_print_time(query->from_ms, &from);
	store_print_time(query->until_ms, &until);
	text_add_string(path, "/api/profiles/query?mode=MODE_MERGE&report_type=REPORT_TYPE_PPROF");
	text_add_string(path, "&merge.query=");
	query_encode(text_string(&whole), path);
	text_add_string(path, "&merge.start=");
	query_encode(from.bytes, path);
	text_add_string(path, "&merge.end=");
	query_encode(until.bytes, path);
	text_clear(&whole);
	text_clear(&from);
	text_clear(&until);
}

/* Adds "Name: value" from the environment unless the person gave this header. */
static void add_header(struct text *headers, const char *name, const char *prefix,
		       const char *variable)
{
	const char *value = getenv(variable);

	if (value && *value && !strcasestr(text_string(headers), name))
		text_printf(headers, "%s: %s%s\n", name, prefix, value);
}

/* The path below the prefix, and the headers that the environment has for the store. */
static void prepare(const struct store_query *query, const struct fetch_options *options,
		    const char *path, struct address *address, struct text *headers)
{
	struct text whole = {0};

	address_copy(address, &query->address);
	text_printf(&whole, "%s%s", query->address.path, path);
	address_set_path(address, whole.bytes);
	text_clear(&whole);
	text_add_string(headers, options->http.headers);
	if (query->kind == STORE_PARCA) {
		add_header(headers, "Authorization", "Bearer ", "PARCA_TOKEN");
		return;
	}
	add_header(headers, "X-Scope-OrgID", "", "PROFILECLI_TENANT_ID");
	add_header(headers, "Authorization", "Bearer ", "PROFILECLI_TOKEN");
}

bool store_ask(const struct store_query *query, const struct fetch_options *options,
	       const char *path, const char *body, struct progress *progress, struct text *answer,
	       struct error *error)
{
	struct fetch_options own = *options;
	struct text headers = {0}, sent = {0};
	struct address address;
	bool good;

	prepare(query, options, path, &address, &headers);
	own.seconds = 0;
	own.http.headers = text_string(&headers);
	if (body)
		text_add_string(&sent, body);
	good = fetch_text(&address, &own, body ? "application/json" : NULL, body ? &sent : NULL,
			  LIST_LIMIT, progress, answer, error);
	address_clear(&address);
	text_clear(&headers);
	text_clear(&sent);
	return good;
}

static void print_nothing(const struct store_query *query, struct text *text)
{
	text_printf(text, "there are no profiles of %s%s from ", query->type, query->selector);
	store_print_time(query->from_ms, text);
	text_add_string(text, " until ");
	store_print_time(query->until_ms, text);
	text_add_string(text, "; see the selector, from and until, and the tenant (-H "
			      "'X-Scope-OrgID: NAME')");
}

static struct http *send(const struct store_query *query, const struct fetch_options *options,
			 struct error *error)
{
	struct http_options http_options = options->http;
	struct text path = {0}, body = {0}, headers = {0}, nothing = {0};
	struct address address;
	struct http_request request = {.options = &http_options, .address = &address};
	struct http *http;

	if (query->kind == STORE_PARCA)
		print_parca(query, &path);
	else
		text_add_string(&path, "/querier.v1.QuerierService/SelectMergeProfile");
	prepare(query, options, path.bytes, &address, &headers);
	http_options.headers = text_string(&headers);
	print_nothing(query, &nothing);
	request.nothing = nothing.bytes;
	/* What holds the profile is looked through as it comes. */
	request.unpacked = query->kind == STORE_PARCA;
	request.timeout_ms = fetch_timeout_ms(options, &address);
	if (query->kind == STORE_PYROSCOPE) {
		print_pyroscope(query, &body);
		request.content_type = "application/proto";
		request.body = body.bytes;
		request.body_length = body.length;
	}
	http = http_open(&request, error);
	address_clear(&address);
	text_clear(&path);
	text_clear(&body);
	text_clear(&headers);
	text_clear(&nothing);
	return http;
}

static void announce(const struct store_query *query, const struct fetch_options *options)
{
	struct text line = {0};

	if (!options->say)
		return;
	text_printf(&line, "Fetching profile of %s%s from ", query->type, query->selector);
	address_print(&query->address, &line);
	text_add_string(&line, ", ");
	store_print_time(query->from_ms, &line);
	text_add_string(&line, " until ");
	store_print_time(query->until_ms, &line);
	options->say(FETCH_STEP, line.bytes);
	text_clear(&line);
}

struct stream *store_open(const char *location, const struct fetch_options *options,
			  struct capture *capture, struct progress *progress, struct error *error)
{
	struct store_query query = {.kind = STORE_NONE};
	struct http *http = NULL;
	struct unwrap *unwrap;

	if (!store_parse(location, options, store_now(), &query, error)) {
		capture_end(capture, false);
		return NULL;
	}
	if (*query.type) {
		announce(&query, options);
		fetch_begin(progress, 0);
		http = send(&query, options, error);
	} else {
		error_set(error, "names no type of profile; without -top, ncprof lists them");
	}
	unwrap = http && query.kind == STORE_PARCA ? unwrap_new("pprof") : NULL;
	store_query_clear(&query);
	if (http)
		return stream_open_http(http, unwrap, capture, progress, error);
	capture_end(capture, false);
	return NULL;
}
