/* SPDX-License-Identifier: MIT */
#include "format/legacy/mapping_line.h"

#include <string.h>

#include "base/text.h"

/* The groups of a line as they stand there; empty when absent. */
struct groups {
	struct span start, limit, permissions, file, offset, build_id;
};

/* The first number of a range. */
static bool take_start(struct span *line, struct span *start)
{
	span_skip_space(line);
	span_take(line, "0x");
	*start = span_take_hex(line);
	return !span_is_empty(*start);
}

/* "START-LIMIT:" or "START LIMIT" */
static bool take_range(struct span *line, struct groups *groups)
{
	struct span rest = *line;

	if (!take_start(&rest, &groups->start))
		return false;
	if (!span_take(&rest, "-"))
		span_skip_space(&rest);
	span_skip_space(&rest);
	span_take(&rest, "0x");
	groups->limit = span_take_hex(&rest);
	if (span_is_empty(groups->limit))
		return false;
	span_take(&rest, ":");
	*line = rest;
	return true;
}

/* One number alone: pprof's patterns take its last digit for the limit, and so do we. */
static bool take_joined_range(struct span *line, struct groups *groups)
{
	struct span rest = *line;

	if (!take_start(&rest, &groups->start) || span_length(groups->start) < 2)
		return false;
	rest.at = --groups->start.end;
	span_take(&rest, "0x");
	groups->limit = span_take_hex(&rest);
	span_take(&rest, ":");
	*line = rest;
	return !span_is_empty(groups->limit);
}

/* White space, then a run of permission letters; nothing is taken if there are none. */
static struct span take_permissions(struct span *line)
{
	struct span rest = *line, run;

	if (!span_skip_space(&rest))
		return (struct span){rest.at, rest.at};
	run.at = rest.at;
	while (rest.at < rest.end && strchr("-rwxp", *rest.at) && *rest.at)
		rest.at++;
	run.end = rest.at;
	if (!span_is_empty(run))
		*line = rest;
	return run;
}

/* White space, then a word. */
static struct span take_word(struct span *line)
{
	struct span rest = *line, word;

	if (!span_skip_space(&rest))
		return (struct span){rest.at, rest.at};
	word = span_take_word(&rest);
	if (!span_is_empty(word))
		*line = rest;
	return word;
}

/* White space, then hex digits between the two strings. */
static struct span take_hex(struct span *line, const char *before, const char *behind)
{
	struct span rest = *line, digits, none = {line->at, line->at};

	if (!span_skip_space(&rest) || !span_take(&rest, before))
		return none;
	digits = span_take_hex(&rest);
	if (span_is_empty(digits) || !span_take(&rest, behind))
		return none;
	*line = rest;
	return digits;
}

static bool at_space(struct span line)
{
	return !span_is_empty(line) && char_is_space(*line.at);
}

/* What follows the range in /proc/PID/maps; false if the line has another form. */
static bool take_proc(struct span line, struct groups *groups)
{
	struct span rest, device;

	groups->permissions = take_permissions(&line);
	rest = line;
	groups->offset = take_hex(&rest, "", "");
	if (!span_is_empty(groups->offset) && at_space(rest))
		line = rest;
	else
		groups->offset.end = groups->offset.at;
	device = take_hex(&line, "", ":");
	if (span_is_empty(device) || span_is_empty(span_take_hex(&line)) || !span_skip_space(&line))
		return false;
	if (span_is_empty(span_take_digits(&line)))
		return false;
	groups->file = take_word(&line);
	groups->build_id = (struct span){line.end, line.end};
	return true;
}

static void take_brief(struct span line, struct groups *groups)
{
	groups->permissions = take_permissions(&line);
	groups->file = take_word(&line);
	groups->offset = take_hex(&line, "(@", ")");
	groups->build_id = take_hex(&line, "", "");
}

static bool parse_groups(struct span line, struct groups *groups)
{
	struct span apart = line, joined = line;

	if (take_range(&apart, groups) && take_proc(apart, groups))
		return true;
	if (take_joined_range(&joined, groups) && take_proc(joined, groups))
		return true;
	apart = joined = line;
	if (take_range(&apart, groups)) {
		take_brief(apart, groups);
		return true;
	}
	if (!take_joined_range(&joined, groups))
		return false;
	take_brief(joined, groups);
	return true;
}

enum mapping_line_kind mapping_line_parse(struct span line, struct mapping_line *parts)
{
	struct groups groups;

	if (!parse_groups(line, &groups))
		return MAPPING_LINE_OTHER;
	if (!span_is_empty(groups.permissions) && !span_find(groups.permissions, "x"))
		return MAPPING_LINE_DATA;
	*parts = (struct mapping_line){.file = groups.file, .build_id = groups.build_id};
	if (!span_hex(groups.start, &parts->start) || !span_hex(groups.limit, &parts->limit) ||
	    (!span_is_empty(groups.offset) && !span_hex(groups.offset, &parts->offset)))
		return MAPPING_LINE_OTHER;
	return MAPPING_LINE_CODE;
}

struct span mapping_line_skip_log(struct span line)
{
	const char *bracket = span_find(line, "]"), *colon = bracket;
	struct span rest = line;

	if (!bracket)
		return line;
	while (colon > line.at && char_is_digit(colon[-1]))
		colon--;
	if (colon == bracket || colon - line.at < 2 || colon[-1] != ':' ||
	    memchr(line.at, '[', (size_t)(colon - line.at)))
		return line;
	rest.at = bracket + 1;
	if (!at_space(rest))
		return line;
	rest.at++;
	return rest;
}

/* "libc.so", "libc.so.6", "libc.so_1" */
static bool is_library(const char *file)
{
	for (const char *at = file; (at = strstr(at, ".so")); at++)
		if (!at[3] || ((at[3] == '.' || at[3] == '_') && char_is_digit(at[4])))
			return true;
	return false;
}

bool mapping_line_is_program(const char *file)
{
	static const char deleted[] = "(deleted)";
	struct text name = {0};
	struct span trimmed;
	bool program;

	for (const char *mark; (mark = strstr(file, deleted)); file = mark + strlen(deleted))
		text_add(&name, file, (size_t)(mark - file));
	text_add_string(&name, file);
	trimmed = span_trim((struct span){text_string(&name), text_string(&name) + name.length});
	program = !span_is_empty(trimmed) && *trimmed.at != '[';
	if (program) {
		name.bytes[trimmed.end - name.bytes] = '\0';
		program = !is_library(trimmed.at);
	}
	text_clear(&name);
	return program;
}
