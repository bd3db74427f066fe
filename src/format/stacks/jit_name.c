/* SPDX-License-Identifier: MIT */
#include "format/stacks/jit_name.h"

#include <string.h>

#include "base/array.h"

bool jit_name_is_map(struct span object)
{
	const char *base = object.end;

	while (base > object.at && base[-1] != '/')
		base--;
	return span_starts((struct span){base, object.end}, "perf-") && span_length(object) > 4 &&
	       memcmp(object.end - 4, ".map", 4) == 0;
}

/* Takes ":13" from the end. */
static bool take_number(struct span *text, int64_t *number)
{
	const char *at = text->end;

	while (at > text->at && char_is_digit(at[-1]))
		at--;
	if (at == text->end || at == text->at || at[-1] != ':' ||
	    !span_decimal((struct span){at, text->end}, number))
		return false;
	text->end = at - 1;
	return true;
}

/* "*fib /app/app.js:1:13"; the sign tells which compiler made it. */
static bool split_javascript(struct span symbol, struct jit_name *name)
{
	static const char *const kinds[] = {
		"JS:", "LazyCompile:", "Function:", "Script:", "Eval:", "InterpretedFunction:"};
	bool found = false;
	const char *blank = NULL;
	int64_t column;

	for (size_t i = 0; i < COUNT(kinds) && !found; i++)
		found = span_take(&symbol, kinds[i]);
	if (!found)
		return false;
	while (!span_is_empty(symbol) && strchr("*~^+'", *symbol.at))
		symbol.at++;
	if (!take_number(&symbol, &column))
		return false;
	if (!take_number(&symbol, &name->line))
		name->line = column;
	/* Names have no blanks but those of "get x" and "set x"; paths may. */
	for (const char *at = symbol.at; at < symbol.end && !blank; at++)
		if (*at == ' ' && !span_equals((struct span){symbol.at, at}, "get") &&
		    !span_equals((struct span){symbol.at, at}, "set"))
			blank = at;
	name->name = (struct span){symbol.at, blank ? blank : symbol.at};
	name->file = (struct span){blank ? blank + 1 : symbol.at, symbol.end};
	if (span_is_empty(name->name))
		name->name = span_of("(anonymous)");
	return true;
}

/* "py::work:/app/app.py" */
static bool split_python(struct span symbol, struct jit_name *name)
{
	const char *colon;

	if (!span_take(&symbol, "py::"))
		return false;
	colon = memchr(symbol.at, ':', span_length(symbol));
	if (!colon)
		return false;
	name->name = (struct span){symbol.at, colon};
	name->file = (struct span){colon + 1, symbol.end};
	return true;
}

/* "java.util.List<E> App.list(int)" without what it returns. */
static struct span without_type(struct span symbol)
{
	const char *bracket = memchr(symbol.at, '(', span_length(symbol));
	const char *at = bracket;

	if (!bracket || !memchr(symbol.at, '.', (size_t)(bracket - symbol.at)))
		return symbol;
	while (at > symbol.at && at[-1] != ' ')
		at--;
	return (struct span){at, symbol.end};
}

struct jit_name jit_name_split(struct span symbol)
{
	struct jit_name name = {.name = symbol, .file = {symbol.end, symbol.end}};

	if (!split_javascript(symbol, &name) && !split_python(symbol, &name))
		name.name = without_type(symbol);
	return name;
}
