/* SPDX-License-Identifier: MIT */
#include "format/json/json_head.h"

#include <string.h>

bool json_has_key(struct span head, const char *word)
{
	size_t length = strlen(word);

	for (const char *at; (at = span_find(head, word)); head.at = at + 1) {
		struct span rest = {at + length, head.end};

		if (at == head.at || at[-1] != '"' || !span_take(&rest, "\""))
			continue;
		span_skip_space(&rest);
		if (span_starts(rest, ":"))
			return true;
	}
	return false;
}

bool json_is_object(struct span head)
{
	span_skip_space(&head);
	return span_starts(head, "{");
}

bool json_is_array(struct span head)
{
	span_skip_space(&head);
	return span_starts(head, "[");
}
