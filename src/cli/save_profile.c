/* SPDX-License-Identifier: MIT */
#include "cli/save_profile.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "cli/write_report.h"
#include "setting/options.h"

#define NUMBER_LIMIT 10000

/* mkdir -p; false with errno, and where it failed in `path`, cut off there. */
static bool make_directories(char *path)
{
	struct stat status;

	for (char *at = path + 1;; at++) {
		char c = *at;

		if (c && c != '/')
			continue;
		*at = '\0';
		if (mkdir(path, 0755) != 0) {
			int reason = errno == EEXIST ? ENOTDIR : errno;
			bool there = stat(path, &status) == 0 && S_ISDIR(status.st_mode);

			errno = reason;
			if (!there)
				return false;
		}
		*at = c;
		if (!c)
			return true;
	}
}

/* The first directory that can be had, to be freed; NULL if there is none. */
static char *find_directory(struct text *lines)
{
	const char *names[] = {getenv("PPROF_TMPDIR"), getenv("HOME"), getenv("TMPDIR")};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *name = i == 2 && (!names[i] || !*names[i]) ? "/tmp" : names[i];
		struct text path = {0}, tried = {0};

		if (!name || !*name)
			continue;
		text_printf(&path, "%s%s", name, i == 1 ? "/pprof" : "");
		text_add_string(&tried, path.bytes);
		if (make_directories(tried.bytes)) {
			text_clear(&tried);
			return path.bytes;
		}
		text_printf(lines, "Could not use temp dir %s: mkdir %s: %s\n", path.bytes,
			    tried.bytes, strerror(errno));
		text_clear(&tried);
		text_clear(&path);
	}
	return NULL;
}

/* "pprof.BINARY.TYPE.TYPE." A name from a profile is no path. */
static void add_name(const struct profile *profile, struct text *name)
{
	const char *file =
		profile->mapping_count ? profile_text(profile, profile->mappings[0].file) : "";
	const char *slash = strrchr(file, '/');
	size_t start;

	text_add_string(name, "pprof.");
	start = name->length;
	if (*file)
		text_printf(name, "%s.", slash && slash[1] ? slash + 1 : file);
	for (uint32_t i = 0; i < profile->type_count; i++)
		text_printf(name, "%s.", profile_text(profile, profile->types[i].type));
	for (size_t i = start; i < name->length; i++)
		if (name->bytes[i] == '/' || (unsigned char)name->bytes[i] < ' ')
			name->bytes[i] = '_';
}

/* Makes a file with the first free number; its name in `path`. False with errno. */
static bool make_file(const char *directory, const struct profile *profile, struct text *path)
{
	struct text prefix = {0};
	bool made = false;

	text_printf(&prefix, "%s/", directory);
	add_name(profile, &prefix);
	for (int i = 1; i < NUMBER_LIMIT && !made; i++) {
		FILE *file;

		text_reset(path);
		text_printf(path, "%s%03d.pb.gz", prefix.bytes, i);
		file = fopen(path->bytes, "wx");
		made = file != NULL;
		if (file)
			fclose(file);
		else if (errno != EEXIST)
			break;
	}
	text_clear(&prefix);
	return made;
}

/* All of the profile, whatever the options say about what is shown. */
static bool write_profile(const struct profile *profile, const char *path, struct error *error)
{
	struct settings settings;
	FILE *file = fopen(path, "wb");
	bool good;

	if (!file)
		return error_set(error, "%s: %s", path, strerror(errno));
	settings_init(&settings);
	settings.report.keep_type = true;
	good = render_report(report_find("proto"), NULL, &settings, profile, file, NULL, error);
	settings_clear(&settings);
	if (fclose(file) != 0 && good)
		good = error_set(error, "%s: %s", path, strerror(errno));
	if (!good)
		unlink(path);
	return good;
}

void save_profile(const struct profile *profile, const char *file, struct text *lines)
{
	char *directory = *file ? NULL : find_directory(lines);
	struct text path = {0};
	struct error error;
	bool good = true;

	if (*file)
		text_add_string(&path, file);
	else if (!directory)
		good = error_set(&error, "there is no directory for it");
	else if (!make_file(directory, profile, &path))
		good = error_set(&error, "%s: %s", path.bytes, strerror(errno));
	if (good && write_profile(profile, path.bytes, &error))
		text_printf(lines, "Saved profile in %s\n", path.bytes);
	else
		text_printf(lines, "Could not save profile: %s; -save=FILE names another file\n",
			    error.message);
	text_clear(&path);
	free(directory);
}
