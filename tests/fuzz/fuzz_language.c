/* SPDX-License-Identifier: MIT */
/*
 * The small languages that text is written in, by people and by files: patterns, tag filters,
 * options, lines of the shell, command lines, rules of redaction, modes of -symbolize, mangled names,
 * and what must not be said: the text is masked, and masked once more. The first byte chooses.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/pattern.h"
#include "base/text.h"
#include "cli/request.h"
#include "cli/shell.h"
#include "setting/options.h"
#include "transform/demangle.h"
#include "transform/redact.h"
#include "transform/rust_name.h"
#include "transform/secret.h"
#include "view/tag_filter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_pattern(const char *text)
{
	struct error error;
	struct pattern *pattern = pattern_new(text, false, &error);

	if (pattern)
		pattern_matches(pattern, text, strlen(text));
	pattern_free(pattern);
}

static void read_tags(const char *text)
{
	struct error error;

	tag_filter_check(text, &error);
}

/* NAME=VALUE, for each option in turn the text as its value, too. */
static void read_option(const char *text)
{
	struct settings settings;
	struct error error;

	settings_init(&settings);
	for (const struct option *option = options; option->name; option++)
		option_set(&settings, option, text, &error);
	settings_clear(&settings);
}

static void read_shell(const char *text)
{
	struct settings settings;
	struct shell_command command;
	struct error error;

	settings_init(&settings);
	if (shell_parse(text, &settings, NULL, &command, &error))
		shell_command_clear(&command);
	settings_clear(&settings);
}

/* Words by line. */
static void read_request(const char *text)
{
	char *copy = alloc_text(text), *next = copy, *words[33] = {NULL};
	static char name[] = "ncprof";
	struct request request;
	struct error error;
	int count = 0;

	words[count++] = name;
	while (next && count < 32) {
		words[count++] = next;
		next = strchr(next, '\n');
		if (next)
			*next++ = '\0';
	}
	request_parse(&request, count, words, &error);
	request_clear(&request);
	free(copy);
}

static void read_rules(const char *text)
{
	struct error error;
	struct redact_rules *rules = redact_rules_new(text, &error);
	struct text out = {0};

	if (rules)
		redact_string(rules, text, strlen(text), &out);
	redact_rules_free(rules);
	text_clear(&out);
}

static void read_modes(const char *text)
{
	struct text messages = {0};
	struct demangle_mode mode;

	demangle_parse(text, &mode, &messages);
	text_clear(&messages);
}

static void read_name(const char *text)
{
	struct text out = {0};

	rust_name(text, true, &out);
	text_reset(&out);
	rust_name(text, false, &out);
	text_clear(&out);
}

/* What has been masked holds no secret any more. */
static void read_secret(const char *text)
{
	struct text once = {0}, twice = {0};

	secret_mask(text, strlen(text), &once);
	secret_mask(text_string(&once), once.length, &twice);
	secret_names_value(text, strlen(text));
	text_clear(&once);
	text_clear(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const readers[])(const char *) = {
		read_pattern, read_tags,  read_option, read_shell,  read_request,
		read_rules,   read_modes, read_name,   read_secret,
	};
	char *text;

	if (size < 1)
		return 0;
	text = alloc_zero(size, 1);
	memcpy(text, data + 1, size - 1);
	readers[data[0] % COUNT(readers)](text);
	free(text);
	return 0;
}
