/* SPDX-License-Identifier: MIT */
/* Threads: a crash in one reaches the handlers of the program, also when its stack has overflowed. */
#include "fixture.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/thread.h"

static void on_crash(int number)
{
	(void)number;
	_exit(7);
}

static volatile int never;

/* The crash is wanted: no sanitizer is to see it first. */
__attribute__((no_sanitize("undefined"))) static void *dereference(void *argument)
{
	volatile int *nowhere = argument;

	*nowhere = 1;
	return NULL;
}

static int grow(int depth)
{
	volatile char room[4096];

	room[depth % 4096] = 1;
	return never ? 0 : grow(depth + 1) + room[depth % 4096];
}

static void *overflow(void *argument)
{
	never = grow(0);
	return argument;
}

static void *abort_it(void *argument)
{
	raise(SIGABRT);
	return argument;
}

/* Runs it in a thread of a child; the handler ends that with 7. */
static void check(void *(*run)(void *), int number)
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (!child) {
		struct rlimit none = {0, 0};
		struct sigaction action = {.sa_handler = on_crash, .sa_flags = SA_ONSTACK};
		pthread_t thread;

		setrlimit(RLIMIT_CORE, &none);
		sigaction(number, &action, NULL);
		if (thread_start(&thread, run, NULL) == 0)
			pthread_join(thread, NULL);
		_exit(1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 7);
}

static void a_crash_in_a_thread_reaches_the_handler(void **state)
{
	(void)state;
	check(dereference, SIGSEGV);
	check(abort_it, SIGABRT);
	check(overflow, SIGSEGV);
}

/* Signals from outside are for the main thread. */
static void *waits(void *argument)
{
	sigset_t *mask = argument;

	pthread_sigmask(SIG_SETMASK, NULL, mask);
	return NULL;
}

static void other_signals_are_blocked(void **state)
{
	pthread_t thread;
	sigset_t mask;

	(void)state;
	assert_int_equal(thread_start(&thread, waits, &mask), 0);
	pthread_join(thread, NULL);
	assert_true(sigismember(&mask, SIGTERM));
	assert_true(sigismember(&mask, SIGWINCH));
	assert_false(sigismember(&mask, SIGSEGV));
	assert_false(sigismember(&mask, SIGPIPE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_crash_in_a_thread_reaches_the_handler),
		cmocka_unit_test(other_signals_are_blocked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
