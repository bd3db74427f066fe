/* SPDX-License-Identifier: MIT */
#include "ui/store/label_expression.h"

#include <inttypes.h>
#include <string.h>

#include "base/pattern.h"
#include "profile/unit.h"

/* Text that means itself; commas and equal signs mean something to tagfocus, so they are named. */
static void add_literal(struct text *expression, const char *literal)
{
	struct text quoted = {0};

	pattern_quote(&quoted, literal);
	for (const char *at = text_string(&quoted); *at; at++) {
		bool special = *at == ',' || *at == '=';

		if (special && expression->length &&
		    expression->bytes[expression->length - 1] == '\\')
			expression->length--;
		if (special)
			text_printf(expression, "\\x%02x", (unsigned)*at);
		else
			text_add_char(expression, *at);
	}
	text_clear(&quoted);
}

/* A unit that numbers can be compared in has a name; any other is left out. */
static const char *range_unit(const struct label_key *key)
{
	const char *unit;

	unit_scale(1, key->unit, "auto", &unit);
	return *unit ? key->unit : "";
}

void label_expression(const struct label_key *key, const struct label_value *value,
		      struct text *expression)
{
	if (value->number) {
		text_printf(expression, "%s=%" PRId64 "%s", key->name, value->least,
			    range_unit(key));
		if (value->most != value->least)
			text_printf(expression, ":%" PRId64 "%s", value->most, range_unit(key));
		return;
	}
	label_expression_of(key->name, value->text, expression);
}

void label_expression_of(const char *key, const char *value, struct text *expression)
{
	/*
	 * A key with a = in it would end there, and none at all would stand for all:
	 * then the pattern is one of "key:value".
	 */
	bool joined = !*key || strchr(key, '=');

	if (!joined)
		text_printf(expression, "%s=", key);
	text_add_char(expression, '^');
	if (joined) {
		add_literal(expression, key);
		text_add_char(expression, ':');
	}
	add_literal(expression, value);
	text_add_char(expression, '$');
}

bool label_filter(const struct label_key *key, const struct label_value *value,
		  enum view_filter filter, struct view_spec *spec)
{
	const char *old = filter == FILTER_TAGIGNORE ? view_spec_filter(spec, filter) : "";
	struct text expression = {0}, all = {0};
	size_t name = strlen(key->name);
	bool good = true;

	label_expression(key, value, &expression);
	if (*old) {
		good = !value->number && !strncmp(old, expression.bytes, name + 1) &&
		       old[name] == '=';
		text_printf(&all, "%s|%s", old, expression.bytes + (good ? name + 1 : 0));
	}
	if (good)
		view_spec_set_filter(spec, filter, *old ? all.bytes : expression.bytes);
	text_clear(&expression);
	text_clear(&all);
	return good;
}
