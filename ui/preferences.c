#include "ui/preferences.h"

#include <string.h>

#include "options.h"

static const char *const color_words[] = {
	[COLOR_AUTO] = "auto", [COLOR_ALWAYS] = "always", [COLOR_NEVER] = "never", NULL};

const struct preference preferences[] = {
	{"color", offsetof(struct preferences, color), color_words,
	 "Colours: auto (unless $NO_COLOR is set), always or never"},
	{"ascii", offsetof(struct preferences, ascii), NULL,
	 "Draw with ASCII only, whatever the locale says"},
	{"utf8", offsetof(struct preferences, utf8), NULL,
	 "Draw with UTF-8, whatever the locale says"},
	{"history", offsetof(struct preferences, history), NULL,
	 "Keep what is typed at prompts for the next time"},
	{"clipboard", offsetof(struct preferences, clipboard), NULL,
	 "Let y and Y write to the clipboard of the terminal (OSC 52)"},
	{"mouse", offsetof(struct preferences, mouse), NULL,
	 "A click selects, a double click is Enter, the wheel scrolls"},
	{.name = NULL},
};

void preferences_init(struct preferences *values)
{
	*values = (struct preferences){.history = true, .clipboard = true};
}

const struct preference *preference_find(const char *name)
{
	for (const struct preference *preference = preferences; preference->name; preference++)
		if (!strcmp(preference->name, name))
			return preference;
	return NULL;
}

static void *field_of(const struct preferences *values, const struct preference *preference)
{
	return (char *)values + preference->field;
}

static bool set_word(int *field, const struct preference *preference, const char *value,
		     struct error *error)
{
	struct text words = {0};

	for (int i = 0; preference->words[i]; i++) {
		if (!strcmp(preference->words[i], value)) {
			text_clear(&words);
			*field = i;
			return true;
		}
		text_printf(&words, "%s%s", i ? ", " : "", preference->words[i]);
	}
	error_set(error, "%s=%.40s: name one of %s", preference->name, value, words.bytes);
	text_clear(&words);
	return false;
}

bool preference_set(struct preferences *values, const struct preference *preference,
		    const char *value, struct error *error)
{
	bool *field = field_of(values, preference);

	if (preference->words)
		return set_word(field_of(values, preference), preference, value, error);
	if (!strcmp(value, "on"))
		value = "true";
	if (!strcmp(value, "off"))
		value = "false";
	return option_parse_bool(value, field) ||
	       error_set(error, "%s=%.40s: name on or off", preference->name, value);
}

const char *preference_value(const struct preferences *values, const struct preference *preference)
{
	if (preference->words)
		return preference->words[*(int *)field_of(values, preference)];
	return *(bool *)field_of(values, preference) ? "on" : "off";
}
