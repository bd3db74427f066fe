/* SPDX-License-Identifier: MIT */
#include "report/form/xml.h"

#include <string.h>

#include "base/text.h"

void xml_write(const char *text, FILE *out)
{
	struct text safe = {0};

	text_add_sanitized(&safe, text, strlen(text), false);
	for (const char *at = text_string(&safe); *at; at++) {
		switch (*at) {
		case '&':
			fputs("&amp;", out);
			break;
		case '<':
			fputs("&lt;", out);
			break;
		case '>':
			fputs("&gt;", out);
			break;
		case '"':
			fputs("&quot;", out);
			break;
		case '\'':
			fputs("&#39;", out);
			break;
		default:
			fputc(*at, out);
		}
	}
	text_clear(&safe);
}
