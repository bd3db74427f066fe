/* SPDX-License-Identifier: MIT */
#include "cli/server_options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/span.h"
#include "base/text.h"
#include "cli/request.h"

#define HEADER_FILE_LIMIT ((size_t)64 * 1024)

bool server_options_check_header(const char *line, struct error *error)
{
	const char *colon = strchr(line, ':');

	if (!colon || colon == line)
		return error_set(error, "a header is NAME: VALUE");
	for (const char *at = line; *at; at++)
		if ((unsigned char)*at < ' ' || *at == 0x7f || (at < colon && *at == ' '))
			return error_set(error, "a header is NAME: VALUE, without control "
						"characters");
	return true;
}

/* Adds the lines of a file that are neither empty nor comments. */
static bool read_headers(const char *path, struct text *headers, struct error *error)
{
	char bytes[4096];
	struct text content = {0}, header = {0};
	struct span rest, line;
	FILE *file = fopen(path, "r");
	size_t length;
	bool good = true;

	if (!file)
		return error_set(error, "-header-file: %s: %s; name a file of headers", path,
				 strerror(errno));
	while (content.length < HEADER_FILE_LIMIT &&
	       (length = fread(bytes, 1, sizeof(bytes), file)))
		text_add(&content, bytes, length);
	fclose(file);
	rest = span_of(text_string(&content));
	for (int number = 1; good && span_take_line(&rest, &line); number++) {
		line = span_trim(line);
		if (span_is_comment(line))
			continue;
		text_reset(&header);
		text_add(&header, line.at, span_length(line));
		good = server_options_check_header(header.bytes, error) ||
		       error_wrap(error, "-header-file: %s: line %d", path, number);
		if (good)
			text_printf(headers, "%s\n", header.bytes);
	}
	if (content.bytes)
		explicit_bzero(content.bytes, content.length);
	text_clear(&content);
	text_clear(&header);
	return good;
}

/* Whole seconds; "" is 0. */
static bool parse_seconds(const char *flag, const char *text, int64_t *seconds, struct error *error)
{
	*seconds = 0;
	if (!*text || (span_decimal(span_of(text), seconds) && *seconds <= INT32_MAX &&
		       *seconds >= INT32_MIN))
		return true;
	return error_set(error, "-%s=%s: give whole seconds", flag, text);
}

/* "4G"; "" is the default. */
static bool parse_size(const char *text, uint64_t *size, struct error *error)
{
	static const char units[] = "kmgt";
	struct span digits, rest = span_of(text);
	const char *unit;
	int64_t number;

	*size = FETCH_LIMIT;
	if (!*text)
		return true;
	digits = span_take_digits(&rest);
	unit = span_is_empty(rest) ? NULL : strchr(units, *rest.at | 32);
	if (!span_decimal(digits, &number) || number == 0 || number > INT32_MAX ||
	    (!span_is_empty(rest) && !unit) || span_length(rest) > 1)
		return error_set(error, "-max-size=%s: give a size such as 500M or 4G", text);
	*size = (uint64_t)number << (unit ? 10 * (unit - units + 1) : 0);
	return true;
}

bool server_options_read(struct request *request, struct error *error)
{
	struct fetch_options *fetch = &request->fetch;
	struct text headers = {0};

	if (!parse_seconds("seconds", request->seconds, &fetch->seconds, error) ||
	    !parse_seconds("timeout", request->timeout, &fetch->timeout, error) ||
	    !parse_size(request->max_size, &fetch->http.limit, error))
		return false;
	text_add_string(&headers, request->headers);
	if (*request->header_file && !read_headers(request->header_file, &headers, error)) {
		text_clear(&headers);
		return false;
	}
	free(request->headers);
	request->headers = headers.bytes ? headers.bytes : alloc_text("");
	fetch->http.headers = request->headers;
	fetch->http.tls_cert = request->tls[0];
	fetch->http.tls_key = request->tls[1];
	fetch->http.tls_ca = request->tls[2];
	fetch->passwords = request->passwords;
	return true;
}
