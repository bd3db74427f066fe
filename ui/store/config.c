/* SPDX-License-Identifier: MIT */
#include "ui/store/config.h"

#include <ctype.h>
#include <string.h>

#include "setting/setting.h"
#include "ui/input/help_line.h"

#define SUMMARY_COLUMN 38 /* where it stands what a setting is for */

/* One line while it is read. */
struct reading {
	const struct config *config;
	const char *line;
	struct error *error;
};

static bool fail_at(const struct reading *reading, const char *where)
{
	return error_at(reading->error, (size_t)(where - reading->line));
}

/* Cuts the next word off *rest into `word`; false if there is none. */
static bool next_word(const char **rest, const char *stops, struct text *word)
{
	const char *start = *rest + strspn(*rest, " \t");
	size_t length = strcspn(start, stops);

	text_reset(word);
	text_add(word, start, length);
	*rest = start + length;
	return length > 0;
}

/* --- Settings ------------------------------------------------------------- */

/* Options that mean nothing before one profile or one report is named. */
static bool belongs_elsewhere(const struct reading *reading, const struct option *option)
{
	if (!strcmp(option->name, "output"))
		return error_set(reading->error, "output is of one report: :REPORT > FILE");
	if (!strcmp(option->name, "normalize"))
		return error_set(reading->error,
				 "normalize holds when profiles are read: -normalize");
	if (!strcmp(option->name, "sample_index") && !reading->config->profile)
		return error_set(
			reading->error,
			"sample types differ by profile: -sample_index=TYPE, or the key m");
	return true;
}

/* An option that the command line names is only checked. */
static bool set_option(const struct reading *reading, const struct option *option,
		       const struct setting *setting)
{
	const struct config *config = reading->config;
	struct settings checked;
	bool good;

	if (!config->is_given || !config->is_given(config->owner, option))
		return setting_apply(setting, config->profile, config->settings, reading->error);
	settings_init(&checked);
	good = setting_apply(setting, config->profile, &checked, reading->error);
	settings_clear(&checked);
	return good;
}

/* Sets *named once it is the value that is wrong, and not what is to have it. */
static bool set_value(const struct reading *reading, const struct setting *setting,
		      const struct preference *preference, const char *value, bool *named)
{
	const struct option *option = setting_option(setting);

	*named = preference != NULL;
	if (preference)
		return !reading->config->preferences ||
		       preference_set(reading->config->preferences, preference, value,
				      reading->error);
	if (!option && !setting_is_known(setting))
		return error_set(reading->error,
				 "there is no setting \"%.*s\"; :set lists them with their values",
				 (int)span_length(setting->name), setting->name.at);
	if (option && !belongs_elsewhere(reading, option))
		return false;
	*named = true;
	return option ? set_option(reading, option, setting)
		      : setting_apply(setting, NULL, reading->config->settings, reading->error);
}

/* A name alone is right for a switch; of anything else it asks for the value, which is told. */
static bool fail_bare(const struct reading *reading, const char *name)
{
	const struct preference *preference = preference_find(name);
	const struct option *option = option_find(name);
	struct text value = {0};

	if (preference ? preference->kind == PREFERENCE_BOOL
		       : !option || option->kind == OPTION_BOOL || option->kind == OPTION_CHOICE)
		return false;
	if (preference && reading->config->preferences)
		preference_print(reading->config->preferences, preference, &value);
	else if (option)
		option_print(reading->config->settings, option, &value);
	error_set(reading->error, "%s=%.200s now; set %s=VALUE changes it", name,
		  text_string(&value), name);
	text_clear(&value);
	return true;
}

/* "NAME VALUE", "NAME=VALUE" or, of a switch, "NAME". */
static bool take_setting(const struct reading *reading, const char *rest)
{
	const char *start = rest + strspn(rest, " \t");
	struct text name = {0}, value = {0};
	struct setting setting;
	bool good, named = false;

	if (!next_word(&rest, " \t=", &name)) {
		text_clear(&name);
		error_set(reading->error, "name a setting: set NAME=VALUE");
		return fail_at(reading, start);
	}
	setting.name = span_of(name.bytes);
	rest += strspn(rest, " \t");
	setting.value =
		*rest ? setting_value(span_of(rest + (*rest == '='))) : (struct span){NULL, NULL};
	if (setting.value.at)
		text_add(&value, setting.value.at, span_length(setting.value));
	good = (setting.value.at || !fail_bare(reading, name.bytes)) &&
	       set_value(reading, &setting, preference_find(name.bytes), text_string(&value),
			 &named);
	if (!good)
		fail_at(reading,
			named && setting.value.at ? setting.value.at + reading->error->at : start);
	text_clear(&name);
	text_clear(&value);
	return good;
}

/* --- Keys ----------------------------------------------------------------- */

static bool take_binding(const struct reading *reading, const char *rest, bool unbind)
{
	struct key_map *keys = reading->config->keys;
	struct text key = {0}, command = {0};
	const char *start = rest + strspn(rest, " \t");
	bool good = next_word(&rest, " \t", &key);

	if (!keys) {
		text_clear(&key);
		return true;
	}
	if (!good)
		error_set(reading->error,
			  unbind ? "name a key: unbind KEY" : "name a key: bind KEY COMMAND");
	else if (unbind)
		good = key_map_unbind(keys, key.bytes, reading->error);
	else if (!next_word(&rest, " \t", &command))
		good = error_set(reading->error,
				 "name a command: bind KEY COMMAND; help lists all");
	else
		good = key_map_bind(keys, key.bytes, command.bytes, reading->error);
	if (!good && command.length && reading->error->at)
		start = rest - command.length;
	if (good && rest[strspn(rest, " \t")]) {
		start = rest + strspn(rest, " \t");
		good = error_set(reading->error, "one key and one command a line");
	}
	if (!good)
		fail_at(reading, start);
	text_clear(&key);
	text_clear(&command);
	return good;
}

/* --- Lines ---------------------------------------------------------------- */

bool config_line(const struct config *config, const char *line, struct error *error)
{
	struct reading reading = {config, line, error};
	const char *rest = line + strspn(line, " \t");
	struct text word = {0};
	bool good = true, named;

	if (!*rest || *rest == '#')
		return true;
	named = next_word(&rest, " \t=", &word);
	if (named && !strcmp(word.bytes, "set")) {
		good = take_setting(&reading, rest);
	} else if (named && (!strcmp(word.bytes, "bind") || !strcmp(word.bytes, "unbind"))) {
		good = take_binding(&reading, rest, word.bytes[0] == 'u');
	} else if (rest[strspn(rest, " \t")] == '=') {
		good = take_setting(&reading, line);
	} else {
		error_set(error,
			  "a line is set NAME=VALUE, bind KEY COMMAND, unbind KEY or # text");
		good = fail_at(&reading, line + strspn(line, " \t"));
	}
	text_clear(&word);
	return good;
}

size_t config_text(const struct config *config, const char *name, const struct text *text,
		   struct error *error)
{
	const char *at = text_string(text), *end = at + text->length;
	size_t wrong = 0;
	struct text line = {0};

	for (unsigned number = 1; at < end; number++) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t length = (size_t)((stop ? stop : end) - at);
		struct error reason;

		text_reset(&line);
		text_add(&line, at, length && at[length - 1] == '\r' ? length - 1 : length);
		if (!config_line(config, text_string(&line), &reason) && !wrong++)
			error_set(error, "%s:%u: %.800s", name, number, reason.message);
		at += length + 1;
	}
	text_clear(&line);
	return wrong;
}

/* A setting and what it is for: on lines of its own where both do not fit into 80 columns. */
static void print_setting(const char *name, const struct text *value, const char *summary,
			  struct text *text)
{
	size_t start = text->length;

	text_printf(text, "  %-20s = %-12s ", name, text_string(value));
	if (text->length - start > SUMMARY_COLUMN)
		text_printf(text, "\n%*s", SUMMARY_COLUMN, "");
	help_line_add_sentence(text, summary, SUMMARY_COLUMN);
}

void config_print(const struct config *config, struct text *text)
{
	struct text value = {0};

	text_add_string(text, "The explorer\n");
	for (const struct preference *preference = preferences; preference->name; preference++) {
		text_reset(&value);
		preference_print(config->preferences, preference, &value);
		print_setting(preference->name, &value, preference->summary, text);
	}
	text_add_string(text, "\nWhat is shown, and reports\n");
	for (const struct option *option = options; option->name; option++) {
		text_reset(&value);
		option_print(config->settings, option, &value);
		print_setting(option->name, &value, option->summary, text);
	}
	text_clear(&value);
}
