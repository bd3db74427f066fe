/* SPDX-License-Identifier: MIT */
#include "child.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

#include "base/array.h"

/* --- The leader of the session ------------------------------------------- */

static void ignore_signals(void (*handler)(int))
{
	static const int numbers[] = {SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU};

	for (size_t i = 0; i < COUNT(numbers); i++)
		signal(numbers[i], handler);
}

static void run_program(const char *line, char *const *environment)
{
	setpgid(0, 0);
	tcsetpgrp(STDIN_FILENO, getpid());
	ignore_signals(SIG_DFL);
	execle("/bin/sh", "sh", "-c", line, (char *)NULL, environment);
	_exit(127);
}

static void report(int descriptor, int number)
{
	if (write(descriptor, &number, sizeof(number)) != sizeof(number))
		_exit(1);
}

static void lead(const char *line, char *const *environment, int reports, int orders)
{
	pid_t program;
	int status;
	char order;

	/* A pipe that the scenario feeds must not stay open in here. */
	for (int i = 3; i < 256; i++)
		if (i != reports && i != orders)
			close(i);
	ignore_signals(SIG_IGN);
	program = fork();
	if (program == 0)
		run_program(line, environment);
	if (program > 0)
		setpgid(program, program);
	report(reports, program);
	while (waitpid(program, &status, WUNTRACED) == program) {
		tcsetpgrp(STDIN_FILENO, getpgrp());
		report(reports, status);
		if (!WIFSTOPPED(status))
			break;
		if (read(orders, &order, 1) != 1)
			break;
		tcsetpgrp(STDIN_FILENO, program);
		kill(-program, SIGCONT);
	}
	_exit(0);
}

/* --- Our side ------------------------------------------------------------ */

bool child_start(struct child *child, const char *line, char *const *environment,
		 const char *directory, int rows, int columns)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
	int reports[2], orders[2], slave, program;

	*child = (struct child){.terminal = -1};
	if (pipe2(reports, O_CLOEXEC) != 0 || pipe2(orders, O_CLOEXEC) != 0 ||
	    openpty(&child->terminal, &slave, NULL, NULL, &size) != 0)
		return false;
	/* Before the program can change them. */
	tcgetattr(slave, &child->modes);
	child->leader = fork();
	if (child->leader == 0) {
		if (login_tty(slave) != 0 || chdir(directory) != 0)
			_exit(1);
		lead(line, environment, reports[1], orders[0]);
	}
	close(slave);
	if (child->leader < 0)
		return false;
	close(reports[1]);
	close(orders[0]);
	child->reports = reports[0];
	child->orders = orders[1];
	fcntl(child->terminal, F_SETFD, FD_CLOEXEC);
	fcntl(child->terminal, F_SETFL, O_NONBLOCK);
	if (read(child->reports, &program, sizeof(program)) != sizeof(program) || program < 0)
		return false;
	child->group = program;
	child->state = CHILD_RUNS;
	return true;
}

static void take_report(struct child *child)
{
	int status;

	if (read(child->reports, &status, sizeof(status)) != sizeof(status)) {
		child->state = CHILD_ENDED;
		return;
	}
	child->status = status;
	child->state = WIFSTOPPED(status) ? CHILD_STOPPED : CHILD_ENDED;
	if (child->state == CHILD_ENDED) {
		/* The rest of a pipeline would keep the terminal open. */
		kill(-child->group, SIGKILL);
	}
}

bool child_read(struct child *child, char *bytes, size_t size, size_t *length, int milliseconds)
{
	struct pollfd files[] = {
		{.fd = child->terminal, .events = POLLIN},
		{.fd = child->state == CHILD_ENDED ? -1 : child->reports, .events = POLLIN},
	};
	ssize_t got;

	*length = 0;
	if (child->state == CHILD_NONE || (child->state == CHILD_ENDED && child->terminal < 0))
		return false;
	if (poll(files, 2, milliseconds) <= 0)
		return true;
	if (files[0].revents) {
		got = read(child->terminal, bytes, size);
		if (got > 0)
			*length = (size_t)got;
		/* Nobody has the other end any more. */
		if (got < 0 && errno == EIO && child->state == CHILD_ENDED)
			return false;
		if (got < 0 && errno == EIO && !files[1].revents)
			poll(files + 1, 1, milliseconds);
	}
	/* Output before news: what was written before the end counts. */
	if (!*length && files[1].revents)
		take_report(child);
	return true;
}

size_t child_write(struct child *child, const char *bytes, size_t length)
{
	ssize_t written = child->terminal < 0 ? -1 : write(child->terminal, bytes, length);

	return written < 0 ? 0 : (size_t)written;
}

void child_resize(struct child *child, int rows, int columns)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};

	ioctl(child->terminal, TIOCSWINSZ, &size);
}

void child_signal(struct child *child, int number)
{
	kill(-child->group, number);
}

void child_continue(struct child *child)
{
	if (write(child->orders, "", 1) == 1)
		child->state = CHILD_RUNS;
}

bool child_sleeps(const struct child *child)
{
	char path[64 + sizeof(((struct dirent *)0)->d_name)], line[512];
	struct dirent *task;
	bool sleep = true;
	DIR *tasks;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)child->group);
	tasks = opendir(path);
	while (tasks && sleep && (task = readdir(tasks))) {
		FILE *file;
		const char *state;

		snprintf(path, sizeof(path), "/proc/%d/task/%s/stat", (int)child->group,
			 task->d_name);
		file = *task->d_name == '.' ? NULL : fopen(path, "r");
		if (!file)
			continue;
		/* "PID (name) S ..." */
		state = fgets(line, sizeof(line), file) ? strrchr(line, ')') : NULL;
		sleep = state && state[2] == 'S';
		fclose(file);
	}
	if (tasks)
		closedir(tasks);
	return sleep;
}

long child_waits(const struct child *child)
{
	static const char name[] = "voluntary_ctxt_switches:";
	char path[64], line[256];
	long count = -1;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)child->group);
	file = fopen(path, "r");
	while (file && fgets(line, sizeof(line), file))
		if (!strncmp(line, name, sizeof(name) - 1))
			count = strtol(line + sizeof(name) - 1, NULL, 10);
	if (file)
		fclose(file);
	return count;
}

void child_hang_up(struct child *child)
{
	close(child->terminal);
	child->terminal = -1;
}

const char *child_changed_modes(const struct child *child)
{
	struct termios modes;
	const struct termios *before = &child->modes;

	if (child->terminal < 0)
		return "the terminal is closed";
	if (tcgetattr(child->terminal, &modes) != 0)
		return strerror(errno);
	if (modes.c_lflag != before->c_lflag)
		return "c_lflag (echo, canonical mode, ...) is not what it was";
	if (modes.c_iflag != before->c_iflag)
		return "c_iflag is not what it was";
	if (modes.c_oflag != before->c_oflag)
		return "c_oflag is not what it was";
	if (modes.c_cflag != before->c_cflag)
		return "c_cflag is not what it was";
	if (memcmp(modes.c_cc, before->c_cc, sizeof(modes.c_cc)) != 0)
		return "c_cc (special characters) is not what it was";
	return NULL;
}

void child_clear(struct child *child)
{
	if (child->state == CHILD_NONE)
		return;
	if (child->state != CHILD_ENDED)
		kill(-child->group, SIGKILL);
	close(child->orders);
	close(child->reports);
	if (child->terminal >= 0)
		close(child->terminal);
	kill(child->leader, SIGKILL);
	waitpid(child->leader, NULL, 0);
	*child = (struct child){.terminal = -1};
}
