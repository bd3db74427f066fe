#include "format/format.h"

#include <string.h>

#include "base/text.h"

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
	return !input->stream || stream_next(input->stream, bytes, length, error);
}

/* Replaces `best` by a format that is more certain about the first `length` bytes. */
static void find_surer(const struct input *input, size_t length, bool embedded, int *certainty,
		       const struct format **best)
{
	for (size_t i = 0; formats[i]; i++) {
		int found = !embedded || formats[i]->embedded
				    ? formats[i]->probe(input->head, length)
				    : 0;

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

static const struct format *find_format(const struct input *input)
{
	bool longer = input->head_length > FORMAT_PROBE_SIZE;
	const struct format *best = NULL;
	int certainty = 0;

	find_surer(input, longer ? FORMAT_PROBE_SIZE : input->head_length, false, &certainty,
		   &best);
	if (longer && certainty <= FORMAT_UNCERTAIN && !is_binary(input->head, FORMAT_PROBE_SIZE))
		find_surer(input, input->head_length, true, &certainty, &best);
	return best;
}

struct profile *format_read(struct input *input, struct error *error)
{
	const struct format *format;
	struct builder *builder;

	if (!input->head_length) {
		error_set(error, "the file is empty; capture the profile again");
		return NULL;
	}
	if (input->head_length >= 8 && memcmp(input->head, "PERFILE2", 8) == 0) {
		error_set(error, "this is perf's own format; try: perf script -i FILE | ncprof -");
		return NULL;
	}
	format = find_format(input);
	if (!format) {
		error_set(error, "unrecognized profile format; name a pprof profile (.pb.gz)");
		return NULL;
	}
	builder = builder_new();
	if (!format->read(input, builder, error)) {
		builder_free(builder);
		return NULL;
	}
	return builder_finish(builder, error);
}

struct profile *format_load_with(const char *location, const struct load_options *options,
				 struct progress *progress, struct error *error)
{
	struct input input = {.names_from_text = options->names_from_text};
	struct profile *profile = NULL;

	input.stream = stream_open(location, progress, error);
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
