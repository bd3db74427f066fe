/* SPDX-License-Identifier: MIT */
/* Recognizes and splits URLs. */
#ifndef BASE_URL_H
#define BASE_URL_H

#include <stdbool.h>

#include "base/span.h"

/* The parts of a URL as written; missing parts are empty. */
struct url {
	struct span scheme; /* without its colon */
	struct span user;   /* "name" or "name:password", without the @ */
	struct span host;   /* with the port */
	struct span path, query, fragment;
	bool has_user;
};

/*
 * Splits a text like Go's url.Parse, even one without a scheme ("a/b" is a path).
 * "name:80/x" has the scheme "name" and neither host nor path. False if it is
 * not a URL.
 */
bool url_split(const char *text, struct url *url);

/*
 * True for a URL with a scheme: "http://host/x", "file:x", and so also "memfd:x"
 * and "C:\x". The rules are those of Go's net/url, except that of an address in
 * brackets only the characters are checked.
 */
bool url_is_absolute(const char *text);

#endif
