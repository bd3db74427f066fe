/* SPDX-License-Identifier: MIT */
#include "report/form/csv.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"

void csv_text(const char *text, char end, FILE *out)
{
	struct text safe = {0};

	text_add_sanitized(&safe, text, strlen(text), false);
	if (strpbrk(text_string(&safe), ",\" ")) {
		fputc('"', out);
		for (size_t i = 0; i < safe.length; i++) {
			if (safe.bytes[i] == '"')
				fputc('"', out);
			fputc(safe.bytes[i], out);
		}
		fputc('"', out);
	} else {
		fputs(text_string(&safe), out);
	}
	fputc(end, out);
	text_clear(&safe);
}

void csv_integer(int64_t number, char end, FILE *out)
{
	fprintf(out, "%" PRId64 "%c", number, end);
}
