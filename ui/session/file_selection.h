/* SPDX-License-Identifier: MIT */
/*
 * Which of the files of a command line are explored, and which side of a
 * difference: all of them as one profile, one alone, or what two of them
 * differ in. What is explored is always one profile, read as the command line
 * would have it read if it named just these files, so that every number is
 * that of the report.
 */
#ifndef UI_SESSION_FILE_SELECTION_H
#define UI_SESSION_FILE_SELECTION_H

#include <stdbool.h>

#include "base/text.h"

struct request;

enum comparison_display {
	DISPLAY_DELTA, /* the new values less those of the base */
	DISPLAY_BASE,
	DISPLAY_NEW,
	DISPLAY_NORMALISED, /* the delta, the new values scaled to the total of the base first */
	DISPLAY_COUNT,
};

#define COMPARISON_ALL (-1)

struct file_selection {
	int alone; /* index of a file; COMPARISON_ALL: all that are no base */
	int base;  /* index of the file that is subtracted; COMPARISON_ALL: none */
	enum comparison_display display;
};

/* Files that can be chosen: the profiles of the command line, then its base if it has one. */
int file_selection_file_count(const struct request *request);
int file_selection_location_count(const struct request *request); /* without the base */
const char *file_selection_file(const struct request *request, int index);

/* What the command line asks for. */
void file_selection_init(struct file_selection *comparison, const struct request *request);
bool file_selection_equal(const struct file_selection *a, const struct file_selection *b);
/* True for delta and normalised: values have a sign that says which side is larger. */
bool file_selection_is_difference(const struct file_selection *comparison);

/* True if standard input would have to be read for it. */
bool file_selection_reads_input(const struct file_selection *comparison,
				const struct request *request);

/* True if this file is in what is shown. */
bool file_selection_has_file(const struct file_selection *comparison, const struct request *request,
			     int index);

/* The file that is the n-th location of what is read; behind the last one: its base. */
int file_selection_file_read(const struct file_selection *comparison, const struct request *request,
			     int n);

/* The request that reads this. `to` borrows everything from `from`: it is not cleared. */
void file_selection_request(const struct file_selection *comparison, const struct request *from,
			    struct request *to);

/*
 * "web_after", "web_after +2", "delta: web_after - web_before", "base:
 * web_before". names: what each file is to be called, by its index.
 */
void file_selection_print(const struct file_selection *comparison, const struct request *request,
			  char *const *names, struct text *text);

const char *comparison_display_name(enum comparison_display display);

/* A file without its directory and without the ending that all profiles have. */
void file_selection_add_file(struct text *text, const char *location);

#endif
