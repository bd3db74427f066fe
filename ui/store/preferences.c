/* SPDX-License-Identifier: MIT */
#include "ui/store/preferences.h"

#include <string.h>

#include "setting/options.h"

static const char *const color_words[] = {
	[COLOR_AUTO] = "auto", [COLOR_ALWAYS] = "always", [COLOR_NEVER] = "never", NULL};

static const char *const theme_words[] = {[THEME_AUTO] = "auto",
					  [THEME_DARK] = "dark",
					  [THEME_LIGHT] = "light",
					  [THEME_BLIND] = "blind",
					  NULL};

const char *const first_pane_words[] = {"auto",      "top",      "peek",  "icicle",
					"sandwich",  "source",   "tree",  "labels",
					"diagnosis", "overview", "files", NULL};

const struct preference preferences[] = {
	{"color", PREFERENCE_WORD, offsetof(struct preferences, color), color_words,
	 "Colours: auto (unless $NO_COLOR is set), always or never"},
	{"theme", PREFERENCE_WORD, offsetof(struct preferences, theme), theme_words,
	 "Colours for a dark or a light background (auto: $COLORFGBG), or for the colour-blind"},
	{"first_pane", PREFERENCE_WORD, offsetof(struct preferences, first_pane), first_pane_words,
	 "Pane to start with; auto: Top, or what suits the profile"},
	{"ascii", PREFERENCE_BOOL, offsetof(struct preferences, ascii), NULL,
	 "Draw with ASCII only, whatever the locale says"},
	{"utf8", PREFERENCE_BOOL, offsetof(struct preferences, utf8), NULL,
	 "Draw with UTF-8, whatever the locale says"},
	{"history", PREFERENCE_BOOL, offsetof(struct preferences, history), NULL,
	 "Keep what is typed at prompts for the next time"},
	{"clipboard", PREFERENCE_BOOL, offsetof(struct preferences, clipboard), NULL,
	 "Let y and Y write to the clipboard of the terminal (OSC 52)"},
	{"mouse", PREFERENCE_BOOL, offsetof(struct preferences, mouse), NULL,
	 "A click selects, a double click is Enter, the wheel scrolls"},
	{"autoreload", PREFERENCE_BOOL, offsetof(struct preferences, autoreload), NULL,
	 "Read a file again when it has changed, without R"},
	{"columns", PREFERENCE_COLUMNS, offsetof(struct preferences, columns), NULL,
	 "Columns of Top, with widths: flat:12,cum%,bar:30; empty: by the room there is"},
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
	error_set(error, "%s=%.40s: use one of %s", preference->name, value, words.bytes);
	text_clear(&words);
	return false;
}

static bool set_bool(bool *field, const struct preference *preference, const char *value,
		     struct error *error)
{
	if (!strcmp(value, "on"))
		value = "true";
	if (!strcmp(value, "off"))
		value = "false";
	return option_parse_bool(value, field) ||
	       error_set(error, "%s=%.40s: use on or off", preference->name, value);
}

bool preference_set(struct preferences *values, const struct preference *preference,
		    const char *value, struct error *error)
{
	void *field = field_of(values, preference);

	switch (preference->kind) {
	case PREFERENCE_WORD:
		return set_word(field, preference, value, error);
	case PREFERENCE_COLUMNS:
		return columns_parse(value, field, error);
	case PREFERENCE_BOOL:
		break;
	}
	return set_bool(field, preference, value, error);
}

void preference_print(const struct preferences *values, const struct preference *preference,
		      struct text *text)
{
	const void *field = field_of(values, preference);

	switch (preference->kind) {
	case PREFERENCE_BOOL:
		text_add_string(text, *(const bool *)field ? "on" : "off");
		break;
	case PREFERENCE_WORD:
		text_add_string(text, preference->words[*(const int *)field]);
		break;
	case PREFERENCE_COLUMNS:
		columns_print(field, text);
		break;
	}
}
