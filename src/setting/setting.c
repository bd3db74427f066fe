/* SPDX-License-Identifier: MIT */
#include "setting/setting.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "view/tag_filter.h"

/* pprof's shell takes what follows the last of these as a comment. */
#define COMMENT "//:"

#define LONGEST_NAME 40 /* bytes of a name that messages show */

struct span setting_value(struct span text)
{
	struct span rest = text;
	const char *comment;

	while ((comment = span_find(rest, COMMENT))) {
		text.end = comment;
		rest.at = comment + 1;
	}
	return span_trim(text);
}

struct setting setting_split(struct span text)
{
	const char *equals = memchr(text.at, '=', span_length(text));

	if (!equals)
		return (struct setting){span_trim(text), {NULL, NULL}};
	return (struct setting){span_trim((struct span){text.at, equals}),
				setting_value((struct span){equals + 1, text.end})};
}

/* As a text; NULL for none. */
static char *copy(struct span span)
{
	char *text;

	if (!span.at)
		return NULL;
	text = alloc(span_length(span) + 1);
	memcpy(text, span.at, span_length(span));
	text[span_length(span)] = '\0';
	return text;
}

/* The option of that name, or the one that is the value of a group. */
static const struct option *find(const char *name, const char *value)
{
	const struct option *option = option_find(name);

	return option || !value ? option : option_find_choice(name, value);
}

const struct option *setting_option(const struct setting *setting)
{
	char *name = copy(setting->name), *value = copy(setting->value);
	const struct option *option = find(name, value);

	free(name);
	free(value);
	return option;
}

bool setting_is_known(const struct setting *setting)
{
	char *name = copy(setting->name);
	struct text choices = {0};
	bool known = option_find(name) || option_list_choices(name, &choices);

	text_clear(&choices);
	free(name);
	return known;
}

void setting_use_type(struct settings *settings, uint32_t type, const struct profile *profile)
{
	free(settings->sample_index);
	settings->sample_index = alloc_text(profile_text(profile, profile->types[type].type));
	settings->view.value_type = type;
}

bool setting_check_filter(enum view_filter filter, const char *value, struct error *error)
{
	struct pattern *pattern = NULL;
	bool good = true;

	if (filter == FILTER_TAGFOCUS || filter == FILTER_TAGIGNORE)
		good = tag_filter_check(value, error);
	else if (*value)
		good = (pattern = pattern_new(value, false, error)) != NULL;
	pattern_free(pattern);
	return good || error_wrap(error, "%s", view_filter_names[filter]);
}

/* What does not compile must not stay in the settings. */
static bool set(struct settings *settings, const struct option *option, const char *value,
		const struct profile *profile, struct error *error)
{
	uint32_t type;

	if (profile && strcmp(option->name, "sample_index") == 0) {
		if (!profile_find_type(profile, value, &type, error))
			return false;
		setting_use_type(settings, type, profile);
		return true;
	}
	if (option->kind == OPTION_FILTER &&
	    !setting_check_filter((enum view_filter)option->field, value, error))
		return false;
	return option_set(settings, option, value, error);
}

/* There is no such option, but perhaps a group of that name. */
static bool fail_unknown(const char *name, const char *value, struct error *error)
{
	struct text choices = {0};

	if (option_list_choices(name, &choices))
		error_set(error, "%s=%s: use one of %s", name, value ? value : "", choices.bytes);
	else
		error_set(error, "there is no setting \"%.*s\"", LONGEST_NAME, name);
	text_clear(&choices);
	return false;
}

bool setting_apply(const struct setting *setting, const struct profile *profile,
		   struct settings *settings, struct error *error)
{
	char *name = copy(setting->name), *value = copy(setting->value);
	const struct option *option = find(name, value);
	bool is_switch = option && (option->kind == OPTION_BOOL || option->kind == OPTION_CHOICE),
	     good;

	if (!option)
		good = fail_unknown(name, value, error);
	else if (!value && !is_switch)
		good = error_set(error, "please give a value: %s=VALUE", name);
	else if (value && strcmp(name, option->name) != 0)
		good = set(settings, option, "true", profile, error); /* sort=cum is cum */
	else
		good = set(settings, option, value ? value : "", profile, error);
	free(name);
	free(value);
	return good;
}

bool setting_parse(struct span text, const struct profile *profile, struct settings *settings,
		   struct error *error)
{
	struct setting setting = setting_split(text);
	const char *wrong =
		setting.value.at && setting_is_known(&setting) ? setting.value.at : setting.name.at;

	return setting_apply(&setting, profile, settings, error) ||
	       error_at(error, (size_t)(wrong - text.at) + error->at);
}

void setting_print(const struct settings *settings, const struct option *option, struct text *text)
{
	text_printf(text, "%s=", option->name);
	option_print(settings, option, text);
}
