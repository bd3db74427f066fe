/* SPDX-License-Identifier: MIT */
#include "cli/run_command.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/process.h"
#include "base/text.h"
#include "cli/message.h"
#include "cli/request.h"

static bool ends_with(const char *text, const char *ending)
{
	size_t length = strlen(text), end = strlen(ending);

	return length >= end && strcmp(text + length - end, ending) == 0;
}

static bool is_program(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

/* Is there such a program in $PATH? */
static bool is_in_path(const char *name)
{
	const char *at = getenv("PATH");
	struct text path = {0};
	bool found = false;

	while (at && *at && !found) {
		size_t length = strcspn(at, ":");

		text_reset(&path);
		text_printf(&path, "%.*s/%s", (int)length, at, name);
		found = is_program(path.bytes);
		at += length + (at[length] == ':');
	}
	text_clear(&path);
	return found;
}

bool run_command_is(char *const *words, int count)
{
	if (count == 0)
		return false;
	if (strchr(words[0], '/'))
		return is_program(words[0]);
	return access(words[0], F_OK) != 0 && is_in_path(words[0]);
}

/* The words of the command, with those that ask for a profile; NULL with an error. */
static char **make_words(const struct request *request, const char *profile, const char *directory,
			 struct error *error)
{
	char *const *words = request->command;
	const char *slash = strrchr(words[0], '/'), *name = slash ? slash + 1 : words[0];
	const char *kind = request->memory ? "memprofile" : "cpuprofile";
	bool test = ends_with(name, ".test");
	int count = request->command_count, at = 0;
	struct text flag = {0}, binary = {0};
	char **made;

	if (!test && (strcmp(name, "go") != 0 || count < 2 || strcmp(words[1], "test") != 0)) {
		error_set(error,
			  "%s: only go test and X.test can be run; give others' profiles as files "
			  "or URLs",
			  words[0]);
		return NULL;
	}
	made = alloc_zero((size_t)count + 3, sizeof(*made));
	made[at++] = alloc_text(words[0]);
	if (!test)
		made[at++] = alloc_text(words[1]);
	text_printf(&flag, "-%s%s=%s", test ? "test." : "", kind, profile);
	made[at++] = flag.bytes;
	if (!test) {
		/* The program that the profile is of would be left in the current directory. */
		text_printf(&binary, "-o=%s/go.test", directory);
		made[at++] = binary.bytes;
	}
	for (int i = test ? 1 : 2; i < count; i++)
		made[at++] = alloc_text(words[i]);
	return made;
}

static void free_words(char **words)
{
	for (size_t i = 0; words && words[i]; i++)
		free(words[i]);
	free(words);
}

/* Runs the words to their end, as a shell would: ^C is theirs. */
static bool run_words(char **words, int *status, struct error *error)
{
	const int descriptors[3] = {STDIN_FILENO, STDERR_FILENO, STDERR_FILENO};
	struct sigaction ignore = {.sa_handler = SIG_IGN}, old;
	pid_t child;
	int failed = process_spawn((const char *const *)words, descriptors, &child);

	if (failed)
		return error_set(error, "%s: %s; see the name", words[0], strerror(failed));
	sigaction(SIGINT, &ignore, &old);
	while (waitpid(child, status, 0) < 0 && errno == EINTR)
		;
	sigaction(SIGINT, &old, NULL);
	return true;
}

/* A profile that a failed test wrote is a profile all the same. */
static bool check(const struct request *request, int status, const char *profile,
		  struct error *error)
{
	struct text note = {0};
	struct stat file;
	bool there = stat(profile, &file) == 0 && file.st_size > 0;

	if (WIFSIGNALED(status))
		text_printf(&note, "%s: ended by signal %d", request->command[0], WTERMSIG(status));
	else if (WEXITSTATUS(status))
		text_printf(&note, "%s: exit status %d", request->command[0], WEXITSTATUS(status));
	if (!there)
		error_set(error, "%s%sthere is no profile; see what it says above",
			  text_string(&note), note.length ? ": " : "");
	else if (note.length)
		message_print(note.bytes);
	text_clear(&note);
	return there;
}

bool run_command(struct request *request, struct error *error)
{
	const char *root = getenv("TMPDIR");
	struct text directory = {0}, profile = {0};
	char **words = NULL;
	int status = 0;
	bool good;

	text_printf(&directory, "%s/ncprof-XXXXXX", root && *root ? root : "/tmp");
	if (!mkdtemp(directory.bytes)) {
		error_set(error, "%s: %s; set TMPDIR", directory.bytes, strerror(errno));
		text_clear(&directory);
		return false;
	}
	request->command_directory = directory.bytes;
	text_printf(&profile, "%s/%s.pb.gz", directory.bytes, request->memory ? "mem" : "cpu");
	words = make_words(request, profile.bytes, directory.bytes, error);
	good = words && run_words(words, &status, error) &&
	       check(request, status, profile.bytes, error);
	free_words(words);
	free(request->chosen);
	request->chosen = profile.bytes;
	request->locations[0] = profile.bytes;
	request->location_count = 1;
	return good;
}

void run_command_clear(struct request *request)
{
	static const char *const names[] = {"cpu.pb.gz", "mem.pb.gz", "go.test"};
	struct text path = {0};

	if (!request->command_directory)
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		text_reset(&path);
		text_printf(&path, "%s/%s", request->command_directory, names[i]);
		unlink(path.bytes);
	}
	rmdir(request->command_directory);
	text_clear(&path);
	free(request->command_directory);
	request->command_directory = NULL;
}
