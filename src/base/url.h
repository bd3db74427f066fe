/* SPDX-License-Identifier: MIT */
/* What a URL is, as far as a name has to be told from one. */
#ifndef BASE_URL_H
#define BASE_URL_H

#include <stdbool.h>

/*
 * True for a URL with a scheme: "http://host/x", "file:x", and so also "memfd:x" and "C:\x". The rules
 * are those of Go's net/url, but of an address in brackets only the characters are looked at.
 */
bool url_is_absolute(const char *text);

#endif
