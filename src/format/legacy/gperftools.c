/* SPDX-License-Identifier: MIT */
/*
 * CPU profiles of gperftools: words of 4 or 8 bytes in the byte order of the
 * machine, then text.
 *
 *     header   0  3  language  period in us  0       (language: 0 C++, 1 Java)
 *     samples  count  depth  address ...             (leaf first)
 *     end      0  1  0
 *     text     the memory map; of Java the names
 */
#include <stdlib.h>

#include "base/array.h"
#include "format/legacy/java.h"
#include "format/list.h"
#include "format/stack_list.h"

#define HINT "name a pprof profile or capture it again"

struct word_form {
	size_t size;
	bool big_endian;
};

static const struct word_form forms[] = {{4, false}, {4, true}, {8, false}, {8, true}};

struct gperftools {
	struct lines lines;
	struct legacy legacy;
	struct word_form form;
	bool java;
	int64_t period;
	struct stack_list stacks; /* of numbers in `addresses` */
	struct id_table addresses;
	int64_t *counts; /* by stack */
	size_t count_count, count_capacity;
};

static uint64_t decode(const struct word_form *form, const unsigned char *bytes)
{
	uint64_t word = 0;

	for (size_t i = 0; i < form->size; i++)
		word |= (uint64_t)bytes[i] << 8 * (form->big_endian ? form->size - 1 - i : i);
	return word;
}

/* Finds the form of words in which the bytes are a header; NULL if there is none. */
static const struct word_form *parse_header(const char *bytes, size_t length, bool *java,
					    uint64_t *period)
{
	for (size_t i = 0; i < COUNT(forms); i++) {
		uint64_t words[5];

		if (length < 5 * forms[i].size)
			continue;
		for (size_t k = 0; k < 5; k++)
			words[k] =
				decode(&forms[i], (const unsigned char *)bytes + k * forms[i].size);
		if (words[0] == 0 && words[1] == 3 && words[2] <= 1 && words[3] > 0 &&
		    words[4] == 0) {
			*java = words[2] == 1;
			*period = words[3];
			return &forms[i];
		}
	}
	return NULL;
}

static bool cut_short(const struct gperftools *reader, struct error *error)
{
	return error_set(
		error,
		"unrecognized profile format: the CPU profile ends inside a sample at byte "
		"%llu of the unpacked data; " HINT,
		(unsigned long long)reader->lines.offset);
}

/* The next word; without `ended`, the input must not end here. */
static bool next_word(struct gperftools *reader, uint64_t *word, bool *ended, struct error *error)
{
	unsigned char bytes[8];
	size_t got;

	if (!lines_read(&reader->lines, bytes, reader->form.size, &got, error))
		return false;
	if (ended && got == 0) {
		*ended = true;
		return true;
	}
	if (got < reader->form.size)
		return cut_short(reader, error);
	*word = decode(&reader->form, bytes);
	return true;
}

/* Reads the frames of a sample into the stack being built. */
static bool read_stack(struct gperftools *reader, uint64_t depth, uint64_t *leaf,
		       struct error *error)
{
	uint64_t address;

	for (uint64_t i = 0; i < depth; i++) {
		if (!next_word(reader, &address, NULL, error))
			return false;
		if (i == 0)
			*leaf = address;
		/* All frames but the leaf are where calls return to. Java has no addresses. */
		else if (!reader->java)
			address--;
		stack_list_push(&reader->stacks, id_table_add(&reader->addresses, address));
	}
	return true;
}

static bool read_samples(struct gperftools *reader, struct error *error)
{
	bool ended = false;

	for (;;) {
		uint64_t count = 0, depth, leaf = 0;

		if (!next_word(reader, &count, &ended, error))
			return false;
		/* A profile may lack its end. */
		if (ended)
			return true;
		if (!next_word(reader, &depth, NULL, error) ||
		    !read_stack(reader, depth, &leaf, error))
			return false;
		if (count == 0 && depth == 1 && leaf == 0) {
			stack_list_drop(&reader->stacks);
			return true;
		}
		stack_list_end(&reader->stacks);
		array_push(reader->counts, reader->count_count, reader->count_capacity,
			   (int64_t)count);
	}
}

/* The location that stands second in almost all stacks, NONE if there is no such. */
static uint32_t find_signal_frame(const struct gperftools *reader)
{
	size_t stacks = reader->count_count, *seen;
	uint32_t found = NONE;

	seen = alloc_zero(reader->addresses.count, sizeof(*seen));
	for (size_t i = 0; i < stacks && found == NONE; i++) {
		size_t depth;
		const uint32_t *stack = stack_list_get(&reader->stacks, i, &depth);

		if (depth > 1 && ++seen[stack[1]] >= stacks - stacks / 32)
			found = stack[1];
	}
	free(seen);
	return found;
}

/*
 * The signal that takes the sample leaves a frame or two between the leaf and
 * its caller. They are the same in (almost) all samples.
 */
static void drop_signal_frames(struct gperftools *reader)
{
	for (int round = 0; round < 2; round++) {
		uint32_t frame = find_signal_frame(reader);

		for (size_t i = 0; frame != NONE && i < reader->count_count; i++)
			stack_list_remove_second(&reader->stacks, i, frame);
	}
}

static void add_samples(struct gperftools *reader)
{
	struct legacy *legacy = &reader->legacy;

	for (size_t i = 0; i < reader->count_count; i++) {
		int64_t count = reader->counts[i],
			values[2] = {count, legacy_multiply(count, reader->period)};
		size_t depth;
		const uint32_t *stack = stack_list_get(&reader->stacks, i, &depth);

		legacy_begin(legacy);
		for (size_t k = 0; k < depth; k++)
			legacy_push(legacy, reader->addresses.ids[stack[k]]);
		if (!reader->java)
			legacy_drop_twin(legacy);
		legacy_sample(legacy, values, 2, NULL);
	}
}

static bool read_all(struct gperftools *reader, struct error *error)
{
	struct span nothing = {0};
	const struct word_form *form;
	uint64_t period;
	char header[40];
	size_t got;

	/* The header was probed; its form says how much of it there is. */
	form = parse_header(reader->lines.input->head, reader->lines.input->head_length,
			    &reader->java, &period);
	if (!form)
		return error_set(error,
				 "unrecognized profile format: no header of a CPU profile; " HINT);
	if (!lines_read(&reader->lines, header, 5 * form->size, &got, error))
		return false;
	reader->form = *form;
	reader->period = legacy_multiply((int64_t)period, 1000);
	legacy_period(&reader->legacy, "cpu", "nanoseconds", reader->period);
	legacy_type(&reader->legacy, "samples", "count");
	legacy_type(&reader->legacy, "cpu", "nanoseconds");
	if (!read_samples(reader, error))
		return false;
	if (!reader->java)
		drop_signal_frames(reader);
	add_samples(reader);
	if (reader->java)
		return java_finish(&reader->legacy, &reader->lines, nothing, error);
	return legacy_finish(&reader->legacy, &reader->lines, nothing, LEGACY_MAP_HERE, error);
}

static bool read_gperftools(struct input *input, struct builder *builder, struct error *error)
{
	struct gperftools reader = {0};
	bool good;

	lines_init(&reader.lines, input);
	legacy_init(&reader.legacy, builder, input);
	id_table_init(&reader.addresses);
	good = read_all(&reader, error);
	id_table_clear(&reader.addresses);
	stack_list_clear(&reader.stacks);
	legacy_clear(&reader.legacy);
	lines_clear(&reader.lines);
	free(reader.counts);
	return good;
}

static int probe_gperftools(const char *bytes, size_t length)
{
	uint64_t period;
	bool java;

	return parse_header(bytes, length, &java, &period) ? 96 : 0;
}

const struct format format_gperftools = {
	.name = "gperftools",
	.summary = "CPU profile of gperftools, C++ or Java",
	.probe = probe_gperftools,
	.read = read_gperftools,
};
