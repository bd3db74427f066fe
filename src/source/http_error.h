/* SPDX-License-Identifier: MIT */
/* What went wrong between a server and us, in one line with its remedy. */
#ifndef SOURCE_HTTP_ERROR_H
#define SOURCE_HTTP_ERROR_H

#include <stdint.h>

#include "base/error.h"

/* An answer that is not 200. All texts may be "". */
struct http_answer {
	int status;
	const char *reason;      /* "404 Not Found", of the status line */
	const char *body;        /* the start of it */
	bool explained;          /* Go's pprof wrote the body for people */
	bool json;               /* a store wrote it: {"message":"..."} */
	const char *retry_after; /* the header */
	bool named;              /* the request had a user or headers of its own */
};

/* Both set the error and return false. */
bool http_error_status(const struct http_answer *answer, struct error *error);

struct http_failure {
	int code;           /* a CURLcode */
	const char *text;   /* what libcurl says */
	int os_error;       /* errno of the connection; 0 */
	const char *host;   /* who was asked */
	int64_t timeout_ms; /* how long we waited */
	uint64_t received;  /* bytes of the body */
	bool answered;      /* headers came */
	bool by_proxy;
};

bool http_error_failure(const struct http_failure *failure, struct error *error);

#endif
