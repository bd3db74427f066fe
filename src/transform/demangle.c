/* SPDX-License-Identifier: MIT */
#include "transform/demangle.h"

#include <libiberty/demangle.h>
#include <setjmp.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "base/text.h"
#include "transform/rust_name.h"

/*
 * Of a mangled and of a readable name. The library refuses mangled names beyond 1 kB, as it goes as
 * deep as they are long; up to DEEPEST bytes that takes a small part of any thread's stack.
 */
enum { LONGEST = 64 * 1024, DEEPEST = 4 * 1024 };

/* What a library call writes to; too_long is where it is left for good. */
struct output {
	struct text *text;
	jmp_buf too_long;
};

/* What each word does to the mode; -1 leaves the style as it is. */
static const struct {
	const char *word;
	bool places, local, remote, fast; /* places: it says who is asked for names */
	bool force;
	int style;
} words_known[] = {
	{"", .style = -1},
	{"local", .places = true, .local = true, .style = -1},
	{"fastlocal", .places = true, .local = true, .fast = true, .style = -1},
	{"remote", .places = true, .remote = true, .style = -1},
	{"force", .force = true, .style = -1},
	{"none", .force = true, .style = DEMANGLE_NONE},
	{"full", .force = true, .style = DEMANGLE_FULL},
	{"templates", .force = true, .style = DEMANGLE_TEMPLATES},
	{"default", .style = -1},
};

static bool is_word(const char *at, size_t length, const char *word)
{
	return strlen(word) == length && !strncasecmp(at, word, length);
}

/* "full" alone means "demangle=full", as in pprof. */
static bool parse_word(const char *at, size_t length, struct demangle_mode *mode)
{
	static const char prefix[] = "demangle=";
	size_t skipped = sizeof(prefix) - 1;

	if (length > skipped && !strncasecmp(at, prefix, skipped)) {
		at += skipped;
		length -= skipped;
	}
	for (size_t i = 0; i < COUNT(words_known); i++) {
		if (!is_word(at, length, words_known[i].word))
			continue;
		if (words_known[i].places) {
			mode->local = words_known[i].local;
			mode->remote = words_known[i].remote;
			mode->fast |= words_known[i].fast;
		}
		mode->force |= words_known[i].force;
		if (words_known[i].style >= 0)
			mode->style = words_known[i].style;
		return true;
	}
	return false;
}

void demangle_parse(const char *words, struct demangle_mode *mode, struct text *messages)
{
	*mode = (struct demangle_mode){
		.symbolize = true, .local = true, .remote = true, .style = DEMANGLE_DEFAULT};
	for (const char *at = words;; at++) {
		size_t length = strcspn(at, ":");

		if (is_word(at, length, "none") || is_word(at, length, "no")) {
			*mode = (struct demangle_mode){.style = DEMANGLE_DEFAULT};
			return;
		}
		if (!parse_word(at, length, mode) && messages)
			text_printf(messages,
				    "ignoring unrecognized symbolization option: %s\n"
				    "expecting -symbolize=[local|fastlocal|remote|none][:force]"
				    "[:demangle=[none|full|templates|default]\n",
				    words);
		at += length;
		if (!*at)
			return;
	}
}

static void collect(const char *bytes, size_t length, void *data)
{
	struct output *output = data;

	if (output->text->length + length > LONGEST)
		longjmp(output->too_long, 1);
	text_add(output->text, bytes, length);
}

typedef int demangler(const char *mangled, int options, demangle_callbackref callback, void *data);

/*
 * References within a mangled name can double its length every few bytes, and
 * the library has no limit for that: it is left by a jump. It keeps its tree
 * on the stack, so nothing is lost.
 */
static bool run(demangler *demangle, const char *name, int options, struct text *text)
{
	struct output output = {.text = text};
	const int deep = strlen(name) <= DEEPEST ? DMGL_NO_RECURSE_LIMIT : 0;

	text_reset(text);
	if (setjmp(output.too_long))
		return false;
	return demangle(name, options | deep, collect, &output) && text->length > 0;
}

static void cut(struct text *text, size_t from, size_t to)
{
	memmove(text->bytes + from, text->bytes + to, text->length - to + 1);
	text->length -= to - from;
}

/* Cuts what stands in balanced brackets, up to the first that closes none. */
static void cut_balanced(struct text *text, char open, char close)
{
	size_t depth = 0, first = 0;

	for (size_t i = 0; i < text->length; i++) {
		if (text->bytes[i] == open) {
			if (!depth++)
				first = i;
		} else if (text->bytes[i] == close) {
			if (!depth)
				return;
			if (!--depth) {
				cut(text, first, i + 1);
				i = first - 1;
			}
		}
	}
}

static bool follows(const struct text *text, size_t at, const char *what)
{
	size_t length = strlen(what);

	return at >= length && !memcmp(text->bytes + at - length, what, length);
}

static bool starts(const char *at, const char *what)
{
	return !strncmp(at, what, strlen(what));
}

/* The length of an operator's name that looks like brackets; 0 if none is there. */
static size_t operator_length(const struct text *text, size_t at)
{
	static const char *const names[] = {"<=>", "<<=", ">>=", "->*", "<<", ">>",
					    "<=",  ">=",  "->",  "<",   ">",  "()"};

	if (!follows(text, at, "operator"))
		return 0;
	for (size_t i = 0; i < COUNT(names); i++) {
		if (starts(text->bytes + at, names[i]))
			return strlen(names[i]);
	}
	return 0;
}

/* Behind the bracket that closes the one at `open`, or 0. What other brackets hold is skipped. */
static size_t find_end(const struct text *text, size_t open)
{
	char opens = text->bytes[open], closes = opens == '<' ? '>' : ')';
	size_t depth = 0, round = 0;

	for (size_t i = open; i < text->length; i++) {
		char c = text->bytes[i];

		if (opens == '<' && c == '(')
			round++;
		else if (opens == '<' && c == ')' && round)
			round--;
		else if (!round && c == opens)
			depth++;
		else if (!round && c == closes && !--depth)
			return i + 1;
	}
	return 0;
}

static void cut_template_arguments(struct text *text)
{
	for (size_t i = 0; i < text->length;) {
		size_t name = operator_length(text, i), end;

		if (name || text->bytes[i] != '<') {
			i += name ? name : 1;
			continue;
		}
		end = find_end(text, i);
		if (!end)
			return;
		/* operator< <int> */
		if (i > 1 && text->bytes[i - 1] == ' ' && text->bytes[i - 2] == '<')
			i--;
		cut(text, i, end);
	}
}

/* Parameters of the functions around a local name: f(int) const::g becomes f() const::g. */
static void cut_enclosing_parameters(struct text *text)
{
	static const char *const qualifiers[] = {" const", " volatile", " &&", " &"};

	for (size_t i = 1; i < text->length;) {
		size_t name = operator_length(text, i), end = 0, behind;

		if (!name && text->bytes[i] == '(' && !strchr(" (<,:", text->bytes[i - 1]))
			end = find_end(text, i);
		behind = end;
		for (size_t k = 0; end && k < COUNT(qualifiers); k++) {
			if (starts(text->bytes + behind, qualifiers[k]))
				behind += strlen(qualifiers[k]);
		}
		if (end && starts(text->bytes + behind, "::"))
			cut(text, i + 1, end - 1);
		i += name ? name : 1;
	}
}

/* The library writes "a<b<c>>" or "a<b<c> >", by what an empty pack left behind; pprof the latter. */
static void part_closing_brackets(struct text *text)
{
	for (size_t i = 1; i + 1 < text->length; i++) {
		const char *at = text->bytes + i;
		size_t name = operator_length(text, i);
		bool shift = at[-1] == ')' && at[2] == '(';

		if (name) {
			i += name - 1;
		} else if (at[0] == '>' && at[1] == '>' && at[-1] != '-' && !shift) {
			text_add_char(text, ' ');
			memmove(text->bytes + i + 2, text->bytes + i + 1, text->length - i - 2);
			text->bytes[++i] = ' ';
		}
	}
}

static bool demangle_name(const char *name, int style, struct text *text)
{
	bool full = style == DEMANGLE_FULL;
	const char *clone;

	if (starts(name, "_R")) {
		/* Not by the library, which follows back references in circles. */
		text_reset(text);
		return rust_name(name, style != DEMANGLE_DEFAULT, text) && text->length > 0;
	}
	if (run(rust_demangle_callback, name, DMGL_RUST, text))
		return true;
	if (!run(cplus_demangle_v3_callback, name, full ? DMGL_PARAMS | DMGL_ANSI : DMGL_RET_DROP,
		 text))
		return false;
	/* Types of results go with those of enclosing functions only, not in template arguments. */
	if (style == DEMANGLE_TEMPLATES && !strstr(text->bytes, ")::") &&
	    !run(cplus_demangle_v3_callback, name, 0, text))
		return false;
	clone = strstr(text->bytes, " [clone ");
	if (clone)
		cut(text, (size_t)(clone - text->bytes), text->length);
	if (style == DEMANGLE_DEFAULT)
		cut_template_arguments(text);
	else
		part_closing_brackets(text);
	if (!full)
		cut_enclosing_parameters(text);
	return true;
}

/* Not Java's class.<init>, not Go's pkg.(*T[...]).method. */
static bool looks_readable(const char *name)
{
	return !strstr(name, ".<") && !strstr(name, "]).") &&
	       (strpbrk(name, "<>[]") || strstr(name, "::"));
}

static bool is_mangled(const char *name)
{
	return starts(name, "_Z") || starts(name, "_R") || starts(name, "_GLOBAL_");
}

/* False if the name is to stay. */
static bool make_readable(const char *name, size_t length, int style, struct text *text)
{
	if (is_mangled(name) && demangle_name(name, style, text))
		return true;
	/* macOS puts another _ in front. */
	if (*name == '_' && is_mangled(name + 1) && demangle_name(name + 1, style, text))
		return true;
	if (style == DEMANGLE_FULL || !looks_readable(name))
		return false;
	text_reset(text);
	text_add(text, name, length);
	cut_balanced(text, '(', ')');
	if (style == DEMANGLE_DEFAULT)
		cut_balanced(text, '<', '>');
	/* pprof leaves nothing of Python's <module>, and makes one function of all of them. */
	return text->length > 0;
}

bool demangle_text(const char *name, int style, struct text *text)
{
	return strlen(name) <= LONGEST && is_mangled(name) && demangle_name(name, style, text);
}

bool demangle_as_llvm(const char *name, struct text *text)
{
	static const char clone[] = " [clone ";
	char *at;

	if (strlen(name) > LONGEST || !is_mangled(name))
		return false;
	if (starts(name, "_R"))
		return run(rust_demangle_callback, name, DMGL_RUST, text);
	if (!run(cplus_demangle_v3_callback, name, DMGL_PARAMS | DMGL_ANSI, text))
		return false;
	at = strstr(text->bytes, clone);
	if (at && text->bytes[text->length - 1] == ']') {
		cut(text, (size_t)(at - text->bytes) + 2,
		    (size_t)(at - text->bytes) + strlen(clone));
		at[1] = '(';
		text->bytes[text->length - 1] = ')';
	}
	return true;
}

void demangle_functions(struct profile *profile, const struct demangle_mode *mode)
{
	struct text text = {0};

	if (!mode->symbolize)
		return;
	for (uint32_t i = 0; i < profile->function_count; i++) {
		struct function *function = &profile->functions[i];
		size_t length = strings_length(&profile->strings, function->system_name);
		const char *name = profile_text(profile, function->system_name);

		if (mode->force && function->name && function->system_name)
			function->name = function->system_name;
		if (mode->style == DEMANGLE_NONE ||
		    (function->name && function->name != function->system_name))
			continue;
		function->name = function->system_name;
		if (length <= LONGEST && strlen(name) == length &&
		    make_readable(name, length, mode->style, &text))
			function->name = strings_add(&profile->strings, text.bytes, text.length);
	}
	text_clear(&text);
}
