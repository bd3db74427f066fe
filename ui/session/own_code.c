/* SPDX-License-Identifier: MIT */
#include "ui/session/own_code.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/pattern.h"
#include "classify/owner.h"
#include "classify/package.h"
#include "profile/owners.h"

/* A pattern has its limits; functions without a package are left out beyond this. */
#define MOST_BYTES 30000

/* A function while packages are made of them. */
struct owned {
	const char *name;
	size_t package; /* bytes of the name */
	bool foreign;
};

static int by_package(const void *a, const void *b)
{
	const struct owned *x = a, *y = b;
	size_t shorter = x->package < y->package ? x->package : y->package;
	int order = memcmp(x->name, y->name, shorter);

	if (!order)
		order = (x->package > y->package) - (x->package < y->package);
	return order ? order : strcmp(x->name, y->name);
}

static bool same_package(const struct owned *a, const struct owned *b)
{
	return a->package == b->package && !memcmp(a->name, b->name, a->package);
}

static void add_alternative(struct text *list, const char *name, size_t length)
{
	struct text part = {0};

	text_add(&part, name, length);
	if (list->length)
		text_add_char(list, '|');
	pattern_quote(list, text_string(&part));
	text_clear(&part);
}

/* A package without anything of one's own goes as a whole, other functions one by one. */
static void write_expression(const struct owned *functions, size_t count, struct text *expression)
{
	struct text packages = {0}, names = {0};

	for (size_t i = 0, end; i < count; i = end) {
		bool own = false;

		for (end = i; end < count && same_package(&functions[i], &functions[end]); end++)
			own = own || !functions[end].foreign;
		if (!own && functions[i].package) {
			add_alternative(&packages, functions[i].name, functions[i].package);
			continue;
		}
		for (size_t k = i; k < end; k++)
			if (functions[k].foreign &&
			    packages.length + names.length + strlen(functions[k].name) < MOST_BYTES)
				add_alternative(&names, functions[k].name,
						strlen(functions[k].name));
	}
	if (packages.length)
		text_printf(expression, "^(?:%s)(?:\\.|::)", packages.bytes);
	if (names.length)
		text_printf(expression, "%s^(?:%s)$", expression->length ? "|" : "", names.bytes);
	text_clear(&packages);
	text_clear(&names);
}

bool own_code_expression(const struct profile *profile, struct text *expression)
{
	struct owned *functions = alloc_zero(profile->function_count, sizeof(*functions));
	uint8_t *owners = owners_build(profile);
	size_t own = 0;

	text_reset(expression);
	for (function_id i = 0; i < profile->function_count; i++) {
		const char *name = profile_text(profile, profile->functions[i].name);

		functions[i] =
			(struct owned){name, package_length(name), owners[i] != OWNER_PROGRAM};
		own += !functions[i].foreign;
	}
	if (profile->function_count)
		qsort(functions, profile->function_count, sizeof(*functions), by_package);
	write_expression(functions, profile->function_count, expression);
	free(functions);
	free(owners);
	return own > 0 && expression->length > 0;
}

bool own_code_toggle(const char *filter, const char *expression, struct text *hide)
{
	const char *found = *expression ? strstr(filter, expression) : NULL;
	const char *rest = found ? found + strlen(expression) : NULL;

	text_reset(hide);
	if (!found) {
		text_printf(hide, "%s%s%s", expression, *filter ? "|" : "", filter);
		return true;
	}
	/* With the bar that joined it to what stands before or behind it. */
	text_add(hide, filter, (size_t)(found - filter));
	if (hide->length && hide->bytes[hide->length - 1] == '|')
		hide->bytes[--hide->length] = '\0';
	else if (*rest == '|')
		rest++;
	text_add_string(hide, rest);
	return false;
}
