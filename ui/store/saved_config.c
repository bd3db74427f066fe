/* SPDX-License-Identifier: MIT */
#include "ui/store/saved_config.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "setting/setting.h"
#include "ui/store/config.h"
#include "base/user_file.h"

#define LONGEST_NAME 64

bool saved_config_check(const char *name, struct error *error)
{
	size_t length = strlen(name);

	if (!length)
		return error_set(error, "name it: save NAME, load NAME; configs lists all");
	for (const char *at = name; *at; at++)
		if (!isalnum((unsigned char)*at) && !strchr("._-", *at))
			length = LONGEST_NAME + 1;
	return (length <= LONGEST_NAME && *name != '.') ||
	       error_set(error, "\"%.40s\": names are letters, digits, dots, _ and -", name);
}

static bool find_path(const char *name, struct text *path, struct error *error)
{
	struct text file = {0};
	bool good;

	text_printf(&file, "configs/%s", name);
	good = user_file_path(USER_CONFIG, file.bytes, path);
	text_clear(&file);
	return good || error_set(error, "no directory for it: set $HOME or $XDG_CONFIG_HOME");
}

/* --- Lines ---------------------------------------------------------------- */

/* What holds for one report or for reading is no part of it. */
static bool is_kept(const struct option *option)
{
	return strcmp(option->name, "output") != 0 && strcmp(option->name, "normalize") != 0;
}

void saved_config_print(const struct settings *settings, struct text *text)
{
	struct text value = {0}, standard = {0};
	struct settings defaults;

	settings_init(&defaults);
	for (const struct option *option = options; option->name; option++) {
		text_reset(&value);
		text_reset(&standard);
		option_print(settings, option, &value);
		option_print(&defaults, option, &standard);
		/* Of a choice only the row that was chosen can be set. */
		if (!is_kept(option) || !strcmp(text_string(&value), text_string(&standard)) ||
		    (option->kind == OPTION_CHOICE && strcmp(value.bytes, "true") != 0))
			continue;
		text_add_string(text, "set ");
		setting_print(settings, option, text);
		text_add_char(text, '\n');
	}
	settings_clear(&defaults);
	text_clear(&value);
	text_clear(&standard);
}

bool saved_config_parse(struct settings *settings, const char *name, const struct text *text,
			const struct profile *profile, struct error *error)
{
	const struct config config = {.settings = settings, .profile = profile};
	size_t wrong;

	settings_init(settings);
	wrong = config_text(&config, name, text, error);
	if (wrong)
		settings_clear(settings);
	return wrong == 0;
}

/* --- Files ---------------------------------------------------------------- */

/* Some values cannot stand on a line as they are: those with a line break, or with "//:". */
static bool check_lines(const struct text *text, struct error *error)
{
	struct text again = {0};
	struct settings settings;
	bool good = saved_config_parse(&settings, "save", text, NULL, error);

	if (good) {
		saved_config_print(&settings, &again);
		good = !strcmp(text_string(text), text_string(&again)) ||
		       error_set(error,
				 "a value has a line break or //: in it and cannot be saved");
		settings_clear(&settings);
	}
	text_clear(&again);
	return good;
}

bool saved_config_write(const char *name, const struct settings *settings, bool *replaced,
			struct error *error)
{
	struct text path = {0}, text = {0}, lines = {0};
	struct settings plain;
	bool good;

	/* Which type is meant needs the profile to be understood, so it is left out of the check. */
	settings_copy(&plain, settings);
	*plain.sample_index = '\0';
	saved_config_print(&plain, &lines);
	settings_clear(&plain);
	saved_config_print(settings, &text);
	good = saved_config_check(name, error) && check_lines(&lines, error) &&
	       find_path(name, &path, error);
	*replaced = good && access(path.bytes, F_OK) == 0;
	good = good && user_file_write(path.bytes, text_string(&text), text.length, error);
	text_clear(&path);
	text_clear(&text);
	text_clear(&lines);
	return good;
}

bool saved_config_read(const char *name, struct settings *settings, const struct profile *profile,
		       struct error *error)
{
	struct text path = {0}, content = {0};
	bool good = saved_config_check(name, error) && find_path(name, &path, error);

	if (good) {
		enum user_file_state state = user_file_read(path.bytes, &content, error);

		if (state == USER_FILE_ABSENT)
			error_set(error, "there is no config \"%s\"; configs lists all", name);
		good = state == USER_FILE_READ &&
		       saved_config_parse(settings, name, &content, profile, error);
	}
	text_clear(&path);
	text_clear(&content);
	return good;
}

static int is_name(const struct dirent *entry)
{
	struct error error;

	return saved_config_check(entry->d_name, &error);
}

void saved_config_list(void (*each)(void *owner, const char *name), void *owner)
{
	struct text path = {0};
	struct dirent **entries = NULL;
	int count = 0;

	if (user_file_path(USER_CONFIG, "configs", &path))
		count = scandir(path.bytes, &entries, is_name, alphasort);
	for (int i = 0; i < count; i++) {
		each(owner, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	text_clear(&path);
}

void saved_config_summary(const char *name, struct text *text)
{
	struct text path = {0}, content = {0};
	struct error error;

	if (find_path(name, &path, &error) &&
	    user_file_read(path.bytes, &content, &error) == USER_FILE_READ)
		for (char *at = content.bytes; at && *at;) {
			size_t length = strcspn(at, "\n");
			size_t skip = strncmp(at, "set ", 4) == 0 ? 4 : 0;

			text_add_string(text, text->length ? "  " : "");
			text_add(text, at + skip, length - skip);
			at += length + (at[length] == '\n');
		}
	text_clear(&path);
	text_clear(&content);
}
