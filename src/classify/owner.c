/* SPDX-License-Identifier: MIT */
#include "classify/owner.h"

#include <ctype.h>
#include <string.h>

#include "base/array.h"
#include "classify/kind.h"

/* Paths of code that the program did not write: what they contain... */
static const char *const third_parts[] = {
	"/pkg/mod/",       "/vendor/",        "/node_modules/", "/third_party/",
	"/site-packages/", "/dist-packages/", "/.cargo/",       "@v",
};
/* ...or start with. */
static const char *const third_starts[] = {"vendor/", "node_modules/"};

static const char *const standard_parts[] = {"/rustc/"};
static const char *const standard_starts[] = {
	"node:", "internal/", "/usr/include/",      "/usr/lib/", "/usr/src/",
	"/lib/", "/lib64/",   "/usr/local/go/src/", "[",
};

/* First elements of the packages of Go's standard library; a module has a dot in its own. */
static const char *const go_packages[] = {
	"archive", "arena",   "bufio",    "builtin", "bytes",   "cmp",      "compress", "container",
	"context", "crypto",  "database", "debug",   "embed",   "encoding", "errors",   "expvar",
	"flag",    "fmt",     "go",       "hash",    "html",    "image",    "index",    "internal",
	"io",      "iter",    "log",      "maps",    "math",    "mime",     "net",      "os",
	"path",    "plugin",  "reflect",  "regexp",  "runtime", "slices",   "sort",     "strconv",
	"strings", "structs", "sync",     "syscall", "testing", "text",     "time",     "type:",
	"unicode", "unique",  "unsafe",   "vendor",  "weak",
};

static bool starts_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

static bool starts_with_any(const char *text, const char *const *starts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (starts_with(text, starts[i]))
			return true;
	return false;
}

static bool contains_any(const char *text, const char *const *parts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strstr(text, parts[i]))
			return true;
	return false;
}

static bool is_third_path(const char *path)
{
	return starts_with_any(path, third_starts, COUNT(third_starts)) ||
	       contains_any(path, third_parts, COUNT(third_parts));
}

static bool is_standard_path(const char *path)
{
	return starts_with_any(path, standard_starts, COUNT(standard_starts)) ||
	       contains_any(path, standard_parts, COUNT(standard_parts));
}

bool owner_is_go_standard(const char *name)
{
	size_t length = strcspn(name, "/.");

	if (name[0] == '[' || name[0] == '<' || !name[length])
		return true;
	for (size_t i = 0; i < COUNT(go_packages); i++)
		if (strlen(go_packages[i]) == length && memcmp(go_packages[i], name, length) == 0)
			return true;
	return false;
}

/* "example.com/corpus/" of "example.com/corpus/leak/main.go": a host and what it has, or one directory. */
static size_t measure_module(const char *file)
{
	static const char *const hosts[] = {"github.com/", "gitlab.com/", "bitbucket.org/"};
	size_t elements = memchr(file, '.', strcspn(file, "/")) ? 2 : 1, length = 0;

	if (starts_with_any(file, hosts, COUNT(hosts)))
		elements = 3;
	for (; elements && strchr(file + length, '/'); elements--)
		length += strcspn(file + length, "/") + 1;
	return *file == '/' ? 0 : length;
}

void owner_survey_add(struct owner_survey *survey, const char *name, const char *file)
{
	const char *directory = strstr(file, "runtime/");
	bool runtime = starts_with(name, "runtime.");

	if (runtime && directory && !survey->root_length &&
	    (directory == file || directory[-1] == '/')) {
		survey->go = true;
		survey->root = file;
		survey->root_length = (size_t)(directory - file);
	}
	/* Java may have a class runtime.Thing; only Go has functions and methods like these. */
	survey->go |= strstr(name, ".(*") != NULL;
	survey->go_names |= !*file && runtime && islower((unsigned char)name[strlen("runtime.")]);
	if (starts_with(name, "main.") && !survey->main) {
		survey->main = file;
		survey->module_length = measure_module(file);
	}
}

static bool is_in_root(const struct owner_survey *survey, const char *file)
{
	return survey->root_length && strncmp(file, survey->root, survey->root_length) == 0;
}

/* A function of a Go program that is not in the standard library. */
static enum owner go_owner(const struct owner_survey *survey, const char *name, const char *file)
{
	bool own = true;

	if (starts_with(name, "main."))
		own = true;
	else if (!*file)
		own = strchr(name, '/') != NULL;
	else if (survey->root_length)
		/* Commands that come with Go lie there, too. */
		own = !is_in_root(survey, file) ||
		      (survey->main && is_in_root(survey, survey->main));
	else if (survey->module_length)
		own = strncmp(file, survey->main, survey->module_length) == 0;
	return own ? OWNER_PROGRAM : OWNER_THIRD_PARTY;
}

static bool is_go_standard(const char *name, const char *file)
{
	if (starts_with(name, "main."))
		return false;
	/* Assembly and C have no packages; their files tell the runtime's from the program's. */
	if (isalpha((unsigned char)*name) && !strpbrk(name, "/.") && *file)
		return kind_of(name) != KIND_OTHER || is_standard_path(file);
	return owner_is_go_standard(name);
}

enum owner owner_of(const struct owner_survey *survey, const char *name, const char *file,
		    const char *library)
{
	/* "<autogenerated>" */
	if (*file == '<')
		file = "";
	if (survey->go || (survey->go_names && !*file)) {
		if (is_go_standard(name, file))
			return OWNER_STANDARD;
		return is_third_path(file) || kind_of(name) != KIND_OTHER
			       ? OWNER_THIRD_PARTY
			       : go_owner(survey, name, file);
	}
	if (kind_of(name) != KIND_OTHER || (*name == '(' && !*file) || *name == '[')
		return OWNER_STANDARD;
	if (is_third_path(file))
		return OWNER_THIRD_PARTY;
	if (is_standard_path(file) || (!*file && is_standard_path(library)))
		return OWNER_STANDARD;
	return !*file && is_third_path(library) ? OWNER_THIRD_PARTY : OWNER_PROGRAM;
}
