/* SPDX-License-Identifier: MIT */
#include "report/text/source_trust.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/array.h"
#include "view/path.h"

/* Nobody keeps sources there, and much of it is secret. */
static const char *const never[] = {"/proc", "/sys", "/dev", "/run", "/etc", "/boot"};

/* Where toolchains are; a name that ends in - goes on with a version. */
static const char *const toolchains[] = {
	"/usr/local/go", "/usr/lib/go",  "/usr/lib/go-",     "/usr/share/go",    "/usr/share/go-",
	"/usr/src",      "/usr/include", "/usr/lib/python2", "/usr/lib/python3", "/usr/lib/rustlib",
	"/usr/lib/gcc",  "/opt/go",      "/rustc",
};

/* Of the environment, and below HOME where that says nothing. */
static const struct {
	const char *variable, *below_home;
} homes[] = {
	{"GOROOT", NULL},         {"GOPATH", "go"},           {"GOMODCACHE", NULL},
	{"CARGO_HOME", ".cargo"}, {"RUSTUP_HOME", ".rustup"}, {NULL, ".local/lib"},
};

static const char *const endings[] = {
	".go",    ".s",   ".S",   ".c",     ".h",   ".cc",    ".cpp",  ".cxx", ".hpp",
	".hh",    ".hxx", ".inc", ".rs",    ".py",  ".pyx",   ".java", ".kt",  ".kts",
	".scala", ".js",  ".mjs", ".cjs",   ".ts",  ".tsx",   ".jsx",  ".rb",  ".php",
	".pl",    ".pm",  ".lua", ".swift", ".m",   ".mm",    ".cs",   ".fs",  ".hs",
	".ml",    ".ex",  ".exs", ".erl",   ".clj", ".zig",   ".nim",  ".d",   ".f90",
	".jl",    ".r",   ".y",   ".l",     ".asm", ".proto",
};

/* Is the path below this directory? One that ends in - stands for all that go on so. */
static bool is_below(const char *path, const char *directory)
{
	size_t length = strlen(directory);

	while (length > 1 && directory[length - 1] == '/')
		length--;
	if (!length || strncmp(path, directory, length) != 0)
		return false;
	return path[length] == '/' || directory[length - 1] == '-' || directory[length - 1] == '/';
}

/* The same with the links in the directory followed. */
static bool is_really_below(const char *path, const char *directory)
{
	char *real = realpath(directory, NULL);
	bool below = real && is_below(path, real);

	free(real);
	return below || is_below(path, directory);
}

static bool is_source(const char *path)
{
	size_t length = strlen(path);

	for (size_t i = 0; i < COUNT(endings); i++) {
		size_t size = strlen(endings[i]);

		if (length > size && !strcmp(path + length - size, endings[i]))
			return true;
	}
	return false;
}

static bool is_of_toolchain(const char *path)
{
	const char *home = getenv("HOME");
	struct text directory = {0};
	bool below = false;

	for (size_t i = 0; i < COUNT(toolchains); i++)
		if (is_below(path, toolchains[i]))
			return true;
	for (size_t i = 0; i < COUNT(homes) && !below; i++) {
		const char *value = homes[i].variable ? getenv(homes[i].variable) : NULL;

		text_reset(&directory);
		if (value && *value == '/')
			text_add_string(&directory, value);
		else if (home && *home == '/' && homes[i].below_home)
			text_printf(&directory, "%s/%s", home, homes[i].below_home);
		below = directory.length && is_really_below(path, directory.bytes);
	}
	text_clear(&directory);
	return below;
}

/* Below the directory, and not in a hidden one within, unless it is a source by its name. */
static bool is_at_home(const char *path, const char *directory)
{
	return is_really_below(path, directory) && (is_source(path) || !strstr(path, "/."));
}

/* Moves to the directory above; false at the top. */
static bool go_up(char *directory)
{
	char *slash = strrchr(directory, '/');

	if (!slash || slash == directory)
		return false;
	*slash = '\0';
	return true;
}

/* The directory with its links followed, or of those above the first that is there; to be freed. */
static char *real_directory(const char *directory)
{
	char *name = alloc_text(*directory ? directory : "."), *real;

	while (!(real = realpath(name, NULL)) && go_up(name))
		;
	free(name);
	return real;
}

/* Below a directory of source_path, or of those above, in which pprof looks as well. At the top everything is below. */
static bool is_of_directory(const char *path, const char *named)
{
	char *directory = real_directory(named);
	bool expected = directory && strcmp(directory, "/") != 0 && is_at_home(path, directory);

	while (directory && !expected && is_source(path) && go_up(directory))
		expected = is_below(path, directory);
	free(directory);
	return expected;
}

static bool is_expected(const char *source_path, const char *path)
{
	struct text directory = {0};
	char here[PATH_MAX];
	bool expected = is_source(path) && is_of_toolchain(path);

	if (!expected && getcwd(here, sizeof(here)) && strcmp(here, "/") != 0)
		expected = is_at_home(path, here);
	while (!expected && path_next(&source_path, &directory))
		expected = is_of_directory(path, text_string(&directory));
	text_clear(&directory);
	return expected;
}

static int refuse(struct text *why, const char *location, const char *reason)
{
	text_printf(why, "%s was not read: %s", location, reason);
	return -1;
}

/* A file of text: no NUL in its first bytes. */
static bool is_text(int descriptor)
{
	char bytes[4096];
	ssize_t length = pread(descriptor, bytes, sizeof(bytes), 0);

	return length <= 0 || !memchr(bytes, '\0', (size_t)length);
}

int source_trust_open(const char *source_path, const char *named, const char *location,
		      struct text *why)
{
	char *path = realpath(location, NULL);
	struct stat status;
	int descriptor = -1;

	if (!path)
		return -1;
	for (size_t i = 0; i < COUNT(never); i++) {
		if (is_below(path, never[i])) {
			free(path);
			return refuse(why, location, "it is a file of the system");
		}
	}
	if (!is_expected(source_path, path) && !(named && is_of_directory(path, named)))
		refuse(why, location,
		       "it is not where sources are expected; name its directory with -source_path");
	else
		descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | O_NOFOLLOW);
	free(path);
	if (descriptor < 0)
		return -1;
	/* A directory is no error: it has no lines, as in pprof. */
	if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && !is_text(descriptor)) {
		close(descriptor);
		return refuse(why, location, "it is no text");
	}
	return descriptor;
}
