/* SPDX-License-Identifier: MIT */
#include "format/json/json_stream.h"

#include <string.h>

#ifndef HAVE_JSON_C

bool json_unavailable(struct input *input, struct builder *builder, struct error *error)
{
	(void)input;
	(void)builder;
	return error_set(error, "this is a profile in JSON, which this program was built without "
				"json-c to read; install libjson-c-dev and build it again");
}

#else

#include <stdlib.h>

#include "base/alloc.h"

/* Levels of a value that is taken whole. */
#define VALUE_DEPTH 256

void json_stream_init(struct json_stream *stream, struct input *input)
{
	*stream = (struct json_stream){.input = input, .first = true};
	stream->tokener = json_tokener_new_ex(VALUE_DEPTH);
	if (!stream->tokener)
		alloc_fail(VALUE_DEPTH);
}

void json_stream_clear(struct json_stream *stream)
{
	json_tokener_free(stream->tokener);
	text_clear(&stream->open);
	text_clear(&stream->key);
}

static unsigned long long place_of(const struct json_stream *stream)
{
	return (unsigned long long)(stream->offset - (uint64_t)(stream->end - stream->at));
}

static bool broken(const struct json_stream *stream, const char *problem, struct error *error)
{
	return error_set(
		error,
		"broken JSON at byte %llu of the unpacked data (%s); copy or capture it again",
		place_of(stream), problem);
}

/* Makes sure that there are bytes, unless the text ends. */
static bool fill(struct json_stream *stream, struct error *error)
{
	size_t length;

	if (stream->at < stream->end || stream->ended)
		return true;
	if (!input_next(stream->input, &stream->at, &length, error))
		return false;
	stream->end = stream->at + length;
	stream->offset += length;
	stream->ended = length == 0;
	return true;
}

/* The same where the text may not end. */
static bool need(struct json_stream *stream, struct error *error)
{
	if (!fill(stream, error))
		return false;
	if (!stream->ended)
		return true;
	stream->cut = true;
	return error_set(
		error,
		"the JSON ends too early, at byte %llu of the unpacked data; copy or capture it again",
		place_of(stream));
}

bool json_stream_peek(struct json_stream *stream, char *byte, struct error *error)
{
	do {
		while (stream->at < stream->end && char_is_space(*stream->at))
			stream->at++;
		if (!fill(stream, error))
			return false;
	} while (!stream->ended && char_is_space(*stream->at));
	*byte = stream->ended ? '\0' : *stream->at;
	return true;
}

static bool take_byte(struct json_stream *stream, char wanted, const char *problem,
		      struct error *error)
{
	char byte;

	if (!json_stream_peek(stream, &byte, error) || !need(stream, error))
		return false;
	if (byte != wanted)
		return broken(stream, problem, error);
	stream->at++;
	return true;
}

bool json_stream_enter(struct json_stream *stream, char bracket, struct error *error)
{
	if (!take_byte(stream, bracket, bracket == '{' ? "no object" : "no array", error))
		return false;
	if (stream->open.length == JSON_DEPTH_LIMIT)
		return broken(stream, "nested too deeply", error);
	text_add_char(&stream->open, bracket);
	stream->first = true;
	return true;
}

static bool read_key(struct json_stream *stream, struct error *error)
{
	struct json_object *key;
	char byte;

	if (!json_stream_peek(stream, &byte, error))
		return false;
	if (byte && byte != '"')
		return broken(stream, "no key", error);
	if (!json_stream_take(stream, &key, error))
		return false;
	text_reset(&stream->key);
	text_add(&stream->key, json_object_get_string(key),
		 (size_t)json_object_get_string_len(key));
	json_object_put(key);
	return take_byte(stream, ':', "no colon", error);
}

bool json_stream_next(struct json_stream *stream, bool *more, struct error *error)
{
	char bracket = stream->open.bytes[stream->open.length - 1];
	char byte;

	*more = false;
	if (!json_stream_peek(stream, &byte, error) || !need(stream, error))
		return false;
	if (byte == (bracket == '{' ? '}' : ']')) {
		stream->at++;
		stream->open.bytes[--stream->open.length] = '\0';
		stream->first = false;
		return true;
	}
	if (!stream->first && !take_byte(stream, ',', "no comma", error))
		return false;
	stream->first = false;
	*more = true;
	return bracket == '[' || read_key(stream, error);
}

bool json_stream_is(const struct json_stream *stream, const char *key)
{
	return strcmp(text_string(&stream->key), key) == 0;
}

bool json_stream_take(struct json_stream *stream, struct json_object **value, struct error *error)
{
	enum json_tokener_error status;
	char byte;

	*value = NULL;
	json_tokener_reset(stream->tokener);
	if (!json_stream_peek(stream, &byte, error))
		return false;
	do {
		size_t length;

		if (!need(stream, error))
			return false;
		length = (size_t)(stream->end - stream->at);
		*value = json_tokener_parse_ex(stream->tokener, stream->at,
					       (int)(length < INT32_MAX ? length : INT32_MAX));
		status = json_tokener_get_error(stream->tokener);
		if (status != json_tokener_success && status != json_tokener_continue)
			return broken(stream, json_tokener_error_desc(status), error);
		stream->at += json_tokener_get_parse_end(stream->tokener);
	} while (status == json_tokener_continue);
	return true;
}

/* Passes over a string, whose first quote is next. */
static bool skip_string(struct json_stream *stream, struct error *error)
{
	bool escaped = false;

	stream->at++;
	for (;; stream->at++) {
		if (!need(stream, error))
			return false;
		if (!escaped && *stream->at == '"')
			break;
		escaped = !escaped && *stream->at == '\\';
	}
	stream->at++;
	return true;
}

bool json_stream_skip(struct json_stream *stream, struct error *error)
{
	struct json_object *value;
	size_t depth = 0;
	char byte;

	if (!json_stream_peek(stream, &byte, error))
		return false;
	if (byte != '{' && byte != '[') {
		if (!json_stream_take(stream, &value, error))
			return false;
		json_object_put(value);
		return true;
	}
	do {
		if (!need(stream, error))
			return false;
		if (*stream->at == '"') {
			if (!skip_string(stream, error))
				return false;
			continue;
		}
		depth += *stream->at == '{' || *stream->at == '[';
		depth -= *stream->at == '}' || *stream->at == ']';
		stream->at++;
	} while (depth);
	return true;
}

struct json_object *json_get(struct json_object *object, const char *key)
{
	struct json_object *value = NULL;

	if (json_object_is_type(object, json_type_object))
		json_object_object_get_ex(object, key, &value);
	return value;
}

struct span json_get_text(struct json_object *object, const char *key)
{
	struct json_object *value = json_get(object, key);
	const char *text;

	if (!json_object_is_type(value, json_type_string))
		return span_of("");
	text = json_object_get_string(value);
	return (struct span){text, text + json_object_get_string_len(value)};
}

int64_t json_get_integer(struct json_object *object, const char *key, int64_t missing)
{
	struct json_object *value = json_get(object, key);

	return json_object_is_type(value, json_type_int) ||
			       json_object_is_type(value, json_type_double)
		       ? json_object_get_int64(value)
		       : missing;
}

double json_get_real(struct json_object *object, const char *key)
{
	return json_object_get_double(json_get(object, key));
}

size_t json_get_count(struct json_object *array)
{
	return json_object_is_type(array, json_type_array) ? json_object_array_length(array) : 0;
}

#endif
