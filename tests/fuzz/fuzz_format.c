/* SPDX-License-Identifier: MIT */
/* Gives the bytes to every format in turn, whatever its probe says, and to the one that wins. */
#include <stddef.h>
#include <stdint.h>

#include "format/format.h"
#include "profile/profile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct input input_of(const uint8_t *data, size_t size, bool names_from_text)
{
	return (struct input){
		.head = (const char *)data,
		.head_length = size,
		.names_from_text = names_from_text,
	};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error error;
	struct input input = input_of(data, size, true);
	struct profile *profile = format_read(&input, &error);

	if (profile)
		profile_free(profile);
	for (size_t i = 0; formats[i] && size; i++) {
		struct builder *builder = builder_new();

		input = input_of(data, size, i % 2);
		profile = NULL;
		if (formats[i]->read(&input, builder, &error))
			profile = builder_finish(builder, &error);
		else
			builder_free(builder);
		if (profile)
			profile_free(profile);
	}
	return 0;
}
