/* SPDX-License-Identifier: MIT */
/*
 * JSON of any size, read member by member: the reader enters the objects and
 * arrays that are large and takes what is in them, value by value, as json-c
 * parses it. Only one such value is in memory at a time.
 *
 *     json_stream_enter(&stream, '{', error)
 *     while (json_stream_next(&stream, &more, error) && more)
 *             if (json_stream_is(&stream, "samples")) ...
 *
 * Where the program was built without json-c, json_unavailable stands for the
 * readers.
 */
#ifndef FORMAT_JSON_JSON_STREAM_H
#define FORMAT_JSON_JSON_STREAM_H

#include "format/format.h"
#include "format/json/json_head.h"

/* The read function of a format of JSON that this program cannot read; always false, says what is missing. */
bool json_unavailable(struct input *input, struct builder *builder, struct error *error);

#ifdef HAVE_JSON_C

#include <json-c/json.h>

#include "base/text.h"

/* Objects and arrays that may be open at a time. */
#define JSON_DEPTH_LIMIT (1 << 16)

struct json_stream {
	struct input *input;
	struct json_tokener *tokener;
	const char *at, *end; /* what is left of the present chunk */
	uint64_t offset;      /* of `end` in the unpacked data */
	bool ended;
	bool cut;         /* the text ended before its last bracket; the error says so */
	bool first;       /* nothing was read yet of the innermost container */
	struct text open; /* the brackets that are open */
	struct text key;  /* of the member being read */
};

void json_stream_init(struct json_stream *stream, struct input *input);
void json_stream_clear(struct json_stream *stream);

/* Enters the value that comes next, which must be an object '{' or an array '['. */
bool json_stream_enter(struct json_stream *stream, char bracket, struct error *error);

/* Goes to the next member of the innermost container; *more is false at its end, which is then left. */
bool json_stream_next(struct json_stream *stream, bool *more, struct error *error);

/* True if the member has this key. */
bool json_stream_is(const struct json_stream *stream, const char *key);

/* The first byte of the value that comes next: { [ " t f n or of a number; 0 at the end of the text. */
bool json_stream_peek(struct json_stream *stream, char *byte, struct error *error);

/* The value that comes next, to be released with json_object_put; NULL is JSON's null. */
bool json_stream_take(struct json_stream *stream, struct json_object **value, struct error *error);

/* Passes over it. */
bool json_stream_skip(struct json_stream *stream, struct error *error);

/* A member of an object, "" or 0 where it is missing or something else; the text lives as long as the object. */
struct span json_get_text(struct json_object *object, const char *key);
int64_t json_get_integer(struct json_object *object, const char *key, int64_t missing);
double json_get_real(struct json_object *object, const char *key);
struct json_object *json_get(struct json_object *object, const char *key);

/* The items of an array, 0 of anything else. */
size_t json_get_count(struct json_object *array);

#endif

#endif
