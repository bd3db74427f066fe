/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool error_set(struct error *error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(error->message, sizeof(error->message), format, arguments);
	va_end(arguments);
	error->at = 0;
	return false;
}

bool error_at(struct error *error, size_t at)
{
	error->at = at;
	return false;
}

bool error_wrap(struct error *error, const char *format, ...)
{
	struct error inner = *error;
	va_list arguments;
	size_t length;

	va_start(arguments, format);
	vsnprintf(error->message, sizeof(error->message), format, arguments);
	va_end(arguments);
	length = strlen(error->message);
	snprintf(error->message + length, sizeof(error->message) - length, ": %s", inner.message);
	return false;
}
