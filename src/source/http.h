/* SPDX-License-Identifier: MIT */
/*
 * One exchange with a server, over libcurl, pulled by whoever reads: nothing happens between two
 * calls of http_read. Redirects are followed (ten requests at most), proxies of the environment asked
 * (never for this machine), content encodings undone. Without libcurl http_open says so.
 */
#ifndef SOURCE_HTTP_H
#define SOURCE_HTTP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "source/address.h"

/* What holds for all requests of a run; the texts are the caller's and "" for none. */
struct http_options {
	const char *tls_cert, *tls_key, *tls_ca; /* files in PEM */
	const char *headers; /* lines "Name: value" for the server that was named */
	uint64_t limit;      /* of the body, in bytes */
};

struct http_request {
	const struct http_options *options;
	const struct address *address; /* with its password; copied */
	int64_t timeout_ms;            /* from now to the last byte */
	const char *content_type;      /* NULL: GET, else POST `body`, which is copied */
	const char *body;
	size_t body_length;
	bool unpacked; /* the answer must not be packed on its way */
	const char
		*nothing; /* what to say of a good answer without bytes; NULL: that it has none */
};

struct http;

/* Prepares the exchange; no byte is sent yet. NULL with an error that does not repeat the address. */
struct http *http_open(const struct http_request *request, struct error *error);

enum http_state {
	HTTP_BYTES, /* *length > 0 bytes of the body */
	HTTP_WAIT, /* nothing came for 50 ms at most; look whether somebody cancelled and call again */
	HTTP_END,    /* that was all */
	HTTP_FAILED, /* see the error */
};

/* The next bytes of the body of a good answer: of any other status than 200 it makes an error. */
enum http_state http_read(struct http *http, void *bytes, size_t size, size_t *length,
			  struct error *error);

/* What the server said the body is long, in bytes; 0: unknown. */
uint64_t http_length(const struct http *http);

/* What to say if the whole body had no bytes. */
const char *http_nothing(const struct http *http);

void http_close(struct http *http);

#endif
