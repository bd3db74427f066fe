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
	return stream_next(input->stream, bytes, length, error);
}

static const struct format *find_format(const struct input *input)
{
	const struct format *best = NULL;
	int most = 0;

	for (size_t i = 0; formats[i]; i++) {
		size_t length = input->head_length < FORMAT_PROBE_SIZE ? input->head_length : FORMAT_PROBE_SIZE;
		int certainty = formats[i]->probe(input->head, length);

		if (certainty > most) {
			most = certainty;
			best = formats[i];
		}
	}
	return best;
}

static struct profile *load_stream(struct stream *stream, struct error *error)
{
	struct input input = {.stream = stream};
	const struct format *format;
	struct builder *builder;

	/* A chunk is longer than any probe needs, so the first one is enough. */
	if (!stream_next(stream, &input.head, &input.head_length, error))
		return NULL;
	if (!input.head_length) {
		error_set(error, "the file is empty; capture the profile again");
		return NULL;
	}
	format = find_format(&input);
	if (!format) {
		error_set(error, "unrecognized profile format; name a pprof profile (.pb.gz)");
		return NULL;
	}
	builder = builder_new();
	if (!format->read(&input, builder, error)) {
		builder_free(builder);
		return NULL;
	}
	return builder_finish(builder, error);
}

struct profile *format_load(const char *location, struct progress *progress, struct error *error)
{
	struct stream *stream = stream_open(location, progress, error);
	struct profile *profile = stream ? load_stream(stream, error) : NULL;

	stream_close(stream);
	if (!profile)
		error_wrap(error, "%s", strcmp(location, "-") == 0 ? "standard input" : location);
	return profile;
}
