/* SPDX-License-Identifier: MIT */
#include "cli/mdoc.h"

void mdoc_write(FILE *out, const char *text)
{
	for (char before = ' '; *text; before = *text++) {
		if (*text == '\\')
			fputs("\\e", out);
		else if (*text == '-')
			fputs("\\-", out);
		else if ((*text == '.' || *text == '\'') && before == ' ')
			fprintf(out, "\\&%c", *text);
		else
			fputc(*text, out);
	}
}
