/* SPDX-License-Identifier: MIT */
#include "source/source.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "source/captures.h"
#include "source/store.h"

bool source_is_remote(const char *location)
{
	struct address address;
	struct stat status;

	if (strcmp(location, "-") == 0 || stat(location, &status) == 0)
		return false;
	if (store_kind_of(location) != STORE_NONE)
		return true;
	if (!address_parse(location, &address))
		return false;
	address_clear(&address);
	return true;
}

bool source_is_kept(const char *location, const struct fetch_options *options)
{
	char *path = options->captures && !options->anew
			     ? captures_find(options->captures, location)
			     : NULL;
	bool kept = path != NULL;

	free(path);
	return kept;
}

struct stream *source_open(const char *location, const struct fetch_options *options,
			   struct progress *progress, struct error *error)
{
	struct capture *capture = NULL;
	struct stream *stream;
	char *path;

	if (!source_is_remote(location))
		return stream_open(location, progress, error);
	path = options->captures && !options->anew ? captures_find(options->captures, location)
						   : NULL;
	if (path) {
		stream = stream_open(path, progress, error);
		free(path);
		return stream;
	}
	if (options->stage || options->captures)
		capture = capture_begin(options->stage ? options->stage : options->captures,
					location);
	return store_kind_of(location) == STORE_NONE
		       ? fetch_open(location, options, capture, progress, error)
		       : store_open(location, options, capture, progress, error);
}
