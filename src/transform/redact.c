/* SPDX-License-Identifier: MIT */
#include "transform/redact.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/bitset.h"
#include "base/pattern.h"
#include "transform/copy.h"
#include "transform/secret.h"

struct rule {
	struct pattern *pattern;
	char *replacement;
};

struct redact_rules {
	struct rule *rules;
	size_t count, capacity;
};

static bool add_rule(struct redact_rules *rules, const char *expression, const char *replacement,
		     struct error *error)
{
	struct rule rule = {.pattern = pattern_new_perl(expression, error)};

	if (!rule.pattern)
		return false;
	rule.replacement = alloc_text(replacement);
	array_push(rules->rules, rules->count, rules->capacity, rule);
	return true;
}

/* "REGEX => REPLACEMENT"; the line is ours to cut. */
static bool read_rule(struct redact_rules *rules, char *line, struct error *error)
{
	char *start = line + strspn(line, " \t"), *arrow = strstr(line, "=>"), *end;
	const char *replacement;

	line[strcspn(line, "\r")] = '\0';
	if (!*start || *start == '#')
		return true;
	if (!arrow)
		return error_set(error, "is no rule like \"REGEX => REPLACEMENT\"");
	replacement = arrow + 2 + strspn(arrow + 2, " \t");
	for (end = arrow; end > start && (end[-1] == ' ' || end[-1] == '\t');)
		end--;
	*end = '\0';
	if (!*start)
		return error_set(error, "has no regular expression before =>");
	if (!add_rule(rules, start, replacement, error))
		return false;
	return pattern_check_replacement(replacement, error);
}

static bool read_rules(struct redact_rules *rules, const char *text, struct error *error)
{
	char *lines = alloc_text(text), *next = lines;
	bool good = true;

	for (size_t number = 1; good && next; number++) {
		char *line = next;

		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		good = read_rule(rules, line, error) || error_wrap(error, "line %zu", number);
	}
	free(lines);
	return good;
}

struct redact_rules *redact_rules_new(const char *text, struct error *error)
{
	struct redact_rules *rules = alloc_zero(1, sizeof(*rules));
	bool good = !text || read_rules(rules, text, error);

	if (good)
		return rules;
	redact_rules_free(rules);
	return NULL;
}

void redact_rules_free(struct redact_rules *rules)
{
	if (!rules)
		return;
	for (size_t i = 0; i < rules->count; i++) {
		pattern_free(rules->rules[i].pattern);
		free(rules->rules[i].replacement);
	}
	free(rules->rules);
	free(rules);
}

bool redact_string(const struct redact_rules *rules, const char *string, size_t length,
		   struct text *out)
{
	struct text present = {0}, next = {0};
	bool changed;

	text_add(&present, string, length);
	for (size_t i = 0; i < rules->count; i++) {
		struct text swap = present;

		text_reset(&next);
		if (!pattern_replace(rules->rules[i].pattern, text_string(&present), present.length,
				     rules->rules[i].replacement, &next)) {
			text_reset(&next);
			text_add_string(&next, "[REDACTED]");
		}
		present = next;
		next = swap;
	}
	changed = present.length != length || memcmp(text_string(&present), string, length) != 0;
	changed |= secret_mask(text_string(&present), present.length, out);
	text_clear(&present);
	text_clear(&next);
	return changed;
}

/* The strings that are values of labels like "password": bitset by id, to be freed. */
static uint64_t *find_secret_values(const struct profile *profile)
{
	uint32_t count = strings_count(&profile->strings);
	uint64_t *secret = alloc_zero(bitset_words(count), sizeof(*secret));
	uint8_t *keys = alloc_zero(count, 1); /* 0: not looked at, 1: honest, 2: secret */

	for (uint32_t i = 0; i < profile->label_count; i++) {
		const struct label *label = &profile->labels[i];

		if (!keys[label->key])
			keys[label->key] = 1 + secret_names_value(profile_text(profile, label->key),
								  strings_length(&profile->strings,
										 label->key));
		if (keys[label->key] == 2 && label->text != NONE)
			bitset_add(secret, label->text);
	}
	free(keys);
	return secret;
}

/* Strings as they were made, and how many of each there are: 16,000 names may all become one. */
struct made {
	struct strings *all;
	struct strings bases;
	uint32_t *counts;
	size_t count, capacity;
};

/* Makes a replaced string another than all the others, by a number at its end. */
static void make_unique(struct made *made, struct text *text)
{
	string_id base = strings_add(&made->bases, text_string(text), text->length);
	size_t length = text->length;

	while (made->count <= base)
		array_push(made->counts, made->count, made->capacity, 1);
	while (strings_find(made->all, text_string(text), text->length) != NONE) {
		text->length = length;
		text_printf(text, "~%u", ++made->counts[base]);
	}
}

/* A line of the list; names may hold anything, so it is made safe. */
static void add_to_list(struct text *list, const char *old, size_t length, const struct text *made)
{
	text_add_sanitized(list, old, length, false);
	text_add_string(list, " => ");
	text_add_sanitized(list, text_string(made), made->length, false);
	text_add_char(list, '\n');
}

char *redact_copy(const struct redact_rules *rules, const char *string)
{
	struct text text = {0};

	if (!rules)
		return alloc_text(string);
	redact_string(rules, string, strlen(string), &text);
	if (!text.bytes)
		text_add_string(&text, "");
	return text.bytes;
}

/* The string as it is to be; true if that is another one. */
static bool replace_string(const struct profile *profile, const struct redact_rules *rules,
			   string_id id, bool secret, struct text *text)
{
	bool changed;

	text_reset(text);
	changed = redact_string(rules, strings_text(&profile->strings, id),
				strings_length(&profile->strings, id), text);
	if (secret)
		text_reset(text);
	if ((changed || secret) && text->length == 0)
		text_add_string(text, "[REDACTED]");
	return changed || secret;
}

/* The new string of each old one, by id, in a set that `all` lives in. */
static string_id *replace_strings(const struct profile *profile, const struct redact_rules *rules,
				  struct strings *all, struct text *list)
{
	uint32_t count = strings_count(&profile->strings);
	string_id *ids = alloc_zero(count, sizeof(*ids));
	uint64_t *secret = find_secret_values(profile);
	struct made made = {.all = all};
	struct text text = {0};

	strings_init(&made.bases, NULL);
	/* What stays keeps its name, so it is taken before anything is renamed. */
	for (int renaming = 0; renaming < 2; renaming++) {
		for (string_id i = 1; i < count; i++) {
			bool changed =
				replace_string(profile, rules, i, bitset_has(secret, i), &text);

			if (changed != (renaming == 1))
				continue;
			if (changed)
				make_unique(&made, &text);
			ids[i] = strings_add(all, text_string(&text), text.length);
			if (changed && list)
				add_to_list(list, strings_text(&profile->strings, i),
					    strings_length(&profile->strings, i), &text);
		}
	}
	strings_clear(&made.bases);
	free(made.counts);
	text_clear(&text);
	free(secret);
	return ids;
}

/* Warnings quote names and files too. */
static void redact_warnings(struct profile *profile, const struct redact_rules *rules)
{
	for (uint32_t i = 0; i < profile->warning_count; i++) {
		struct text text = {0};

		if (redact_string(rules, profile->warnings[i], strlen(profile->warnings[i]), &text))
			profile->warnings[i] =
				arena_text(&profile->arena, text_string(&text), text.length);
		text_clear(&text);
	}
}

struct profile *redact_profile(const struct profile *profile, const struct redact_rules *rules,
			       struct text *list, struct error *error)
{
	struct strings made;
	string_id *ids;
	struct profile *redacted;
	struct copy copy;

	strings_init(&made, NULL);
	ids = replace_strings(profile, rules, &made, list);
	copy_begin_renamed(&copy, profile, &made, ids);
	copy_types(&copy);
	copy_locations(&copy);
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		size_t count = copy_stack(&copy, i);

		copy_sample(&copy, i, copy.stack, count);
	}
	redacted = copy_finish(&copy, error);
	if (redacted)
		redact_warnings(redacted, rules);
	strings_clear(&made);
	free(ids);
	return redacted;
}
