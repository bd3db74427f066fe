/* SPDX-License-Identifier: MIT */
#include "source/http.h"

#ifdef HAVE_CURL

#include <curl/curl.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/span.h"
#include "base/text.h"
#include "source/http_error.h"

/* Ten requests at most for one answer, as Go's client has it. */
#define REQUEST_LIMIT 10
#define WAIT_MS 50
/* Of the body of an answer that is an error: enough for what a person may read. */
#define BODY_SHOWN 4096
#define HEADER_SHOWN 256

struct http {
	CURLM *multi;
	CURL *easy;
	struct curl_slist *lines, *proxy_lines;
	struct http_options options;
	struct address address;
	char *headers; /* the person's own; "" when they are not for this server */
	char *content_type, *nothing;
	struct text body, referer;
	int64_t deadline_ms, timeout_ms;
	int requests;
	bool unpacked;
	bool running, ended;
	CURLcode result;
	char failure[CURL_ERROR_SIZE];

	/* Of the present answer. */
	struct text pending; /* of the body, not yet read; of an error all that is kept */
	size_t taken;        /* of `pending` */
	uint64_t received;   /* bytes of the body */
	bool too_long;
	char reason[HEADER_SHOWN], retry_after[HEADER_SHOWN];
	bool explained, plain_text, json;
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static long status_of(const struct http *http)
{
	long status = 0;

	curl_easy_getinfo(http->easy, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

static size_t take_body(char *bytes, size_t one, size_t length, void *context)
{
	struct http *http = context;
	size_t room = length;

	(void)one;
	http->received += length;
	if (http->received > http->options.limit) {
		http->too_long = true;
		return 0;
	}
	if (status_of(http) != 200)
		room = http->pending.length < BODY_SHOWN ? BODY_SHOWN - http->pending.length : 0;
	text_add(&http->pending, bytes, room < length ? room : length);
	return length;
}

/* The value of a header, if the line is that header. */
static bool header_is(struct span line, const char *name, struct span *value)
{
	size_t length = strlen(name);

	if (span_length(line) <= length || strncasecmp(line.at, name, length) != 0 ||
	    line.at[length] != ':')
		return false;
	*value = span_trim((struct span){line.at + length + 1, line.end});
	return true;
}

static void keep(char to[HEADER_SHOWN], struct span value)
{
	size_t length = span_length(value);

	length = length < HEADER_SHOWN ? length : HEADER_SHOWN - 1;
	memcpy(to, value.at, length);
	to[length] = '\0';
}

static size_t take_header(char *bytes, size_t one, size_t length, void *context)
{
	struct http *http = context;
	struct span line = span_trim((struct span){bytes, bytes + length}), value = line;

	(void)one;
	if (span_starts(line, "HTTP/")) {
		span_take_word(&value);
		keep(http->reason, span_trim(value));
		http->explained = http->plain_text = http->json = false;
	} else if (header_is(line, "X-Go-Pprof", &value)) {
		http->explained = true;
	} else if (header_is(line, "Content-Type", &value)) {
		http->plain_text = span_starts(value, "text/plain");
		http->json = span_starts(value, "application/json");
	} else if (header_is(line, "Retry-After", &value)) {
		keep(http->retry_after, value);
	}
	return length;
}

static void add_line(struct http *http, const char *line)
{
	struct curl_slist *longer = curl_slist_append(http->lines, line);

	if (!longer)
		alloc_fail(strlen(line));
	http->lines = longer;
}

/* What Go's client sends and nothing else, then the person's own headers. */
static void set_headers(struct http *http)
{
	struct span lines = span_of(http->headers), line;
	struct text text = {0};

	curl_slist_free_all(http->lines);
	http->lines = NULL;
	add_line(http, "Accept:");
	add_line(http, "Expect:");
	text_printf(&text, "Host: %s", http->address.host);
	add_line(http, text.bytes);
	if (http->content_type) {
		text_reset(&text);
		text_printf(&text, "Content-Type: %s", http->content_type);
		add_line(http, text.bytes);
	}
	/* Unpacking is left to the stream, which has a limit for what unpacks to too much. */
	add_line(http, http->unpacked ? "Accept-Encoding: identity" : "Accept-Encoding: gzip");
	while (span_take_line(&lines, &line)) {
		text_reset(&text);
		text_add(&text, line.at, span_length(line));
		if (text.length)
			add_line(http, text.bytes);
	}
	text_clear(&text);
	curl_easy_setopt(http->easy, CURLOPT_HTTPHEADER, http->lines);
	curl_easy_setopt(http->easy, CURLOPT_PROXYHEADER, http->proxy_lines);
}

static const char *from_environment(const char *upper, const char *lower)
{
	const char *value = getenv(upper);

	if (!value || !*value)
		value = getenv(lower);
	return value ? value : "";
}

/* Go's rules: libcurl itself would not read HTTP_PROXY, and would ask a proxy for this machine. */
static void set_proxy(struct http *http)
{
	bool secure = strncmp(http->address.scheme, "https", 5) == 0;
	const char *proxy = secure ? from_environment("HTTPS_PROXY", "https_proxy")
				   : from_environment("HTTP_PROXY", "http_proxy");

	curl_easy_setopt(http->easy, CURLOPT_PROXY, address_is_local(&http->address) ? "" : proxy);
	curl_easy_setopt(http->easy, CURLOPT_NOPROXY, from_environment("NO_PROXY", "no_proxy"));
}

static void set_tls(struct http *http)
{
	const struct http_options *options = &http->options;
	bool insecure = strcmp(http->address.scheme, "https+insecure") == 0;

	curl_easy_setopt(http->easy, CURLOPT_SSL_VERIFYPEER, insecure ? 0L : 1L);
	curl_easy_setopt(http->easy, CURLOPT_SSL_VERIFYHOST, insecure ? 0L : 2L);
	if (*options->tls_ca) {
		curl_easy_setopt(http->easy, CURLOPT_CAINFO, options->tls_ca);
		curl_easy_setopt(http->easy, CURLOPT_CAPATH, NULL);
	}
	if (*options->tls_cert) {
		curl_easy_setopt(http->easy, CURLOPT_SSLCERT, options->tls_cert);
		curl_easy_setopt(http->easy, CURLOPT_SSLKEY, options->tls_key);
	}
}

/* What stays the same whatever server is asked. */
static void set_up(struct http *http)
{
	CURL *easy = http->easy;

	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, http->failure);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, http);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, http);
	curl_easy_setopt(easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE);
	curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, "ncprof/" PACKAGE_VERSION);
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
	curl_easy_setopt(easy, CURLOPT_PROXYAUTH, CURLAUTH_BASIC);
	curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
	curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
#if LIBCURL_VERSION_NUM >= 0x075500
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
#if LIBCURL_VERSION_NUM >= 0x075700
	/* Whoever cancels does not wait for a name server. */
	curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
}

/* Sends the next request, for the present address. */
static bool start(struct http *http, struct error *error)
{
	const struct address *address = &http->address;
	struct text url = {0};
	int64_t left = http->deadline_ms - now_ms();

	if (++http->requests > REQUEST_LIMIT)
		return error_set(error,
				 "http fetch: stopped after %d redirects; name the address that "
				 "they should end at",
				 REQUEST_LIMIT);
	address_print_request(address, &url);
	curl_easy_setopt(http->easy, CURLOPT_URL, url.bytes);
	text_clear(&url);
	curl_easy_setopt(http->easy, CURLOPT_UNIX_SOCKET_PATH, address->socket);
	curl_easy_setopt(http->easy, CURLOPT_USERNAME, address->user);
	curl_easy_setopt(http->easy, CURLOPT_PASSWORD, address->password);
	curl_easy_setopt(http->easy, CURLOPT_REFERER,
			 http->referer.length ? http->referer.bytes : NULL);
	curl_easy_setopt(http->easy, CURLOPT_TIMEOUT_MS, (long)(left > 1 ? left : 1));
	curl_easy_setopt(http->easy, CURLOPT_CONNECTTIMEOUT_MS, (long)(left > 1 ? left : 1));
	if (http->content_type) {
		curl_easy_setopt(http->easy, CURLOPT_POSTFIELDSIZE_LARGE,
				 (curl_off_t)http->body.length);
		curl_easy_setopt(http->easy, CURLOPT_POSTFIELDS, text_string(&http->body));
	}
	set_headers(http);
	set_proxy(http);
	set_tls(http);
	text_reset(&http->pending);
	http->taken = 0;
	http->received = 0;
	http->ended = false;
	http->running = curl_multi_add_handle(http->multi, http->easy) == CURLM_OK;
	return http->running || error_set(error, "http fetch: libcurl could not start");
}

/* The files that the options name, before a server is asked at all. */
static bool check_tls(const struct http_options *options, struct error *error)
{
	const struct {
		const char *flag, *path;
	} files[] = {{"tls_ca", options->tls_ca},
		     {"tls_cert", options->tls_cert},
		     {"tls_key", options->tls_key}};

	if (*options->tls_cert && !*options->tls_key)
		return error_set(
			error,
			"http fetch: -tls_cert is specified, so -tls_key must also be specified; "
			"name the file of the private key");
	if (*options->tls_key && !*options->tls_cert)
		return error_set(
			error,
			"http fetch: -tls_key is specified, so -tls_cert must also be specified; "
			"name the file of the certificate");
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (*files[i].path && access(files[i].path, R_OK) != 0)
			return error_set(
				error,
				"http fetch: could not load the file of -%s: %s: %s; name a "
				"file in PEM that can be read",
				files[i].flag, files[i].path, strerror(errno));
	return true;
}

static void begin(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

struct http *http_open(const struct http_request *request, struct error *error)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	const char *scheme = request->address->scheme;
	struct http *http;

	if (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0 &&
	    strcmp(scheme, "https+insecure") != 0) {
		error_set(error,
			  "http fetch: unsupported protocol scheme \"%s\"; use http, https or "
			  "https+insecure",
			  scheme);
		return NULL;
	}
	if (!check_tls(request->options, error))
		return NULL;
	pthread_once(&once, begin);
	http = alloc_zero(1, sizeof(*http));
	http->multi = curl_multi_init();
	http->easy = curl_easy_init();
	if (!http->multi || !http->easy)
		alloc_fail(sizeof(*http));
	http->options = *request->options;
	address_copy(&http->address, request->address);
	http->headers = alloc_text(request->options->headers);
	http->nothing = alloc_text(request->nothing ? request->nothing
						    : "the server sent nothing; capture again");
	http->unpacked = request->unpacked;
	http->timeout_ms = request->timeout_ms;
	http->deadline_ms = now_ms() + request->timeout_ms;
	if (request->content_type) {
		http->content_type = alloc_text(request->content_type);
		text_add(&http->body, request->body, request->body_length);
	}
	http->proxy_lines = curl_slist_append(NULL, "Proxy-Connection:");
	set_up(http);
	if (start(http, error))
		return http;
	http_close(http);
	return NULL;
}

/* The server sent us on. What only the first server may know does not go to another one. */
static bool follow(struct http *http, const char *location, struct error *error)
{
	struct text from = {0}, to = {0}, hidden = {0};
	struct address next;
	bool good;

	if (!address_parse(location, &next))
		return error_set(error, "http fetch: redirected to \"%s\", which is no address",
				 location);
	address_print_origin(&http->address, &from);
	address_print_origin(&next, &to);
	if (strcmp(from.bytes, to.bytes) != 0) {
		http->headers[0] = '\0';
	} else if (!next.user) {
		next.user = http->address.user;
		next.password = http->address.password;
		http->address.user = http->address.password = NULL;
		/* A server on a socket names itself as it likes. */
		next.socket = http->address.socket;
		http->address.socket = NULL;
	}
	text_reset(&http->referer);
	if (strcmp(http->address.scheme, "http") == 0 || strcmp(next.scheme, "http") != 0)
		address_print_request(&http->address, &http->referer);
	address_clear(&http->address);
	http->address = next;
	good = strcmp(next.scheme, "http") == 0 || strcmp(next.scheme, "https") == 0;
	if (!good) {
		address_print(&next, &hidden);
		error_set(error, "http fetch: redirected to \"%s\", which is not HTTP",
			  hidden.bytes);
	}
	text_clear(&from);
	text_clear(&to);
	text_clear(&hidden);
	return good && start(http, error);
}

static bool fail(struct http *http, struct error *error)
{
	long os_error = 0;
	bool proxy = false;
	struct http_failure failure = {
		.code = (int)http->result,
		.text = *http->failure ? http->failure : curl_easy_strerror(http->result),
		.host = http->address.socket ? http->address.socket : http->address.host,
		.timeout_ms = http->timeout_ms,
		.received = http->received,
		.answered = status_of(http) != 0,
	};

	if (http->too_long)
		return error_set(error,
				 "the answer is longer than %llu bytes; -max-size=N allows more",
				 (unsigned long long)http->options.limit);
	curl_easy_getinfo(http->easy, CURLINFO_OS_ERRNO, &os_error);
	failure.os_error = (int)os_error;
	failure.by_proxy = proxy;
	return http_error_failure(&failure, error);
}

/* The transfer is over: is there another one to make, or an error? */
static enum http_state finish(struct http *http, struct error *error)
{
	char *location = NULL;
	long status = status_of(http);
	struct http_answer answer = {
		.status = (int)status,
		.reason = http->reason,
		.explained = http->explained && http->plain_text,
		.json = http->json,
		.retry_after = http->retry_after,
		.named = http->address.user || *http->headers,
	};
	bool more = true;

	if (http->result != CURLE_OK) {
		fail(http, error);
		return HTTP_FAILED;
	}
	if (status == 200)
		return HTTP_END;
	curl_easy_getinfo(http->easy, CURLINFO_REDIRECT_URL, &location);
	if (!location || http->content_type) {
		answer.body = text_string(&http->pending);
		http_error_status(&answer, error);
		return HTTP_FAILED;
	}
	/* Setting another URL frees this one. */
	location = alloc_text(location);
	more = follow(http, location, error);
	free(location);
	return more ? HTTP_WAIT : HTTP_FAILED;
}

/* Lets libcurl work; waits a little if there was nothing to do. */
static void perform(struct http *http)
{
	struct CURLMsg *message;
	int running, left;

	curl_multi_perform(http->multi, &running);
	if (running && http->pending.length == http->taken) {
		curl_multi_wait(http->multi, NULL, 0, WAIT_MS, NULL);
		curl_multi_perform(http->multi, &running);
	}
	while ((message = curl_multi_info_read(http->multi, &left))) {
		if (message->msg != CURLMSG_DONE)
			continue;
		http->result = message->data.result;
		http->ended = true;
		http->running = false;
		curl_multi_remove_handle(http->multi, http->easy);
		break;
	}
}

enum http_state http_read(struct http *http, void *bytes, size_t size, size_t *length,
			  struct error *error)
{
	size_t left = http->pending.length - http->taken;

	*length = 0;
	if (!left && http->running)
		perform(http);
	left = http->pending.length - http->taken;
	if (left && status_of(http) == 200) {
		*length = left < size ? left : size;
		memcpy(bytes, http->pending.bytes + http->taken, *length);
		http->taken += *length;
		if (http->taken == http->pending.length) {
			text_reset(&http->pending);
			http->taken = 0;
		}
		return HTTP_BYTES;
	}
	return http->ended ? finish(http, error) : HTTP_WAIT;
}

uint64_t http_length(const struct http *http)
{
	curl_off_t length = -1;

	curl_easy_getinfo(http->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
	return length > 0 ? (uint64_t)length : 0;
}

const char *http_nothing(const struct http *http)
{
	return http->nothing;
}

void http_close(struct http *http)
{
	if (!http)
		return;
	if (http->running)
		curl_multi_remove_handle(http->multi, http->easy);
	curl_easy_cleanup(http->easy);
	curl_multi_cleanup(http->multi);
	curl_slist_free_all(http->lines);
	curl_slist_free_all(http->proxy_lines);
	address_clear(&http->address);
	explicit_bzero(http->headers, strlen(http->headers));
	free(http->headers);
	free(http->content_type);
	free(http->nothing);
	text_clear(&http->body);
	text_clear(&http->referer);
	text_clear(&http->pending);
	free(http);
}

#else

#include <stddef.h>

struct http *http_open(const struct http_request *request, struct error *error)
{
	(void)request;
	error_set(error, "this ncprof was built without libcurl (Debian package "
			 "libcurl4-openssl-dev); try: curl -sS URL | ncprof -");
	return NULL;
}

enum http_state http_read(struct http *http, void *bytes, size_t size, size_t *length,
			  struct error *error)
{
	(void)http;
	(void)bytes;
	(void)size;
	*length = 0;
	error_set(error, "this ncprof was built without libcurl");
	return HTTP_FAILED;
}

uint64_t http_length(const struct http *http)
{
	(void)http;
	return 0;
}

const char *http_nothing(const struct http *http)
{
	(void)http;
	return "";
}

void http_close(struct http *http)
{
	(void)http;
}

#endif
