/* SPDX-License-Identifier: MIT */
#include "ui/term/symbol_name.h"

#include <ctype.h>
#include <string.h>

#include "classify/package.h"

static bool fits(const char *name, enum charset charset, int columns)
{
	return canvas_width(charset, name, strlen(name), columns) <= columns;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* Bytes of an operator's name at `at`, whose brackets are none: "operator()", "operator<<". 0: no operator. */
static size_t operator_length(const char *name, const char *at)
{
	static const char word[] = "operator";
	size_t length = sizeof(word) - 1;

	if (strncmp(at, word, length) != 0 || is_word(at[length]) || (at > name && is_word(at[-1])))
		return 0;
	if (!strncmp(at + length, "()", 2) || !strncmp(at + length, "[]", 2))
		return length + 2;
	return length + strspn(at + length, "<>=-");
}

/* The bracket that closes the one at `open`; its end if there is none. */
static const char *find_close(const char *open)
{
	size_t depth = 0;
	const char *at = open;

	for (; *at; at++) {
		/* The arrow of a function type closes nothing. */
		if (*at == '>' && at > open && at[-1] == '-')
			continue;
		depth += *at == '(' || *at == '[' || *at == '<';
		depth -= depth && (*at == ')' || *at == ']' || *at == '>');
		if (!depth)
			break;
	}
	return at;
}

/*
 * The first place at or behind `at` that is outside of all brackets and starts
 * with `what`; NULL: there is none.
 */
static const char *find_outside(const char *name, const char *at, const char *what)
{
	while (*at) {
		size_t skip = operator_length(name, at);

		if (!strncmp(at, what, strlen(what)))
			return at;
		if (skip)
			at += skip;
		else if (*at == '(' || *at == '[' || *at == '<')
			at = find_close(at);
		at += *at && !skip;
	}
	return NULL;
}

/* Behind the type in front of a C++ function: "void ns::f<int>(int)". */
static const char *skip_type(const char *name)
{
	const char *parameters = name, *blank = name, *start = name;

	/* Only parameters follow a word; "(anonymous namespace)" does not. */
	for (const char *at = name; (at = find_outside(name, at, "(")); at = find_close(at)) {
		if (at > name && (is_word(at[-1]) || at[-1] == '>')) {
			parameters = at;
			break;
		}
	}
	while ((blank = find_outside(name, blank, " ")) && blank < parameters) {
		if (blank - start >= 8 && !strncmp(blank - 8, "operator", 8))
			break; /* "operator new" */
		start = ++blank;
	}
	return start;
}

/* The end of the first namespace or class; NULL if there is none. A turbofish, "f::<T>", is part of the name. */
static const char *find_namespace(const char *name)
{
	const char *at = find_outside(name, name, "::");

	while (at && at[2] == '<')
		at = find_outside(name, at + 2, "::");
	return at;
}

/* Leading namespaces go one by one; the last one, mostly a class, stays. */
static const char *drop_namespaces(const char *name, enum charset charset, int columns)
{
	const char *first, *second;

	if (!find_namespace(name))
		return name;
	name = skip_type(name);
	while (!fits(name, charset, columns) && (first = find_namespace(name)) &&
	       (second = find_namespace(first + 2)) && second > first)
		name = first + 2;
	return name;
}

/* "F[...]", "Reader<...>::read(...)": what stands in brackets behind a word, at any depth. */
static void fold(const char *name, struct text *folded)
{
	text_reset(folded);
	for (const char *at = name; *at; at++) {
		size_t skip = operator_length(name, at);
		const char *close;

		if (skip) {
			text_add(folded, at, skip);
			at += skip - 1;
			continue;
		}
		text_add_char(folded, *at);
		if (!strchr("([<", *at) || at == name || !(is_word(at[-1]) || at[-1] == '>'))
			continue;
		close = find_close(at);
		if (!*close || close - at <= 4)
			continue;
		text_add_string(folded, "...");
		at = close - 1;
	}
}

/* "FILE:LINE" or "FILE:LINE:COLUMN" at the end of a name, as lines and addresses have it; NULL: none. */
static const char *find_place(const char *name)
{
	const char *blank = strrchr(name, ' '), *end = name + strlen(name);
	const char *digits = end;

	while (blank && digits > blank && isdigit((unsigned char)digits[-1]))
		digits--;
	return blank && digits < end && digits > blank + 2 && digits[-1] == ':' ? blank + 1 : NULL;
}

/* Bytes of a Rust name without the hash at its end, "::h0123456789abcdef", which tells nobody anything. */
static size_t hashless_length(const char *name)
{
	size_t length = strlen(name), digits = 16, tail = digits + strlen("::h");
	const char *hash = name + length - tail;

	if (length <= tail || strncmp(hash, "::h", 3) != 0 ||
	    strspn(hash + 3, "0123456789abcdef") != digits)
		return length;
	return length - tail;
}

static const char *fit_function(const char *name, enum charset charset, int columns,
				struct text *scratch)
{
	const char *slash = package_slash(name);

	while (slash && name <= slash && !fits(name, charset, columns))
		name += strcspn(name, "/") + 1;
	if (fits(name, charset, columns))
		return name;
	name = drop_namespaces(name, charset, columns);
	if (fits(name, charset, columns))
		return name;
	fold(name, scratch);
	return text_string(scratch);
}

/* "Close" of "(*Writer).Close"; a closure keeps the function that it belongs to. */
static const char *drop_receiver(const char *name)
{
	const char *end = name;
	int depth = 0;

	for (; *end && (depth || *end != '.'); end++)
		depth += (*end == '(' || *end == '[' || *end == '<') -
			 (*end == ')' || *end == ']' || *end == '>');
	if (!*end || !end[1] || !strncmp(end, ".func", 5) || (end[1] >= '0' && end[1] <= '9'))
		return name;
	return end + 1;
}

/* What stands behind the last namespace or class. */
static const char *drop_classes(const char *name)
{
	const char *next;

	while ((next = find_namespace(name)) && next[2])
		name = next + 2;
	return name;
}

/* Of what is no line. */
static const char *squeeze_function(const char *name, enum charset charset, int columns,
				    struct text *scratch)
{
	const char *form = fit_function(name, charset, columns, scratch);

	if (fits(form, charset, columns))
		return form;
	if (*package_member(form))
		form = package_member(form);
	return fits(form, charset, columns) ? form : drop_receiver(drop_classes(form));
}

/* Bytes of the address and the blank in front of a name; 0: there is none. */
static size_t address_length(const char *name)
{
	size_t length = strspn(name, "0123456789abcdef");

	return length == 16 && name[length] == ' ' ? length + 1 : 0;
}

/*
 * A line is told from others of its function by its number, so directories of the
 * file go first, then the function is shortened: "findMatch deflate.go:274".
 */
static const char *fit_line(const char *name, const char *place, enum charset charset, int columns,
			    struct text *scratch)
{
	size_t address = address_length(name);
	struct text function = {0}, form = {0};
	const char *slash = strrchr(place, '/'), *short_place = slash ? slash + 1 : place;
	const char *number = name + (address ? strspn(name, "0") : 0);
	int room = columns - (int)(name + address - number) -
		   canvas_width(charset, short_place, strlen(short_place), columns) - 1;

	if (place > name + address)
		text_add(&function, name + address, (size_t)(place - name) - address - 1);
	text_add(scratch, number, (size_t)(name + address - number));
	if (function.length)
		text_printf(scratch, "%s ",
			    squeeze_function(text_string(&function), charset, room, &form));
	text_add_string(scratch, short_place);
	text_clear(&function);
	text_clear(&form);
	return text_string(scratch);
}

/* A name that is too long, without its hash: in `plain`, which must outlive what is made of it. */
static const char *drop_hash(const char *name, enum charset charset, int columns,
			     struct text *plain)
{
	size_t length = hashless_length(name);

	if (fits(name, charset, columns) || !name[length])
		return name;
	text_add(plain, name, length);
	return plain->bytes;
}

/* The form of a name, which may be a part of it, made of a copy: in `scratch`. */
static const char *keep(const char *form, const char *name, const struct text *plain,
			struct text *scratch)
{
	if (name != plain->bytes || form == scratch->bytes)
		return form;
	text_reset(scratch);
	text_add_string(scratch, form);
	return text_string(scratch);
}

static const char *fit(const char *name, enum charset charset, int columns, bool squeeze,
		       struct text *scratch)
{
	const char *place = !squeeze && fits(name, charset, columns) ? NULL : find_place(name);
	struct text plain = {0};
	const char *shown, *form;

	if (place)
		return !fits(name, charset, columns)
			       ? fit_line(name, place, charset, columns, scratch)
			       : fit_function(name, charset, columns, scratch);
	shown = drop_hash(name, charset, columns, &plain);
	form = (squeeze ? squeeze_function : fit_function)(shown, charset, columns, scratch);
	form = keep(form, shown, &plain, scratch);
	text_clear(&plain);
	return form;
}

const char *name_fit(const char *name, enum charset charset, int columns, struct text *scratch)
{
	return fit(name, charset, columns, false, scratch);
}

const char *name_squeeze(const char *name, enum charset charset, int columns, struct text *scratch)
{
	return fit(name, charset, columns, true, scratch);
}

const char *name_fit_path(const char *path, enum charset charset, int columns)
{
	const char *slash;

	while (!fits(path, charset, columns) && (slash = strchr(path, '/')) && slash[1])
		path = slash + 1;
	return path;
}
