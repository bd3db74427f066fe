/* SPDX-License-Identifier: MIT */
#include "source/unpacker.h"

#include <string.h>

#include "base/array.h"

static const struct unpacker *const unpackers[] = {
	&unpacker_gzip,  &unpacker_zstd,  &unpacker_pzstd,     &unpacker_xz,
	&unpacker_bzip2, &unpacker_utf16, &unpacker_utf16_big,
};

const struct unpacker *unpacker_find(const void *bytes, size_t length)
{
	for (size_t i = 0; i < COUNT(unpackers); i++) {
		const struct unpacker *unpacker = unpackers[i];

		if (length >= unpacker->magic_length &&
		    memcmp(bytes, unpacker->magic, unpacker->magic_length) == 0)
			return unpacker;
	}
	return NULL;
}
