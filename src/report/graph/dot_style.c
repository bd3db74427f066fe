/* SPDX-License-Identifier: MIT */
#include "report/graph/dot_style.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "view/path.h"
#include "view/short_name.h"

/* 0..1 to a byte; what is no number at all (a share of nothing) is 0. */
static unsigned channel(double part)
{
	return isnan(part) ? 0 : (unsigned)(part * 255.0) & 0xff;
}

const char *dot_color(double score, bool inside, char color[DOT_COLOR_SIZE])
{
	static const double shift = 0.7; /* away from grey, to tell small scores apart */
	double saturation = inside ? 0.1 : 1.0, value = inside ? 0.93 : 0.7;
	double red = value, green = value, blue;

	score = score > 1 ? 1 : score < -1 ? -1 : score;
	if (fabs(score) < 0.2)
		saturation *= fabs(score) / 0.2;
	if (score < 0) {
		blue = value;
		red = green = value * (1 - saturation * pow(-score, 1.0 - shift));
	} else {
		blue = value * (1 - saturation);
		green = value * (1 - saturation * (score > 0 ? pow(score, 1.0 - shift) : score));
	}
	snprintf(color, DOT_COLOR_SIZE, "#%02x%02x%02x", channel(red), channel(green),
		 channel(blue));
	return color;
}

void dot_escape(const char *text, struct text *escaped)
{
	for (; *text; text++) {
		if (*text == '\n') {
			text_add_string(escaped, "\\l");
			continue;
		}
		if (*text == '\\' || *text == '"')
			text_add_char(escaped, '\\');
		text_add_char(escaped, *text);
	}
}

/* One character, spelt out if it is hostile, unless `exact`; returns its size. */
static size_t write_character(const char *text, size_t length, bool exact, FILE *out)
{
	char escape[UTF8_ESCAPE_SIZE];
	uint32_t rune;
	size_t size = utf8_decode(text, length, &rune);

	if (exact || !utf8_escape(text, size, rune, escape)) {
		fwrite(text, 1, size, out);
		return size;
	}
	for (const char *at = escape; *at; at++) {
		if (*at == '\\')
			fputc('\\', out);
		fputc(*at, out);
	}
	return size;
}

void dot_quote(const char *text, bool exact, FILE *out)
{
	size_t length = strlen(text);
	bool escaping = false; /* the byte before is a backslash that escapes this one */

	/* A quote that nobody escaped would end the string: pprof's labels have some. */
	fputc('"', out);
	for (size_t i = 0; i < length;) {
		if (text[i] == '"' && !escaping)
			fputc('\\', out);
		escaping = text[i] == '\\' && !escaping;
		i += write_character(text + i, length - i, exact, out);
	}
	fputs(escaping ? "\\\"" : "\"", out);
}

/* The short name with each part on a line of its own; Go's type parameters "[...]" stay together. */
static void add_name(const char *name, struct text *label)
{
	struct text shortened = {0}, escaped = {0};
	const char *at;

	short_name(name, &shortened);
	dot_escape(text_string(&shortened), &escaped);
	for (at = text_string(&escaped); *at;) {
		if (strncmp(at, "::", 2) == 0) {
			text_add_string(label, "\\n");
			at += 2;
		} else if (strncmp(at, "[...]", 5) == 0) {
			text_add_string(label, "[\u2026]");
			at += 5;
		} else if (*at == '.') {
			text_add_string(label, "\\n");
			at++;
		} else {
			text_add_char(label, *at++);
		}
	}
	text_clear(&shortened);
	text_clear(&escaped);
}

static void add_place(const struct view *view, const struct node *node, struct text *label)
{
	struct text base = {0}, plain = {0};

	if (node->file)
		path_base(view_text(view, node->file), &plain);
	else if (!node->name && node->object)
		path_base(view_text(view, node->object), &plain);
	dot_escape(text_string(&plain), &base);
	if (node->line) {
		text_printf(label, "%s:%" PRId64, text_string(&base), node->line);
		if (node->column)
			text_printf(label, ":%" PRId64, node->column);
		text_add_string(label, "\\n");
	} else if (node->file) {
		text_printf(label, "%s\\n", text_string(&base));
	} else if (!node->name && node->object) {
		text_printf(label, "[%s]\\n", text_string(&base));
	} else if (!node->name) {
		text_add_string(label, "<unknown>\\n");
	}
	text_clear(&plain);
	text_clear(&base);
}

void dot_label(const struct view *view, const struct node *node, struct text *label)
{
	if (node->address)
		text_printf(label, "%016" PRIx64 "\\n", node->address);
	if (node->name) {
		add_name(view_text(view, node->name), label);
		text_add_string(label, "\\n");
	}
	add_place(view, node, label);
}
