/* SPDX-License-Identifier: MIT */
#include "source/fetch.h"

#include <string.h>
#include <time.h>

#include "base/text.h"
#include "source/captures.h"

#define GRACE_MS 5000

bool fetch_address(const char *location, const struct fetch_options *options,
		   struct address *address)
{
	if (!address_parse(location, address))
		return false;
	if (options->passwords)
		passwords_fill(options->passwords, address);
	if (options->seconds > 0)
		address_set_seconds(address, options->seconds);
	return true;
}

int64_t fetch_timeout_ms(const struct fetch_options *options, const struct address *address)
{
	int64_t seconds = address_seconds(address);

	if (options->timeout > 0)
		return options->timeout * 1000 + GRACE_MS;
	return (seconds > 0 ? seconds * 1500 : 60 * 1000) + GRACE_MS;
}

/* pprof's lines, but without the password. */
static void announce(const struct fetch_options *options, const struct address *address)
{
	struct text line = {0};
	int64_t seconds = options->seconds;

	if (!options->say)
		return;
	text_add_string(&line, "Fetching profile over HTTP from ");
	address_print(address, &line);
	options->say(FETCH_STEP, line.bytes);
	if (seconds > 0) {
		text_reset(&line);
		text_add_string(&line, "Please wait... (");
		if (seconds >= 3600)
			text_printf(&line, "%lldh", (long long)(seconds / 3600));
		if (seconds >= 60)
			text_printf(&line, "%lldm", (long long)(seconds / 60 % 60));
		text_printf(&line, "%llds)", (long long)(seconds % 60));
		options->say(FETCH_STEP, line.bytes);
	}
	text_clear(&line);
}

static int64_t clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void fetch_print_progress(const struct progress *progress, struct text *text)
{
	int64_t begun = atomic_load(&progress->begun_ms),
		expected = atomic_load(&progress->expected_ms);

	if (!begun)
		return;
	text_printf(text, "%lld s", (long long)(clock_ms() - begun) / 1000);
	if (expected)
		text_printf(text, " of %lld s", (long long)expected / 1000);
	text_add_string(text, ", ");
}

void fetch_begin(struct progress *progress, int64_t seconds)
{
	if (!progress)
		return;
	atomic_store(&progress->expected_ms, seconds * 1000);
	atomic_store(&progress->begun_ms, clock_ms());
}

/* Those that Go captures for half a minute unless it is told otherwise. */
static int64_t expected_seconds(const struct address *address)
{
	const char *slash = strrchr(address->path, '/');
	int64_t seconds = address_seconds(address);

	return seconds > 0 ? seconds : slash && strcmp(slash, "/profile") == 0 ? 30 : 0;
}

struct stream *fetch_open(const char *location, const struct fetch_options *options,
			  struct capture *capture, struct progress *progress, struct error *error)
{
	struct address address;
	struct http_request request = {.options = &options->http, .address = &address};
	struct stream *stream = NULL;
	struct http *http;

	if (!fetch_address(location, options, &address)) {
		capture_end(capture, false);
		error_set(error, "is no address; name http://HOST:PORT/PATH");
		return NULL;
	}
	announce(options, &address);
	fetch_begin(progress, expected_seconds(&address));
	request.timeout_ms = fetch_timeout_ms(options, &address);
	http = http_open(&request, error);
	if (http)
		stream = stream_open_http(http, NULL, capture, progress, error);
	else
		capture_end(capture, false);
	address_clear(&address);
	return stream;
}

bool fetch_text(const struct address *address, const struct fetch_options *options,
		const char *content_type, const struct text *body, uint64_t limit,
		struct progress *progress, struct text *answer, struct error *error)
{
	struct http_options http_options = options->http;
	struct http_request request = {
		.options = &http_options,
		.address = address,
		.timeout_ms = fetch_timeout_ms(options, address),
		.content_type = content_type,
		.body = body ? text_string(body) : NULL,
		.body_length = body ? body->length : 0,
	};
	struct stream *stream;
	struct http *http;
	const char *bytes;
	size_t length;
	bool good;

	http_options.limit = limit < http_options.limit ? limit : http_options.limit;
	http = http_open(&request, error);
	stream = http ? stream_open_http(http, NULL, NULL, progress, error) : NULL;
	if (!stream)
		return false;
	while ((good = stream_next(stream, &bytes, &length, error)) && length) {
		text_add(answer, bytes, length);
		if (answer->length > limit) {
			good = error_set(error, "the answer is longer than %llu bytes",
					 (unsigned long long)limit);
			break;
		}
	}
	stream_close(stream);
	return good;
}
