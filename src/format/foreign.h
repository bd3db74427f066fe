/* SPDX-License-Identifier: MIT */
/*
 * Files that people name though no format reads them: what each one is, and
 * the command that makes a profile of it. One row in foreign.c a kind of file.
 */
#ifndef FORMAT_FOREIGN_H
#define FORMAT_FOREIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/span.h"

struct foreign {
	const char *what;    /* "an HTML page" */
	const char *command; /* what to do instead; FILE stands for the file */
	/* The first bytes of it; NULL: the test alone decides. */
	const char *magic;
	size_t magic_length;
	const char *line; /* begins some line of it, after blanks; NULL: any */
	const char *key;  /* of JSON; NULL: it need not be JSON */
	bool text;        /* the test is for text alone */
	/* Looks closer at the first bytes; NULL: the magic is enough. */
	bool (*test)(struct span head);
};

/* The kind of file whose first bytes these are, or NULL. */
const struct foreign *foreign_find(struct span head);

/* Says what the file is and what to do, or shows how the unknown text begins; returns false. */
bool foreign_error(struct span head, struct error *error);

#endif
