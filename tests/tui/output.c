/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <string.h>

#include "base/array.h"

static void end_sequence(struct output *output, char final)
{
	if (final != 'm' || output->private)
		return;
	for (int i = 0; i < output->argument_count; i++) {
		int argument = output->arguments[i];

		if ((argument < 30 || argument > 49) && (argument < 90 || argument > 107))
			continue;
		if (!output->color_count++)
			output->color_at = output->log.length;
		return; /* what follows 38 and 48 are numbers of colours */
	}
}

static void add_to_sequence(struct output *output, unsigned char byte)
{
	int *argument = &output->arguments[output->argument_count - 1];

	if (byte >= '0' && byte <= '9') {
		*argument = *argument * 10 + byte - '0';
	} else if (byte == ';' || byte == ':') {
		if (output->argument_count < 16)
			output->argument_count++;
		output->arguments[output->argument_count - 1] = 0;
	} else if (byte >= '<' && byte <= '?') {
		output->private = true;
	} else if (byte >= 0x40) {
		output->state = OUTPUT_TEXT;
		end_sequence(output, (char)byte);
	}
}

static void add_text(struct output *output, unsigned char byte)
{
	/* BEL, BS, HT, LF, CR, SO and SI move the cursor or choose characters; NUL is padding. */
	static const char controls[] = "\a\b\t\n\r\016\017";

	if (byte == 0x1b) {
		output->state = OUTPUT_ESCAPE;
	} else if ((byte < 0x20 && byte && !strchr(controls, byte)) || byte > 0x7e) {
		if (!output->odd_count++)
			output->odd_at = output->log.length;
	}
}

static void add_behind_escape(struct output *output, unsigned char byte)
{
	output->state = OUTPUT_TEXT;
	if (byte == '[') {
		output->state = OUTPUT_SEQUENCE;
		output->argument_count = 1;
		output->arguments[0] = 0;
		output->private = false;
	} else if (byte == ']' || byte == 'P' || byte == 'k') {
		output->state = OUTPUT_STRING;
	} else if (byte >= 0x20 && byte <= 0x2f) {
		output->state = OUTPUT_CHARSET;
	}
}

static void add_byte(struct output *output, unsigned char byte)
{
	switch (output->state) {
	case OUTPUT_TEXT:
		add_text(output, byte);
		break;
	case OUTPUT_ESCAPE:
		add_behind_escape(output, byte);
		break;
	case OUTPUT_SEQUENCE:
		add_to_sequence(output, byte);
		break;
	case OUTPUT_CHARSET:
		output->state = OUTPUT_TEXT;
		break;
	case OUTPUT_STRING:
		/* The backslash of ESC \ is taken as an escape of its own. */
		if (byte == '\a')
			output->state = OUTPUT_TEXT;
		else if (byte == 0x1b)
			output->state = OUTPUT_ESCAPE;
		break;
	}
}

void output_add(struct output *output, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		add_byte(output, (unsigned char)bytes[i]);
		buffer_add(&output->log, bytes + i, 1);
	}
}

void output_restart(struct output *output)
{
	output->odd_count = output->color_count = 0;
}

void output_clear(struct output *output)
{
	buffer_clear(&output->log);
	*output = (struct output){0};
}

const char *output_report(const struct output *output)
{
	static const char *const signs[] = {"ERROR: AddressSanitizer", "ERROR: LeakSanitizer",
					    "runtime error: "};

	for (size_t i = 0; i < COUNT(signs); i++) {
		/* Some terminals are given NUL as padding. */
		const char *found = memmem(buffer_string(&output->log), output->log.length,
					   signs[i], strlen(signs[i]));

		if (found)
			return found - output->log.bytes < 100 ? output->log.bytes : found - 100;
	}
	return NULL;
}

void output_quote(const struct output *output, size_t at, size_t before, struct buffer *text)
{
	size_t start = at < before ? 0 : at - before, end = at + 20;

	for (size_t i = start; i < end && i < output->log.length; i++) {
		unsigned char byte = (unsigned char)output->log.bytes[i];

		if (byte >= 0x20 && byte <= 0x7e)
			buffer_add(text, &byte, 1);
		else
			buffer_printf(text, "\\x%02x", byte);
	}
}
