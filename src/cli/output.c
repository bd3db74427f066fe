/* SPDX-License-Identifier: MIT */
#include "cli/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/new_file.h"
#include "base/text.h"
#include "cli/message.h"

#define HELD_BACK ((size_t)1 << 20)
#define CHUNK ((size_t)1 << 16)

struct output {
	struct output_target target;
	struct new_file made; /* if it goes to a file */
	FILE *stream, *to;    /* to: NULL until it is opened */
	char *name;           /* of the file, as people know it; NULL: standard output */
	bool terminal, failed;
	struct text held;
	struct error error; /* if failed */
};

static bool fail(struct output *output, const char *remedy)
{
	output->failed = true;
	return error_set(&output->error, "%s: %s; %s",
			 output->name ? output->name : "standard output", strerror(errno), remedy);
}

/* Which file is written, as pprof says it. */
static void name_file(struct output *output, const char *name)
{
	struct text line = {0};

	free(output->name);
	output->name = alloc_text(name);
	text_printf(&line, "Generating report in %s", name);
	message_print_plain(line.bytes);
	text_clear(&line);
}

static bool open_file(struct output *output, bool numbered)
{
	const struct output_target *target = &output->target;

	if (numbered ? !new_file_open_numbered(&output->made, target->extension)
		     : !new_file_open(&output->made, target->file, 0666, false)) {
		output->name = alloc_text(numbered ? "profile*" : target->file);
		return fail(output, "name a file that can be written with -output=FILE");
	}
	output->to = output->made.stream;
	name_file(output, numbered ? output->made.path : target->file);
	return true;
}

static bool open_target(struct output *output)
{
	const struct output_target *target = &output->target;
	bool numbered =
		target->extension && !*target->file && (target->numbered || isatty(STDOUT_FILENO));

	if ((*target->file || numbered) && !open_file(output, numbered))
		return false;
	if (!output->to)
		output->to = stdout;
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

struct output *output_open(const struct output_target *target, FILE **stream, struct error *error)
{
	struct output *output = alloc_zero(1, sizeof(*output));

	output->target = *target;
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

/* The end of a file: it gets its name, or there never was one. */
static void close_file(struct output *output, bool good)
{
	char *name = NULL;

	if (!good || output->failed)
		new_file_abandon(&output->made);
	else if (!new_file_finish(&output->made, &name))
		fail(output, output_remedy());
	/* Somebody else took the number. */
	else if (!*output->target.file && strcmp(name, output->name) != 0)
		name_file(output, name);
	free(name);
}

bool output_close(struct output *output, bool good, struct error *error)
{
	fclose(output->stream);
	if (good && !output->failed)
		send_held(output);
	if (output->made.stream)
		close_file(output, good);
	else if (output->to && fflush(output->to) != 0 && !output->failed)
		fail(output, output_remedy());
	if (good && output->failed)
		*error = output->error;
	good = good && !output->failed;
	text_clear(&output->held);
	free(output->name);
	free(output);
	return good;
}
