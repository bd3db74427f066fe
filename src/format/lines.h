/* SPDX-License-Identifier: MIT */
/*
 * The lines of an input of any size, without ever holding more than one; and,
 * for binary formats that end in text, the bytes in front of them.
 */
#ifndef FORMAT_LINES_H
#define FORMAT_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"
#include "format/format.h"
#include "format/log_prefix.h"
#include "base/span.h"

struct lines {
	struct input *input;
	const char *at, *end; /* what is left of the present chunk */
	bool ended;
	struct text carry;        /* a line that lies across chunks */
	struct log_prefix prefix; /* as the input has it */
	struct span last;         /* the line last returned, valid until the next one */
	bool open;                /* it has no line end */
	uint64_t number;          /* of it, from 1 */
	uint64_t offset; /* of `at` in the unpacked data, as long as only lines_read is used */
};

void lines_init(struct lines *lines, struct input *input);
void lines_clear(struct lines *lines);

/*
 * The next line without its line end (LF or CRLF) and the prefix of a log, valid until the next call;
 * *more is false at the end. False on read errors and when a line is too long.
 */
bool lines_next(struct lines *lines, struct span *line, bool *more, struct error *error);

/* The next `length` bytes; *got is less only at the end of the input. */
bool lines_read(struct lines *lines, void *bytes, size_t length, size_t *got, struct error *error);

/* Warns that the text, a WHAT such as "profile", ends inside the line last returned. */
void lines_warn_cut(const struct lines *lines, struct builder *builder, const char *what);

/*
 * True if a row was good, or could not be read because the text ends inside
 * it, which is worth a warning; else passes the problem on and returns false.
 */
bool lines_excuse(const struct lines *lines, bool good, const struct error *problem,
		  struct error *error);

/*
 * Sets the error "malformed KIND: line N PROBLEM; what to do" about the line
 * last returned, or tells that another profile begins there; returns false.
 */
bool lines_broken(const struct lines *lines, const char *kind, const char *problem,
		  struct error *error);

#endif
