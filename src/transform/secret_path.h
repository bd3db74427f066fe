/* SPDX-License-Identifier: MIT */
/* What paths tell: who somebody is, and what is kept in directories for secrets. */
#ifndef TRANSFORM_SECRET_PATH_H
#define TRANSFORM_SECRET_PATH_H

#include "transform/secret_text.h"

/* What is known of the path that a text is read in, from the left; zeroed at first. */
struct secret_path {
	bool rooted; /* it starts with / or C:\, so it is of a machine and not of a module */
};

/*
 * Does a part of a path that must go start behind the character at `at`, or
 * there? Then [*from, *to) is to be replaced by *by. To be asked for each
 * character in turn, until it finds something.
 */
bool secret_path_find(struct secret_path *path, const struct secret_text *text, size_t at,
		      size_t *from, size_t *to, const char **by);

#endif
