/* SPDX-License-Identifier: MIT */
#include "cli/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"

#define HELD_BACK ((size_t)1 << 20)
#define CHUNK ((size_t)1 << 16)

struct output {
	const char *file, *extension;
	char *made;        /* the name of a file of its own; NULL: none */
	FILE *stream, *to; /* to: NULL until it is opened */
	bool terminal, failed;
	struct text held;
	struct error error; /* if failed */
};

char *output_new_file(const char *extension, struct error *error)
{
	struct text name = {0};

	for (int i = 1; i < 10000; i++) {
		FILE *file;

		text_reset(&name);
		text_printf(&name, "profile%03d.%s", i, extension);
		file = fopen(name.bytes, "wx");
		if (file) {
			fclose(file);
			return name.bytes;
		}
		if (errno != EEXIST)
			break;
	}
	error_set(error, "%s: %s; name another file with -output=FILE", text_string(&name),
		  strerror(errno));
	text_clear(&name);
	return NULL;
}

static bool fail(struct output *output, const char *remedy)
{
	output->failed = true;
	return error_set(&output->error, "%s: %s; %s",
			 *output->file ? output->file : "standard output", strerror(errno), remedy);
}

static bool open_target(struct output *output)
{
	if (!*output->file && output->extension && isatty(STDOUT_FILENO)) {
		output->made = output_new_file(output->extension, &output->error);
		output->failed = !output->made;
		if (output->failed)
			return false;
		output->file = output->made;
	}
	output->to = *output->file ? fopen(output->file, "w") : stdout;
	if (!output->to)
		return fail(output, "name a file that can be written");
	if (*output->file)
		fprintf(stderr, "Generating report in %s\n", output->file);
	output->terminal = isatty(fileno(output->to));
	return true;
}

const char *output_remedy(void)
{
	return errno == ENOSPC || errno == EDQUOT || errno == EFBIG ? "free some room"
								    : "see where the output goes";
}

static bool put(struct output *output, const char *bytes, size_t length)
{
	return fwrite(bytes, 1, length, output->to) == length || fail(output, output_remedy());
}

/* What the stream does with a full buffer. */
static ssize_t take(void *cookie, const char *bytes, size_t length)
{
	struct output *output = cookie;

	if (output->failed)
		return 0;
	if (output->to && !output->terminal)
		return put(output, bytes, length) ? (ssize_t)length : 0;
	text_add(&output->held, bytes, length);
	if (output->held.length <= HELD_BACK || output->to)
		return (ssize_t)length;
	if (!open_target(output))
		return 0;
	if (output->terminal)
		return (ssize_t)length;
	if (!put(output, output->held.bytes, output->held.length))
		return 0;
	text_clear(&output->held);
	return (ssize_t)length;
}

struct output *output_open(const char *file, const char *extension, FILE **stream,
			   struct error *error)
{
	struct output *output = alloc_zero(1, sizeof(*output));

	output->file = file;
	output->extension = extension;
	output->stream = fopencookie(output, "w", (cookie_io_functions_t){.write = take});
	if (!output->stream) {
		error_set(error, "%s", strerror(errno));
		free(output);
		return NULL;
	}
	setvbuf(output->stream, NULL, _IOFBF, CHUNK);
	*stream = output->stream;
	return output;
}

static void send_held(struct output *output)
{
	struct text safe = {0};

	if (!output->to && !open_target(output))
		return;
	if (output->terminal) {
		text_add_sanitized(&safe, text_string(&output->held), output->held.length, true);
		put(output, text_string(&safe), safe.length);
		text_clear(&safe);
	} else {
		put(output, text_string(&output->held), output->held.length);
	}
}

/* Half a report must not be taken for a whole one; a device or a pipe stays. */
static void remove_half(const struct output *output)
{
	struct stat status;

	if (*output->file && lstat(output->file, &status) == 0 && S_ISREG(status.st_mode))
		unlink(output->file);
}

bool output_close(struct output *output, bool good, struct error *error)
{
	fclose(output->stream);
	if (good && !output->failed)
		send_held(output);
	if (output->to && fflush(output->to) != 0 && !output->failed)
		fail(output, output_remedy());
	if (output->to && *output->file && fclose(output->to) != 0 && !output->failed)
		fail(output, output_remedy());
	if (good && output->failed)
		*error = output->error;
	good = good && !output->failed;
	if (!good && output->to)
		remove_half(output);
	text_clear(&output->held);
	free(output->made);
	free(output);
	return good;
}
