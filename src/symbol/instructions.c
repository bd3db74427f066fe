/* SPDX-License-Identifier: MIT */
#include "symbol/instructions.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/process.h"
#include "base/span.h"
#include "symbol/machine_code.h"

/* --- What objdump writes -------------------------------------------------------------------------- */

/* What holds for the next instructions. */
struct place {
	const char *function, *file;
	int64_t line;
};

/* Pieces of one text are one string each time they come. */
static const char *keep(struct instructions *list, struct span span)
{
	return arena_text(&list->arena, span.at, span_length(span));
}

/* The operand of a jump or call that is an address: "je 0x12b2 <x>", "je 12b2 <x>". */
static uint64_t target_of(struct span text)
{
	struct span rest = text, digits, word = span_take_word(&rest);
	uint64_t target;

	span_skip_space(&rest);
	if (span_is_empty(word) || (*word.at != 'j' && !span_starts(word, "call") &&
				    *word.at != 'b' && !span_starts(word, "loop")))
		return 0;
	span_take(&rest, "0x");
	digits = span_take_hex(&rest);
	return (span_is_empty(rest) || char_is_space(*rest.at)) && span_hex(digits, &target)
		       ? target
		       : 0;
}

/* "   1270: leal -1(%rdi), %ecx" */
static bool parse_instruction(struct instructions *list, struct span line,
			      const struct place *place)
{
	struct span digits = span_take_hex(&line);
	struct instruction instruction = {.function = place->function, .file = place->file};

	if (span_is_empty(digits) || !span_take(&line, ":") || span_is_empty(line) ||
	    !char_is_space(*line.at) || !span_hex(digits, &instruction.address))
		return false;
	span_skip_space(&line);
	instruction.line = place->line;
	instruction.text = keep(list, line);
	instruction.target = target_of(line);
	array_push(list->items, list->count, list->capacity, instruction);
	return true;
}

/* Takes ";" and a blank from the front, if they are there. */
static struct span without_mark(struct span line)
{
	span_take(&line, ";");
	if (!span_is_empty(line) && char_is_space(*line.at))
		line.at++;
	return line;
}

/* "; /app/mix.c:22", also with something behind the number. */
static bool parse_line(struct instructions *list, struct span line, struct place *place)
{
	struct span text = without_mark(line);

	for (const char *at = text.end; at-- > text.at;) {
		struct span rest = {at + 1, text.end};

		if (*at != ':' || span_is_empty(rest) || !char_is_digit(*rest.at))
			continue;
		if (span_decimal(span_take_digits(&rest), &place->line)) {
			place->file = keep(list, (struct span){text.at, at});
			return true;
		}
	}
	return false;
}

/* "; spin():", or else what stands before the last colon: "1270 <spin>:". */
static bool parse_function(struct instructions *list, struct span line, struct place *place)
{
	struct span text = without_mark(line);

	for (const char *at = text.end - 2; at-- > text.at + 1;) {
		if (memcmp(at, "():", 3) == 0 && !char_is_space(*text.at)) {
			place->function = keep(list, (struct span){text.at, at});
			return true;
		}
	}
	text = line;
	span_take_hex(&text);
	if (!span_is_empty(text) && char_is_space(*text.at))
		text.at++;
	for (const char *at = text.end; at-- > text.at;) {
		if (*at == ':') {
			place->function = keep(list, (struct span){text.at, at});
			return true;
		}
	}
	return false;
}

void instructions_parse(struct instructions *list, const char *text, size_t length)
{
	struct span rest = {text, text + length}, line;
	struct place place = {"", "", 0};

	while (span_take_line(&rest, &line)) {
		line = span_trim(line);
		if (!parse_instruction(list, line, &place) && !parse_line(list, line, &place) &&
		    !parse_function(list, line, &place))
			place = (struct place){"", "", 0};
	}
}

/* --- Which tool ----------------------------------------------------------------------------------- */

struct tool {
	struct text path;
	bool is_llvm;
};

/* Is it an objdump that pprof would take? LLVM's from release 8 on. */
static bool is_objdump(struct tool *tool)
{
	const char *const argv[] = {tool->path.bytes, "--version", NULL};
	struct text output = {0};
	struct error ignored;
	const char *version;
	bool good = process_run(argv, NULL, 0, &output, &ignored) == PROCESS_GOOD;

	version = strstr(text_string(&output), "LLVM version ");
	tool->is_llvm = version != NULL;
	good = good && (version ? strtol(version + 13, NULL, 10) >= 8
				: strstr(text_string(&output), "GNU objdump") != NULL);
	text_clear(&output);
	return good;
}

static bool try_directory(struct tool *tool, struct span directory, const char *name)
{
	text_reset(&tool->path);
	text_printf(&tool->path, "%.*s/%s", (int)span_length(directory), directory.at, name);
	return access(tool->path.bytes, X_OK) == 0 && is_objdump(tool);
}

/* The next item of a list; false at its end. */
static bool take_item(struct span *list, char separator, struct span *item)
{
	const char *end;

	if (!list->at)
		return false;
	end = memchr(list->at, separator, span_length(*list));
	*item = (struct span){list->at, end ? end : list->end};
	list->at = end ? end + 1 : NULL;
	return true;
}

/* In the directories that -tools names for objdump or for all, else on the PATH. */
static bool find_tool(struct tool *tool, const char *tools)
{
	static const char *const names[] = {"llvm-objdump", "objdump"};
	const char *path = getenv("PATH");

	for (size_t i = 0; i < 2; i++) {
		struct span list = span_of(tools), item;

		while (*tools && take_item(&list, ',', &item)) {
			struct span name = item;

			while (!span_is_empty(name) && *name.at != ':')
				name.at++;
			if (!span_is_empty(name) &&
			    !span_equals((struct span){item.at, name.at}, "objdump") &&
			    !span_equals((struct span){item.at, name.at}, "llvm-objdump"))
				continue;
			if (!span_is_empty(name))
				item.at = name.at + 1;
			if (try_directory(tool, item, names[i]))
				return true;
		}
		list = span_of(path ? path : "");
		while (!*tools && take_item(&list, ':', &item))
			if (!span_is_empty(item) && try_directory(tool, item, names[i]))
				return true;
	}
	return false;
}

static bool run_tool(struct instructions *list, const struct tool *tool, bool intel,
		     const char *path, uint64_t start, uint64_t last, struct error *error)
{
	struct text from = {0}, to = {0}, file = {0}, output = {0};
	const char *argv[12] = {tool->path.bytes, "--disassemble", "--demangle",
				"--no-show-raw-insn", "--line-numbers"};
	size_t count = 5;
	bool good;

	text_printf(&from, "--start-address=%#" PRIx64, start);
	text_printf(&to, "--stop-address=%#" PRIx64, last);
	/* A name that looks like an option is none. */
	text_printf(&file, "%s%s", *path == '-' ? "./" : "", path);
	argv[count++] = from.bytes;
	argv[count++] = to.bytes;
	if (intel && tool->is_llvm) {
		argv[count++] = "--x86-asm-syntax=intel";
	} else if (intel) {
		argv[count++] = "-M";
		argv[count++] = "intel";
	}
	argv[count] = file.bytes;
	good = process_run(argv, NULL, 0, &output, error) == PROCESS_GOOD;
	if (good)
		instructions_parse(list, text_string(&output), output.length);
	text_clear(&from);
	text_clear(&to);
	text_clear(&file);
	text_clear(&output);
	return good;
}

bool instructions_read(struct instructions *list, const struct disassembler *how, const char *path,
		       uint64_t start, uint64_t end, uint64_t last, struct error *error)
{
	struct tool tool = {0};
	bool good;

	if (find_tool(&tool, how->tools ? how->tools : ""))
		good = run_tool(list, &tool, how->intel, path, start, last, error);
	else
		good = machine_code_read(list, path, start, end, how->intel, error);
	text_clear(&tool.path);
	return good;
}

void instructions_clear(struct instructions *list)
{
	free(list->items);
	arena_clear(&list->arena);
	*list = (struct instructions){0};
}
