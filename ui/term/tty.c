/* SPDX-License-Identifier: MIT */
#include "ui/term/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/array.h"
#include "base/process.h"

/* A sanitizer has its own handlers and must be heard at once. */
#ifdef __SANITIZE_ADDRESS__
#define SANITIZED true
#else
#define SANITIZED false
#endif

#define PATIENCE 500     /* milliseconds for which a terminal may take nothing */
#define STACK_SIZE 65536 /* of the handlers: the usual one may be what overflowed */

static const struct {
	int number;
	enum tty_signal which;
} noted[] = {
	{SIGWINCH, TTY_RESIZED},
	{SIGINT, TTY_INTERRUPTED},
	{SIGTSTP, TTY_SUSPENDED},
	{SIGCONT, TTY_CONTINUED},
};

static const struct {
	int number;
	bool crash;
} fatal[] = {
	{SIGHUP, false},  {SIGTERM, false}, {SIGQUIT, false}, {SIGPIPE, false},   {SIGALRM, false},
	{SIGUSR1, false}, {SIGUSR2, false}, {SIGPOLL, false}, {SIGVTALRM, false}, {SIGPROF, false},
	{SIGXCPU, false}, {SIGXFSZ, false}, {SIGPWR, false},  {SIGTRAP, true},    {SIGSYS, true},
	{SIGABRT, true},  {SIGSEGV, true},  {SIGBUS, true},   {SIGFPE, true},     {SIGILL, true},
};

static struct {
	struct tty_restore restore;
	volatile sig_atomic_t guarding;
	volatile sig_atomic_t signals[TTY_SIGNAL_COUNT];
	int pipe[2];
	int held_back;    /* memory in place of standard error, -1: none */
	int error_output; /* the real standard error */
	struct sigaction old_noted[COUNT(noted)], old_fatal[COUNT(fatal)];
	char stack[STACK_SIZE];
} tty = {.pipe = {-1, -1}, .held_back = -1, .error_output = -1};

/* On a terminal that takes nothing (^S, a dead line) the rest is given up: the program must end. */
static void write_all(int descriptor, const char *bytes, size_t length)
{
	struct pollfd file = {.fd = descriptor, .events = POLLOUT};
	int flags = fcntl(descriptor, F_GETFL);

	if (flags >= 0)
		fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
	while (length > 0) {
		ssize_t written = write(descriptor, bytes, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0 && errno == EAGAIN && poll(&file, 1, PATIENCE) > 0)
			continue;
		if (written <= 0)
			break;
		bytes += written;
		length -= (size_t)written;
	}
	/* The shell has the same terminal and expects it as it was. */
	if (flags >= 0)
		fcntl(descriptor, F_SETFL, flags);
}

/* Everything below down to on_fatal runs in signal handlers too. */
static void print_held_back(void)
{
	char bytes[1024];
	ssize_t length;
	off_t at = 0;

	if (tty.held_back < 0)
		return;
	dup2(tty.error_output, STDERR_FILENO);
	while ((length = pread(tty.held_back, bytes, sizeof(bytes), at)) > 0) {
		write_all(STDERR_FILENO, bytes, (size_t)length);
		at += length;
	}
	close(tty.held_back);
	close(tty.error_output);
	tty.held_back = -1;
}

void tty_restore_now(void)
{
	write_all(tty.restore.descriptor, tty.restore.bytes, tty.restore.length);
	tcsetattr(tty.restore.descriptor, TCSANOW, &tty.restore.modes);
}

static void on_fatal(int number)
{
	if (tty.guarding) {
		tty.guarding = 0;
		tty_restore_now();
		print_held_back();
	}
	/* SA_RESETHAND has put the default action back. */
	raise(number);
}

static void on_noted(int number)
{
	int saved = errno;

	for (size_t i = 0; i < COUNT(noted); i++)
		if (noted[i].number == number)
			tty.signals[noted[i].which] = 1;
	if (write(tty.pipe[1], "", 1) < 0)
		errno = 0; /* full: it is readable already */
	errno = saved;
}

static void hold_back_errors(void)
{
	if (SANITIZED || !isatty(STDERR_FILENO))
		return;
	tty.held_back = memfd_create("messages", MFD_CLOEXEC);
	if (tty.held_back < 0)
		return;
	tty.error_output = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	dup2(tty.held_back, STDERR_FILENO);
}

static void catch_signals(void)
{
	stack_t stack = {.ss_sp = tty.stack, .ss_size = sizeof(tty.stack)};
	struct sigaction action = {.sa_handler = on_noted};

	sigaltstack(&stack, NULL);
	for (size_t i = 0; i < COUNT(noted); i++)
		sigaction(noted[i].number, &action, &tty.old_noted[i]);
	action.sa_handler = on_fatal;
	action.sa_flags = SA_RESETHAND | SA_NODEFER | SA_ONSTACK;
	/* A background process must not stop where it gives the terminal back. */
	sigaddset(&action.sa_mask, SIGTTOU);
	for (size_t i = 0; i < COUNT(fatal); i++) {
		if (SANITIZED && fatal[i].crash)
			continue;
		sigaction(fatal[i].number, &action, &tty.old_fatal[i]);
		/* Whoever started us wanted it ignored. */
		if (tty.old_fatal[i].sa_handler == SIG_IGN)
			sigaction(fatal[i].number, &tty.old_fatal[i], NULL);
	}
}

void tty_guard(const struct tty_restore *restore)
{
	tty.restore = *restore;
	if (pipe2(tty.pipe, O_CLOEXEC | O_NONBLOCK) != 0)
		tty.pipe[0] = tty.pipe[1] = -1;
	hold_back_errors();
	tty.guarding = 1;
	catch_signals();
}

void tty_release(void)
{
	stack_t none = {.ss_flags = SS_DISABLE};

	if (!tty.guarding)
		return;
	tty.guarding = 0;
	for (size_t i = 0; i < COUNT(noted); i++)
		sigaction(noted[i].number, &tty.old_noted[i], NULL);
	for (size_t i = 0; i < COUNT(fatal); i++)
		if (!SANITIZED || !fatal[i].crash)
			sigaction(fatal[i].number, &tty.old_fatal[i], NULL);
	sigaltstack(&none, NULL);
	close(tty.pipe[0]);
	close(tty.pipe[1]);
	print_held_back();
}

int tty_descriptor(void)
{
	return tty.pipe[0];
}

void tty_drain(void)
{
	char bytes[64];

	while (read(tty.pipe[0], bytes, sizeof(bytes)) > 0)
		;
}

bool tty_take(enum tty_signal which)
{
	bool came = tty.signals[which];

	tty.signals[which] = 0;
	return came;
}

void tty_stop(void)
{
	struct sigaction ours, standard = {.sa_handler = SIG_DFL};

	sigaction(SIGTSTP, &standard, &ours);
	raise(SIGTSTP);
	sigaction(SIGTSTP, &ours, NULL);
}

/* --- Another program on the terminal -------------------------------------- */

bool tty_run(const char *const *argv, int in, int out, int *status, struct error *error)
{
	/* A ^Z stops the whole group, so the shell sees a stopped job; fg continues all of it. */
	static const struct {
		int number;
		void (*handler)(int);
	} meanwhile[] = {{SIGINT, SIG_IGN}, {SIGQUIT, SIG_IGN}, {SIGTSTP, SIG_DFL}};
	struct sigaction old[COUNT(meanwhile)];
	/* Our standard error may be held back, and an editor wants its own on the terminal. */
	const int descriptors[3] = {in, out, out};
	pid_t child;
	int failure = process_spawn(argv, descriptors, &child);

	if (failure)
		return error_set(error, "%s: %s", argv[0], strerror(failure));
	for (size_t i = 0; i < COUNT(meanwhile); i++) {
		struct sigaction action = {.sa_handler = meanwhile[i].handler};

		sigaction(meanwhile[i].number, &action, &old[i]);
	}
	while (waitpid(child, status, 0) < 0 && errno == EINTR)
		;
	for (size_t i = 0; i < COUNT(meanwhile); i++)
		sigaction(meanwhile[i].number, &old[i], NULL);
	return true;
}
