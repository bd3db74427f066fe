/* SPDX-License-Identifier: MIT */
#include "view/tag_filter.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/pair_map.h"
#include "base/pattern.h"
#include "base/text.h"
#include "profile/unit.h"

/* One bit a pattern in the memory of what matched. */
#define MOST_PATTERNS 64

struct tag_filter {
	const struct profile *profile;
	const char **units;
	bool any_key;
	string_id key; /* NONE: no label has this key */
	/* A range: both ends in `unit`. */
	bool range, has_low, has_high, of_strings;
	double low, high;
	const char *unit;
	char unit_text[64];
	/* Patterns. */
	struct pattern *patterns[MOST_PATTERNS];
	size_t pattern_count;
	struct pair_map seen; /* (key, value) of labels */
	uint64_t *seen_bits;  /* by number in `seen`: which patterns match */
	size_t seen_capacity;
};

/* A number with letters behind it. */
struct quantity {
	int64_t value;
	char unit[64];
};

/* Reads [+-]digits[letters]; returns what is behind or NULL. */
static const char *read_quantity(const char *at, struct quantity *quantity)
{
	size_t length = 0;
	char *end;

	if (!isdigit((unsigned char)at[*at == '+' || *at == '-']))
		return NULL;
	errno = 0;
	quantity->value = strtoll(at, &end, 10);
	if (errno)
		return NULL;
	while (isalpha((unsigned char)end[length]))
		length++;
	if (length >= sizeof(quantity->unit))
		return NULL;
	memcpy(quantity->unit, end, length);
	quantity->unit[length] = '\0';
	return end + length;
}

/* False if the expression is no range; then it is a pattern. */
static bool parse_range(struct tag_filter *filter, const char *expression)
{
	struct quantity first, second;
	bool open = *expression == ':';
	const char *at = read_quantity(expression + open, &first), *unit;

	if (!at || (open && *at))
		return false;
	filter->low = filter->high = unit_scale(first.value, first.unit, first.unit, &unit);
	snprintf(filter->unit_text, sizeof(filter->unit_text), "%s", unit);
	filter->unit = filter->unit_text;
	filter->has_low = !open;
	filter->has_high = open || !*at;
	if (!*at)
		return true;
	if (*at++ != ':')
		return false;
	if (!*at)
		return true;
	at = read_quantity(at, &second);
	if (!at || *at)
		return false;
	filter->has_high = true;
	filter->high = unit_scale(second.value, second.unit, filter->unit, &unit);
	return strcmp(unit, filter->unit) == 0;
}

static bool add_pattern(struct tag_filter *filter, const char *text, size_t length,
			struct error *error)
{
	char *copy = alloc(length + 1);
	struct pattern *pattern;

	memcpy(copy, text, length);
	copy[length] = '\0';
	pattern = filter->pattern_count < MOST_PATTERNS ? pattern_new(copy, false, error) : NULL;
	if (filter->pattern_count == MOST_PATTERNS)
		error_set(error, "more than %d patterns; join some with |", MOST_PATTERNS);
	free(copy);
	if (pattern)
		filter->patterns[filter->pattern_count++] = pattern;
	return pattern != NULL;
}

static const char *value_of(const char *expression)
{
	const char *equals = strchr(expression, '=');

	return equals ? equals + 1 : expression;
}

/* What stands behind the key: a range, or else patterns. */
static bool take_value(struct tag_filter *filter, const char *expression, struct error *error)
{
	const char *value = value_of(expression);

	filter->range = parse_range(filter, value);
	while (!filter->range) {
		size_t length = strcspn(value, ",");

		if (!add_pattern(filter, value, length, error)) {
			error->at += (size_t)(value - expression);
			return false;
		}
		if (!value[length])
			break;
		value += length + 1;
	}
	return true;
}

bool tag_filter_check(const char *expression, struct error *error)
{
	struct tag_filter *filter = alloc_zero(1, sizeof(*filter));
	bool good = take_value(filter, expression, error);

	tag_filter_free(filter);
	return good;
}

struct tag_filter *tag_filter_new(const struct profile *profile, const char *expression,
				  const char **units, bool string_ranges, struct error *error)
{
	struct tag_filter *filter = alloc_zero(1, sizeof(*filter));
	const char *value = value_of(expression);

	filter->profile = profile;
	filter->units = units;
	filter->of_strings = string_ranges;
	/* As pprof has it, an empty key is none. */
	filter->any_key = value <= expression + 1;
	if (!filter->any_key)
		filter->key = strings_find(&profile->strings, expression,
					   (size_t)(value - expression) - 1);
	if (take_value(filter, expression, error))
		return filter;
	tag_filter_free(filter);
	return NULL;
}

void tag_filter_free(struct tag_filter *filter)
{
	if (!filter)
		return;
	for (size_t i = 0; i < filter->pattern_count; i++)
		pattern_free(filter->patterns[i]);
	pair_map_clear(&filter->seen);
	free(filter->seen_bits);
	free(filter);
}

bool tag_filter_is_range(const struct tag_filter *filter)
{
	return filter->range;
}

static bool in_range(const struct tag_filter *filter, int64_t number, const char *from)
{
	const char *unit;
	double value = unit_scale(number, from, filter->unit, &unit);

	return strcmp(unit, filter->unit) == 0 && (!filter->has_low || value >= filter->low) &&
	       (!filter->has_high || value <= filter->high);
}

/* A text without a unit is no number of bytes: what unit_scale would convert must fit first. */
static bool text_in_range(const struct tag_filter *filter, const struct label *label)
{
	const struct strings *strings = &filter->profile->strings;
	const char *text = strings_text(strings, label->text);
	struct quantity quantity;

	return read_quantity(text, &quantity) == text + strings_length(strings, label->text) &&
	       unit_compatible(quantity.unit, filter->unit) &&
	       in_range(filter, quantity.value, quantity.unit);
}

static bool label_in_range(const struct tag_filter *filter, const struct label *label)
{
	if (label->text == NONE)
		return in_range(filter, label->number, filter->units[label->key]);
	return filter->of_strings && text_in_range(filter, label);
}

/* Which patterns match a string label; every pair of key and value is asked once. */
static uint64_t matching_patterns(struct tag_filter *filter, const struct label *label)
{
	const struct strings *strings = &filter->profile->strings;
	size_t known = filter->seen.count;
	uint32_t number = pair_map_add(&filter->seen, label->key, label->text);
	struct text text = {0};

	if (filter->seen.count == known)
		return filter->seen_bits[number];
	array_reserve(filter->seen_bits, filter->seen_capacity, (size_t)number + 1);
	filter->seen_bits[number] = 0;
	if (filter->any_key) {
		text_add(&text, strings_text(strings, label->key),
			 strings_length(strings, label->key));
		text_add_char(&text, ':');
	}
	text_add(&text, strings_text(strings, label->text), strings_length(strings, label->text));
	for (size_t i = 0; i < filter->pattern_count; i++)
		if (pattern_matches(filter->patterns[i], text.bytes, text.length))
			filter->seen_bits[number] |= (uint64_t)1 << i;
	text_clear(&text);
	return filter->seen_bits[number];
}

bool tag_filter_matches(struct tag_filter *filter, uint32_t sample)
{
	const struct profile *profile = filter->profile;
	uint64_t all = filter->pattern_count == 64 ? UINT64_MAX
						   : ((uint64_t)1 << filter->pattern_count) - 1;
	uint64_t met = 0;

	if (!profile->label_start)
		return false;
	for (uint32_t i = profile->label_start[sample]; i < profile->label_start[sample + 1]; i++) {
		const struct label *label = &profile->labels[i];

		if (!filter->any_key && label->key != filter->key)
			continue;
		if (filter->range && label_in_range(filter, label))
			return true;
		if (!filter->range && label->text != NONE)
			met |= matching_patterns(filter, label);
	}
	return !filter->range && (filter->any_key ? met == all : met != 0);
}
