/* SPDX-License-Identifier: MIT */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Our ends of what the child has as descriptors 0, 1 and 2; -1: closed. */
struct pipes {
	int ours[3], theirs[3];
};

static void close_one(int *descriptor)
{
	if (*descriptor >= 0)
		close(*descriptor);
	*descriptor = -1;
}

static void close_all(int descriptors[3])
{
	for (int i = 0; i < 3; i++)
		close_one(&descriptors[i]);
}

/* The input is a socket: writing to one that nobody reads can be told not to raise SIGPIPE. */
static bool open_pipes(struct pipes *pipes, struct error *error)
{
	*pipes = (struct pipes){{-1, -1, -1}, {-1, -1, -1}};
	for (int i = 0; i < 3; i++) {
		int pair[2];

		if (i == 0 ? socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair)
			   : pipe2(pair, O_CLOEXEC)) {
			close_all(pipes->ours);
			close_all(pipes->theirs);
			return error_set(error, "%s", strerror(errno));
		}
		pipes->ours[i] = pair[0];
		pipes->theirs[i] = pair[1];
	}
	return true;
}

int process_spawn(const char *const *argv, const int descriptors[3], pid_t *child)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none, pipe_signal;
	int failure;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	for (int i = 0; i < 3; i++)
		posix_spawn_file_actions_adddup2(&actions, descriptors[i], i);
	/* Whatever this program does with signals is none of the child's business. */
	sigemptyset(&none);
	sigemptyset(&pipe_signal);
	sigaddset(&pipe_signal, SIGPIPE);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &pipe_signal);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	failure = posix_spawnp(child, argv[0], &actions, &attributes, (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	return failure;
}

/* Writes what fits; closes the input at its end, or when the child does not want more. */
static void feed(int *to, const char **input, size_t *left)
{
	ssize_t count = send(*to, *input, *left, MSG_NOSIGNAL | MSG_DONTWAIT);

	if (count < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (count > 0) {
		*input += count;
		*left -= (size_t)count;
	}
	if (count < 0 || *left == 0)
		close_one(to);
}

static void drain(int *from, struct text *into)
{
	char bytes[1 << 16];
	ssize_t count = read(*from, bytes, sizeof(bytes));

	if (count > 0)
		text_add(into, bytes, (size_t)count);
	else if (count == 0 || errno != EINTR)
		close_one(from);
}

/* Serves all three at once, so that neither side ever waits for the other. */
static void pump(struct pipes *pipes, const char *input, size_t left, struct text *output,
		 struct text *messages)
{
	if (!left)
		close_one(&pipes->ours[0]);
	while (pipes->ours[0] >= 0 || pipes->ours[1] >= 0 || pipes->ours[2] >= 0) {
		struct pollfd polled[3] = {
			{pipes->ours[0], POLLOUT, 0},
			{pipes->ours[1], POLLIN, 0},
			{pipes->ours[2], POLLIN, 0},
		};

		if (poll(polled, 3, -1) < 0)
			continue;
		if (polled[0].revents)
			feed(&pipes->ours[0], &input, &left);
		if (polled[1].revents)
			drain(&pipes->ours[1], output);
		if (polled[2].revents)
			drain(&pipes->ours[2], messages);
	}
}

static bool wait_for(const char *name, pid_t child, struct text *messages, struct error *error)
{
	const char *said = text_string(messages);
	int length = (int)strcspn(said, "\n"), status;

	while (waitpid(child, &status, 0) < 0) {
		if (errno != EINTR)
			return error_set(error, "%s: %s", name, strerror(errno));
	}
	if (WIFSIGNALED(status))
		return error_set(error, "%s was ended by signal %d", name, WTERMSIG(status));
	if (WEXITSTATUS(status) == 0)
		return true;
	if (length == 0)
		return error_set(error, "%s failed with exit status %d", name, WEXITSTATUS(status));
	return error_set(error, "%s failed: %.*s", name, length > 300 ? 300 : length, said);
}

enum process_result process_run(const char *const *argv, const char *input, size_t length,
				struct text *output, struct error *error)
{
	struct text messages = {0};
	struct pipes pipes;
	pid_t child;
	int failure;
	bool good;

	if (!open_pipes(&pipes, error))
		return PROCESS_FAILED;
	failure = process_spawn(argv, pipes.theirs, &child);
	close_all(pipes.theirs);
	if (failure) {
		close_all(pipes.ours);
		error_set(error, "%s: %s", argv[0], strerror(failure));
		return failure == ENOENT ? PROCESS_MISSING : PROCESS_FAILED;
	}
	pump(&pipes, input, length, output, &messages);
	good = wait_for(argv[0], child, &messages, error);
	text_clear(&messages);
	return good ? PROCESS_GOOD : PROCESS_FAILED;
}
