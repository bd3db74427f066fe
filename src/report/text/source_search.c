/* SPDX-License-Identifier: MIT */
#include "report/text/source_search.h"

#include <ctype.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/array.h"
#include "base/process.h"
#include "base/span.h"
#include "view/path.h"

/* A go.mod is read no further. */
#define MODULE_LIMIT ((size_t)64 * 1024)

/* One search under way. */
struct looking {
	struct source_search *search;
	const char *name; /* plain */
	bool (*take)(void *context, const char *path, const char *named);
	void *context;
	bool trusted; /* the directories that are offered are those of a person or the toolchain */
	struct text path;
};

/* --- Names -------------------------------------------------------------------------------------- */

/* %20 and its like, as URLs have them. */
static void add_decoded(struct text *plain, const char *name, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		struct span hex = {name + i + 1, name + i + 3};
		uint64_t byte;

		if (name[i] == '%' && i + 2 < length && span_hex(hex, &byte) && byte) {
			text_add_char(plain, (char)byte);
			i += 2;
		} else {
			text_add_char(plain, name[i]);
		}
	}
}

/* What stands behind "SCHEME://HOST/" of a URL, or NULL. */
static const char *behind_scheme(const char *name, bool *absolute)
{
	static const char *const schemes[] = {"file://",      "webpack://", "webpack-internal://",
					      "http://",      "https://",   "ng://",
					      "turbopack://", "vite://",    "app://"};

	for (size_t i = 0; i < COUNT(schemes); i++) {
		size_t length = strlen(schemes[i]);
		const char *path;

		if (strncmp(name, schemes[i], length) != 0)
			continue;
		/* Between the second and the third slash stands a host, or nothing. */
		path = strchr(name + length, '/');
		*absolute = i == 0;
		return path ? path : name + length;
	}
	return NULL;
}

void source_search_plain(const char *name, struct text *plain)
{
	bool absolute = true, windows;
	const char *path = behind_scheme(name, &absolute);

	text_reset(plain);
	text_add(plain, "", 0);
	if (path) {
		while (*path == '/' && (!absolute || path[1] == '/' || path[2] == ':'))
			path++;
		while (!absolute && (strncmp(path, "./", 2) == 0 || strncmp(path, "~/", 2) == 0))
			path += 2;
		add_decoded(plain, path, absolute ? strlen(path) : strcspn(path, "?#"));
	} else {
		text_add_string(plain, name);
	}
	windows = isalpha((unsigned char)plain->bytes[0]) && plain->bytes[1] == ':';
	if (windows || strncmp(plain->bytes, "\\\\", 2) == 0 || !strchr(plain->bytes, '/'))
		for (char *at = plain->bytes; (at = strchr(at, '\\')); at++)
			*at = '/';
}

static bool is_absolute(const char *name)
{
	return *name == '/' || (isalpha((unsigned char)*name) && name[1] == ':' && name[2] == '/');
}

/* --- Offers ------------------------------------------------------------------------------------- */

static bool offer(struct looking *looking, const char *directory, const char *rest)
{
	struct text joined = {0};

	text_printf(&joined, "%s%s%s", directory, *directory ? "/" : "", rest);
	path_clean(joined.bytes, &looking->path);
	text_clear(&joined);
	return looking->take(looking->context, text_string(&looking->path),
			     looking->trusted ? directory : NULL);
}

/* What a person said of names that begin so. */
static bool try_places(struct looking *looking)
{
	const struct source_places *places = looking->search->places;

	for (size_t i = 0; places && i < places->count; i++) {
		const struct source_place *place = &places->list[i];
		size_t length = strlen(place->from);
		const char *rest = looking->name + length;

		if (strncmp(looking->name, place->from, length) != 0 ||
		    (!length && is_absolute(looking->name)))
			continue;
		/* A place is said of whole elements. */
		if (length && place->from[length - 1] != '/' && *rest != '/')
			continue;
		while (*rest == '/')
			rest++;
		if (offer(looking, place->to, rest))
			return true;
	}
	return false;
}

/* The directories of source_path and those above, with DIRECTORY/MIDDLE/REST. */
static bool try_above(struct looking *looking, const char *middle, const char *rest)
{
	const char *directories = looking->search->source_path;
	struct text directory = {0}, joined = {0};
	bool found = false;

	while (!found && path_next(&directories, &directory)) {
		for (char *end = directory.bytes; !found && end;) {
			text_reset(&joined);
			text_printf(&joined, "%s%s", directory.bytes, middle);
			found = offer(looking, joined.bytes, rest);
			end = strrchr(directory.bytes, '/');
			if (end)
				*end = '\0';
		}
	}
	text_clear(&directory);
	text_clear(&joined);
	return found;
}

/* Ends of the path in the directories of source_path: C:/build/app/a.go as DIRECTORY/app/a.go. */
static bool try_ends(struct looking *looking)
{
	for (const char *rest = looking->name; rest; rest = strchr(rest, '/')) {
		const char *directories = looking->search->source_path;
		struct text directory = {0};
		bool found = false;

		while (*rest == '/')
			rest++;
		while (!found && path_next(&directories, &directory))
			found = offer(looking, text_string(&directory), rest);
		text_clear(&directory);
		if (found)
			return true;
	}
	return false;
}

/* --- Go ----------------------------------------------------------------------------------------- */

/* Asks go itself, once: it knows of its own settings file and of toolchains. */
static void ask_go(struct source_search *search)
{
	const char *const argv[] = {"go", "env", "GOROOT", "GOMODCACHE", NULL};
	struct text output = {0};
	struct error error;
	struct span rest, line;

	if (search->asked)
		return;
	search->asked = true;
	if (process_run(argv, "", 0, &output, &error) == PROCESS_GOOD) {
		rest = (struct span){text_string(&output), text_string(&output) + output.length};
		if (span_take_line(&rest, &line))
			text_add(&search->goroot, line.at, span_length(line));
		if (span_take_line(&rest, &line))
			text_add(&search->modcache, line.at, span_length(line));
	}
	text_clear(&output);
}

/* Folders that a pattern names, the newest version first as far as names tell. */
static bool try_pattern(struct looking *looking, const char *pattern, const char *rest)
{
	bool found = false;
	glob_t matches;

	if (glob(pattern, 0, NULL, &matches) != 0)
		return false;
	for (size_t i = matches.gl_pathc; !found && i-- > 0;)
		found = offer(looking, matches.gl_pathv[i], rest);
	globfree(&matches);
	return found;
}

static bool try_home(struct looking *looking, const char *below, const char *rest)
{
	const char *home = getenv("HOME");
	struct text pattern = {0};
	bool found;

	if (!home || !*home)
		return false;
	text_printf(&pattern, "%s/%s", home, below);
	found = try_pattern(looking, pattern.bytes, rest);
	text_clear(&pattern);
	return found;
}

/* A file of the standard library: `rest` is what stands behind GOROOT/src. */
static bool try_goroot(struct looking *looking, const char *rest)
{
	static const char *const directories[] = {"/usr/local/go/src",
						  "/usr/lib/go/src",
						  "/usr/lib/go-*/src",
						  "/usr/lib/golang/src",
						  "/usr/share/go*/src",
						  "/opt/homebrew/opt/go/libexec/src",
						  "/usr/local/opt/go/libexec/src"};
	const char *root = getenv("GOROOT");
	struct text directory = {0};
	bool found = false;

	if (root && *root) {
		text_printf(&directory, "%s/src", root);
		found = offer(looking, directory.bytes, rest);
		text_clear(&directory);
		return found;
	}
	ask_go(looking->search);
	if (looking->search->goroot.length) {
		text_printf(&directory, "%s/src", text_string(&looking->search->goroot));
		found = offer(looking, directory.bytes, rest);
		text_clear(&directory);
	}
	for (size_t i = 0; !found && i < COUNT(directories); i++)
		found = try_pattern(looking, directories[i], rest);
	return found || try_home(looking, "sdk/go*/src", rest) ||
	       try_home(looking, "go/pkg/mod/golang.org/toolchain@*/src", rest);
}

/* A module's path as it stands in the cache: capital letters are small ones behind "!". */
static void escape_module(const char *module, struct text *escaped)
{
	const char *end = strchr(module, '@');

	text_reset(escaped);
	/* The version and what is behind: the version's capitals are escaped, file names are not. */
	end = end ? end + strcspn(end, "/") : module;
	for (const char *at = module; at < end; at++) {
		if (isupper((unsigned char)*at))
			text_add_char(escaped, '!');
		text_add_char(escaped, (char)tolower((unsigned char)*at));
	}
	text_add_string(escaped, end);
}

/* The caches of modules, with the name as it is and escaped. */
static bool try_caches(struct looking *looking, const char *module)
{
	const char *cache = getenv("GOMODCACHE"), *gopath = getenv("GOPATH");
	const char *forms[2] = {NULL, module};
	struct text escaped = {0}, directory = {0}, mod = {0};
	bool found = false;

	escape_module(module, &escaped);
	forms[0] = escaped.bytes;
	for (int i = 0; !found && i < 2; i++) {
		const char *list = gopath;

		found = try_above(looking, "", forms[i]);
		if (cache && *cache) {
			found = found || offer(looking, cache, forms[i]);
			continue;
		}
		while (!found && path_next(&list, &directory)) {
			text_reset(&mod);
			text_printf(&mod, "%s/pkg/mod", directory.bytes);
			found = offer(looking, mod.bytes, forms[i]);
		}
		found = found || try_home(looking, "go/pkg/mod", forms[i]);
		if (!found)
			ask_go(looking->search);
		if (!found && looking->search->modcache.length)
			found = offer(looking, text_string(&looking->search->modcache), forms[i]);
	}
	text_clear(&escaped);
	text_clear(&directory);
	text_clear(&mod);
	return found;
}

/* "example.com/mod@v1.2.3/file.go": in a cache, and in vendor/ without the version. */
static bool try_module(struct looking *looking, const char *module)
{
	const char *at = strchr(module, '@'), *behind = at ? strchr(at, '/') : NULL;
	struct text vendored = {0};
	bool found;

	if (!behind)
		return false;
	text_printf(&vendored, "%.*s%s", (int)(at - module), module, behind);
	found = try_caches(looking, module) || try_above(looking, "/vendor", vendored.bytes);
	text_clear(&vendored);
	return found;
}

/* The path of the module whose go.mod this is; false if there is none. */
static bool read_module(const char *path, struct text *module)
{
	char *bytes = alloc_zero(MODULE_LIMIT, 1);
	FILE *file = fopen(path, "re");
	size_t length = file ? fread(bytes, 1, MODULE_LIMIT, file) : 0;
	struct span rest = {bytes, bytes + length}, line;

	text_reset(module);
	while (!module->length && span_take_line(&rest, &line)) {
		line = span_trim(line);
		if (!span_take(&line, "module ") && !span_take(&line, "module\t"))
			continue;
		span_skip_space(&line);
		line = span_take_word(&line);
		if (span_length(line) > 2 && *line.at == '"') {
			line.at++;
			line.end--;
		}
		text_add(module, line.at, span_length(line));
	}
	if (file)
		fclose(file);
	free(bytes);
	return module->length > 0;
}

static bool is_file(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

/* What is behind the module's own path, and a version, in the name; NULL: it is not of it. */
static const char *behind_module(const char *name, const struct text *module)
{
	const char *rest = name + module->length;

	if (strncmp(name, module->bytes, module->length) != 0 || (*rest != '/' && *rest != '@'))
		return NULL;
	rest = strchr(rest, '/');
	return rest ? rest + 1 : NULL;
}

/* A directory with a go.mod: files of its module, and any end of a path of another machine. */
static bool try_own(struct looking *looking, const char *directory)
{
	struct text path = {0}, module = {0};
	const char *rest;
	bool found = false;

	text_printf(&path, "%s/go.mod", directory);
	if (is_file(path.bytes) && read_module(path.bytes, &module)) {
		rest = behind_module(looking->name, &module);
		found = rest && offer(looking, directory, rest);
		rest = strstr(looking->name, module.bytes);
		rest = !found && rest ? behind_module(rest, &module) : NULL;
		found = found || (rest && offer(looking, directory, rest));
	}
	text_clear(&path);
	text_clear(&module);
	return found;
}

static bool try_own_modules(struct looking *looking)
{
	const char *directories = looking->search->source_path;
	struct text directory = {0};
	bool found = false;

	while (!found && path_next(&directories, &directory)) {
		for (char *end = directory.bytes; !found && end;) {
			found = try_own(looking, directory.bytes);
			end = strrchr(directory.bytes, '/');
			if (end)
				*end = '\0';
		}
	}
	text_clear(&directory);
	return found;
}

/* Names below a src/: of GOROOT, or of a GOPATH. */
static bool try_src(struct looking *looking)
{
	const char *gopath = getenv("GOPATH");

	for (const char *at = looking->name; (at = strstr(at, "/src/")); at++) {
		const char *rest = at + strlen("/src/"), *list = gopath;
		struct text directory = {0};
		bool found = strchr(rest, '/') && try_goroot(looking, rest);

		while (!found && path_next(&list, &directory)) {
			text_add_string(&directory, "/src");
			found = offer(looking, directory.bytes, rest);
		}
		text_clear(&directory);
		if (found || try_home(looking, "go/src", rest))
			return true;
	}
	return false;
}

static bool try_go(struct looking *looking)
{
	const char *name = looking->name, *mod = strstr(name, "/pkg/mod/");
	static const char plain[] = "command-line-arguments/";

	if (strncmp(name, plain, strlen(plain)) == 0)
		return try_above(looking, "", name + strlen(plain));
	if (try_own_modules(looking))
		return true;
	looking->trusted = true;
	if (mod ? try_module(looking, mod + strlen("/pkg/mod/"))
		: !is_absolute(name) && try_module(looking, name))
		return true;
	/* The first element of other modules has a dot, those of the standard library have none. */
	if (!is_absolute(name) && memchr(name, '.', strcspn(name, "/")))
		return try_above(looking, "/vendor", name);
	return is_absolute(name) ? try_src(looking) : try_goroot(looking, name);
}

static bool is_go(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && (strcmp(dot, ".go") == 0 || strcmp(dot, ".s") == 0);
}

bool source_search_run(struct source_search *search, const char *name,
		       bool (*take)(void *context, const char *path, const char *named),
		       void *context)
{
	struct text plain = {0};
	struct looking looking = {.search = search, .take = take, .context = context};
	bool found;

	source_search_plain(name, &plain);
	looking.name = text_string(&plain);
	looking.trusted = true;
	found = try_places(&looking);
	looking.trusted = false;
	if (!found && strcmp(looking.name, name) != 0)
		found = offer(&looking, "", looking.name);
	found = found || (is_go(looking.name) && try_go(&looking));
	looking.trusted = false;
	/* Paths that cannot be of this machine; of others, an end alone may be another file's. */
	if (!found && (strcmp(looking.name, name) != 0 ||
		       (is_absolute(looking.name) && *looking.name != '/')))
		found = try_ends(&looking);
	text_clear(&looking.path);
	text_clear(&plain);
	return found;
}

void source_search_clear(struct source_search *search)
{
	text_clear(&search->goroot);
	text_clear(&search->modcache);
}
