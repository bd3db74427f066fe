/* SPDX-License-Identifier: MIT */
#include "base/simplify.h"

#include <string.h>

size_t simplify_name(const char **name, size_t length)
{
	static const char *const reserved[] = {"(anonymous namespace)", "operator()"};
	const char *start = *name, *end = start + length;

	if (length && *start == '.')
		start++;
	*name = start;
	for (const char *at = start; at < end;) {
		size_t skip = 0;

		for (int i = 0; i < 2; i++)
			if ((size_t)(end - at) >= strlen(reserved[i]) &&
			    memcmp(at, reserved[i], strlen(reserved[i])) == 0)
				skip = strlen(reserved[i]);
		if (!skip && *at == '(')
			return (size_t)(at - start);
		at += skip ? skip : 1;
	}
	return (size_t)(end - start);
}
