/* SPDX-License-Identifier: MIT */
/*
 * A profile of gperftools behind the names of its addresses, as "pprof --raw"
 * of google-perftools writes it: a "--- symbol" section, then "--- profile",
 * "--- heap" or another kind with the profile as it was.
 */
#include "format/legacy/address_names.h"
#include "format/lines.h"
#include "format/list.h"

/* Reads the section of names up to the head of the next one. */
static bool read_names(struct lines *lines, struct builder *builder, struct address_names *names,
		       struct error *error)
{
	struct span line;
	bool more, ended = false;

	for (;;) {
		if (!lines_next(lines, &line, &more, error))
			return false;
		if (!more)
			return error_set(error,
					 "there is no profile behind the names; write it anew "
					 "with pprof --raw PROGRAM PROFILE");
		if (ended && span_starts(line, "--- "))
			return true;
		ended = ended || span_equals(span_trim(line), "---");
		if (!ended)
			address_names_add(names, builder, line);
	}
}

/* What is left of the input as an input of its own, whose head is in `head`. */
static bool rest_of(struct lines *lines, struct text *head, struct input *rest, struct error *error)
{
	const struct input *input = lines->input;
	const char *bytes;
	size_t length;

	text_add(head, lines->at, (size_t)(lines->end - lines->at));
	while (head->length < FORMAT_PROBE_SIZE) {
		if (!input_next(lines->input, &bytes, &length, error))
			return false;
		if (!length)
			break;
		text_add(head, bytes, length);
	}
	*rest = (struct input){
		.stream = input->stream,
		.head = text_string(head),
		.head_length = head->length,
		.names_from_text = input->names_from_text,
	};
	return true;
}

static bool read_profile(struct input *input, struct builder *builder, struct error *error)
{
	static const struct format *const kinds[] = {&format_gperftools, &format_heap,
						     &format_contention, &format_threadz};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i]->probe(input->head, input->head_length))
			return kinds[i]->read(input, builder, error);
	return error_set(error,
			 "the profile behind the names is of no known kind; name the profile "
			 "that it was made from");
}

static bool read_symbolized(struct input *input, struct builder *builder, struct error *error)
{
	struct address_names names;
	struct lines lines;
	struct text head = {0};
	struct input rest = {0};
	bool good;

	address_names_init(&names);
	lines_init(&lines, input);
	good = read_names(&lines, builder, &names, error) && rest_of(&lines, &head, &rest, error);
	if (good) {
		rest.address_names = &names;
		good = read_profile(&rest, builder, error);
	}
	lines_clear(&lines);
	address_names_clear(&names);
	text_clear(&head);
	return good;
}

static int probe_symbolized(const char *bytes, size_t length)
{
	struct span head = {bytes, bytes + length};

	return span_starts(head, "--- symbol\n") || span_starts(head, "--- symbol\r") ? 95 : 0;
}

const struct format format_symbolized = {
	.name = "symbolized",
	.summary = "profile of gperftools with names: google-pprof --raw",
	.probe = probe_symbolized,
	.read = read_symbolized,
};
