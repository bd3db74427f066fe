/*
 * A format turns bytes into a profile. One row in format/list.c; the row whose
 * probe is most certain about the first bytes reads the file.
 */
#ifndef FORMAT_FORMAT_H
#define FORMAT_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/job.h"
#include "profile/builder.h"
#include "source/stream.h"

/* Bytes offered to a probe; fewer only when the file is shorter. */
#define FORMAT_PROBE_SIZE 4096

/* The bytes of one file: the probed ones first, then the rest of the stream. */
struct input {
	struct stream *stream;
	const char *head;
	size_t head_length;
	bool head_taken;
};

struct format {
	const char *name;
	const char *summary;
	/* 0: not this format ... 100: certainly. */
	int (*probe)(const char *bytes, size_t length);
	/* Reads everything into the builder. False with an error that names the place and the remedy. */
	bool (*read)(struct input *input, struct builder *builder, struct error *error);
};

/* The next piece of the input; *length 0 is the end. As stream_next. */
bool input_next(struct input *input, const char **bytes, size_t *length, struct error *error);

/* All formats, ended by NULL. */
extern const struct format *const formats[];

/*
 * Reads one profile from a file or "-". Errors start with the location. The
 * profile is the caller's; progress may be NULL.
 */
struct profile *format_load(const char *location, struct progress *progress, struct error *error);

#endif
