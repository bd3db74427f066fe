/* SPDX-License-Identifier: MIT */
#include "format/format.h"

#include <string.h>

#include "base/text.h"
#include "format/foreign.h"
#include "format/log_prefix.h"
#include "source/source.h"

bool input_next(struct input *input, const char **bytes, size_t *length, struct error *error)
{
	if (!input->head_taken) {
		input->head_taken = true;
		*bytes = input->head;
		*length = input->head_length;
		if (*length)
			return true;
	}
	*length = 0;
	input->broken = input->stream && !stream_next(input->stream, bytes, length, error);
	return !input->broken;
}

/* Where a format is looked for. */
enum place {
	AT_START,
	AMID_OTHERS,
	BEHIND_PREFIXES,
};

static bool may_stand(const struct format *format, enum place place)
{
	return place == AT_START || (place == AMID_OTHERS ? format->embedded : format->prefixed);
}

/* Replaces `best` by a format that is more certain about these bytes. */
static void find_surer(const char *bytes, size_t length, enum place place, int *certainty,
		       const struct format **best)
{
	for (size_t i = 0; formats[i]; i++) {
		int found = may_stand(formats[i], place) ? formats[i]->probe(bytes, length) : 0;

		if (found > *certainty) {
			*certainty = found;
			*best = formats[i];
		}
	}
}

/* Logs have no such bytes; a profile in protobuf begins with some. */
static bool is_binary(const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)bytes[i] < '\a')
			return true;
	return false;
}

/* The lines behind a prefix that all whole ones have; false if one has not. */
static bool strip_prefix(struct span head, struct span sample, struct text *lines)
{
	struct log_prefix prefix = {0};
	struct span line;
	uint32_t count = 0;
	bool good = true;

	log_prefix_learn(&prefix, sample);
	text_reset(lines);
	while (good && memchr(head.at, '\n', span_length(head)) && span_take_line(&head, &line)) {
		good = log_prefix_take(&prefix, &line);
		text_add(lines, line.at, span_length(line));
		text_add_char(lines, '\n');
		count++;
	}
	log_prefix_clear(&prefix);
	return good && count >= 2;
}

/*
 * The format that is certain about what stands behind the prefix of a log, and
 * that prefix: the longest, as the header of a heap profile may stand anywhere
 * in a line.
 */
static const struct format *find_prefixed(struct input *input, size_t length)
{
	struct span head = {input->head, input->head + length}, rest = head, first;
	const struct format *best = NULL;
	int certainty = FORMAT_UNCERTAIN;
	struct text lines = {0};

	if (!span_take_line(&rest, &first))
		return NULL;
	if (span_length(first) > LOG_PREFIX_LIMIT)
		first.end = first.at + LOG_PREFIX_LIMIT;
	for (; first.end > first.at && !best; first.end--) {
		if ((first.end[-1] != ' ' && first.end[-1] != '\t') ||
		    !strip_prefix(head, first, &lines))
			continue;
		find_surer(lines.bytes, lines.length, BEHIND_PREFIXES, &certainty, &best);
		input->prefix = first;
	}
	text_clear(&lines);
	if (!best)
		input->prefix = (struct span){0};
	return best;
}

/* *certainty is that of the format; FORMAT_UNCERTAIN and less may well be something else. */
static const struct format *find_format(struct input *input, int *certainty)
{
	bool longer = input->head_length > FORMAT_PROBE_SIZE;
	size_t length = longer ? FORMAT_PROBE_SIZE : input->head_length;
	bool text = !is_binary(input->head, length);
	const struct format *best = NULL;

	*certainty = 0;
	find_surer(input->head, length, AT_START, certainty, &best);
	if (text && (*certainty < FORMAT_CERTAIN || best->unanchored)) {
		const struct format *prefixed = find_prefixed(input, length);

		if (prefixed) {
			*certainty = FORMAT_CERTAIN;
			return prefixed;
		}
	}
	if (longer && text && *certainty <= FORMAT_UNCERTAIN)
		find_surer(input->head, input->head_length, AMID_OTHERS, certainty, &best);
	return best;
}

/* Editors of Windows put it in front of text in UTF-8. */
static void skip_byte_order_mark(struct input *input)
{
	if (input->head_length > 3 && memcmp(input->head, "\xef\xbb\xbf", 3) == 0) {
		input->head += 3;
		input->head_length -= 3;
	}
}

struct profile *format_read(struct input *input, struct error *error)
{
	struct span head;
	const struct format *format;
	struct builder *builder;
	struct error foreign;
	int certainty;
	bool text;

	if (!input->head_length) {
		error_set(error, "the file is empty; capture the profile again");
		return NULL;
	}
	skip_byte_order_mark(input);
	head = (struct span){input->head, input->head + input->head_length};
	format = find_format(input, &certainty);
	if (certainty <= FORMAT_UNCERTAIN && (!format || foreign_find(head))) {
		foreign_error(head, error);
		return NULL;
	}
	/* Text may begin with a byte that a profile begins with, too. The head is gone after reading. */
	text = certainty <= FORMAT_UNCERTAIN && !is_binary(head.at, span_length(head));
	if (text)
		foreign_error(head, &foreign);
	builder = builder_new();
	if (!format->read(input, builder, error)) {
		if (text && !input->broken)
			*error = foreign;
		builder_free(builder);
		return NULL;
	}
	return builder_finish(builder, error);
}

struct profile *format_load_with(const char *location, const struct load_options *options,
				 struct progress *progress, struct error *error)
{
	struct input input = {.names_from_text = options->names_from_text, .trace = options->trace};
	struct profile *profile = NULL;

	input.stream = options->fetch ? source_open(location, options->fetch, progress, error)
				      : stream_open(location, progress, error);
	/* A chunk is longer than any probe needs, so the first one is enough. */
	if (input.stream && stream_next(input.stream, &input.head, &input.head_length, error))
		profile = format_read(&input, error);
	stream_close(input.stream);
	if (!profile)
		error_wrap(error, "%s", strcmp(location, "-") == 0 ? "standard input" : location);
	return profile;
}

struct profile *format_load(const char *location, struct progress *progress, struct error *error)
{
	const struct load_options options = {.names_from_text = true};

	return format_load_with(location, &options, progress, error);
}
