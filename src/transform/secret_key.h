/* SPDX-License-Identifier: MIT */
/* Names behind which secrets stand: password, aws_secret_access_key, JSESSIONID, X-Api-Key. */
#ifndef TRANSFORM_SECRET_KEY_H
#define TRANSFORM_SECRET_KEY_H

#include "transform/secret_text.h"

enum secret_key {
	SECRET_NONE,
	SECRET_VALUE, /* what follows is a secret, unless it is a short number */
	SECRET_ANY,   /* a short number may be one, too: a PIN */
	SECRET_LINE,  /* all up to the end of the line: headers */
};

/* What the name chars [from, to) of a text stands for; it is judged by its last words. */
enum secret_key secret_key_kind(const struct secret_text *text, size_t from, size_t to);

#endif
