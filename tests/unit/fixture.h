/* SPDX-License-Identifier: MIT */
/*
 * What the unit tests share: small profiles written as text, random ones made
 * from a seed, views by option names, and the files of tests/data.
 */
#ifndef FIXTURE_H
#define FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "setting/options.h"
#include "profile/builder.h"
#include "view/view.h"

/* A small random generator: the same numbers everywhere for the same seed. */
struct random {
	uint64_t state;
};
uint64_t random_next(struct random *random);
uint32_t random_below(struct random *random, uint32_t limit);

/* Random text of at most `most` characters of `alphabet`; returns its length. buffer: most + 1. */
size_t random_text(struct random *random, const char *alphabet, size_t most, char *buffer);

/* $TEST_SEED or 1; prints it, so that a failure can be repeated. */
uint64_t fixture_seed(void);

/*
 * A profile from lines of text. The first may name the types; each other is a
 * sample: locations root first, values, labels.
 *
 *     types samples/count cpu/nanoseconds
 *     main run:12>copy @4f = 1 10 key=text size:64bytes
 *
 * a>b is one location: b inlined into a; :12 its line; @4f an address without
 * lines; ~ in a name stands for a blank. Files are NAME.c, the mapping /bin/prog.
 */
struct profile *fixture_profile(const char *text);

/* What random profiles are made of: at least one function and one location. */
struct random_shape {
	uint32_t functions, locations, samples, depth;
	bool hostile; /* values of any size and sign, else 0 .. 9 */
};
struct profile *fixture_random(struct random *random, const struct random_shape *shape);

/*
 * A view by options, separated by blanks: "cum focus=a|b sample_index=cpu".
 * The test fails if one is wrong. NULL and *error if the view cannot be built.
 */
struct view *fixture_view_or(const struct profile *profile, const char *choices,
			     struct error *error);
struct view *fixture_view(const struct profile *profile, const char *choices);

/* The path of a file of tests/data, good until the next call. */
const char *fixture_path(const char *name);

/* A file of tests/data as profile. */
struct profile *fixture_load(const char *name);

/* All bytes of any file, to be freed. */
char *fixture_read(const char *path, size_t *length);

/* A file of tests/data as text, to be cleared. */
struct text fixture_text(const char *name);

/* The same text with something in front of each line and behind it, to be cleared. */
struct text fixture_dress(const struct text *plain, const char *before, const char *behind);

/* A new file with these bytes; its name is good until the next call, remove it with unlink. */
const char *fixture_write(const char *bytes, size_t length);

/* gzip of these bytes, to be freed. */
char *fixture_pack(const char *bytes, size_t length, size_t *packed_length);

/* The rows of a function table in its order, "name flat cum" each on a line; to be freed. */
char *fixture_table(const struct profile *profile, const char *choices);

/* One visible frame of a path, as the reference sees it. */
struct reference_frame {
	frame_id frame;
	bool inlined; /* not the outermost visible frame of its location */
};

/*
 * What the filters of a spec leave of one sample, worked out for this sample
 * alone as pprof's filters edit it. Frames root first into `frames`; returns
 * how many, or -1 if the sample is dropped.
 */
int reference_path(const struct profile *profile, const struct view_spec *spec, uint32_t sample,
		   struct reference_frame *frames, size_t room);

#endif
