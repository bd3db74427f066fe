/* SPDX-License-Identifier: MIT */
/* Rules of convergence: what several inputs say together, and that they are silent when nothing does. */
#include "fixture.h"

#include <stdio.h>

#include "base/array.h"
#include "diagnose/diagnose.h"

#define CPU "types samples/count cpu/nanoseconds\n"
#define DELAY "types contentions/count delay/nanoseconds\n"
#define HEAP "types alloc_objects/count alloc_space/bytes inuse_objects/count inuse_space/bytes\n"

/* One diagnosis of profiles as text. */
struct session {
	struct profile *profiles[4];
	struct view *views[4];
	struct diagnose_input inputs[4];
	struct findings findings;
	uint32_t count;
};

static void open_session(struct session *session, const char *const *texts)
{
	struct thresholds thresholds;
	struct error error;

	*session = (struct session){0};
	for (; session->count < 4 && texts[session->count]; session->count++) {
		uint32_t i = session->count;

		session->profiles[i] = fixture_profile(texts[i]);
		/* A second, so that shares of a processor are easy to see. */
		session->profiles[i]->duration_nanos = 1000000000;
		session->views[i] = fixture_view(session->profiles[i], "");
		session->inputs[i] = (struct diagnose_input){"input", session->views[i]};
	}
	assert_true(thresholds_parse(&thresholds, "", &error));
	diagnose(session->inputs, session->count, &thresholds, &session->findings);
}

static void close_session(struct session *session)
{
	findings_clear(&session->findings);
	for (uint32_t i = 0; i < session->count; i++) {
		view_free(session->views[i]);
		profile_free(session->profiles[i]);
	}
}

static const struct finding *find_rule(const struct session *session, const char *rule)
{
	for (size_t i = 0; i < session->findings.count; i++)
		if (strcmp(session->findings.items[i].rule, rule) == 0)
			return &session->findings.items[i];
	return NULL;
}

/*
 * The rule speaks, with this in its title or evidence, advice, and a place to
 * look; none of the others does, but that they may share a cause.
 */
static void check_only(const char *const *texts, const char *rule, const char *says)
{
	static const char *const rules[] = {"shared-cause", "computation", "allocation-storm",
					    "waiting", "garbage"};
	struct session session;
	const struct finding *finding;

	open_session(&session, texts);
	for (size_t i = *rule != '\0'; i < COUNT(rules); i++)
		if (find_rule(&session, rules[i]) && strcmp(rules[i], rule) != 0)
			fail_msg("%s speaks, too", rules[i]);
	finding = find_rule(&session, rule);
	if (*rule) {
		assert_non_null(finding);
		assert_true(strstr(finding->title, says) || strstr(finding->evidence, says));
		assert_true(*finding->advice && finding->jump_count > 0);
	}
	close_session(&session);
}

static void much_cpu_and_little_memory_is_computation(void **state)
{
	static const char *const texts[] = {
		CPU
		"main.main main.compute = 90 900000000\nmain.main runtime.mallocgc = 1 1000000\n",
		HEAP "main.main main.load = 1 100 1 100\n", NULL};

	(void)state;
	check_only(texts, "computation", "hot: main.compute");
}

static void allocation_and_a_contended_lock_are_a_storm(void **state)
{
	static const char *const texts[] = {
		CPU "main.serve main.encode runtime.mallocgc = 60 600000000\n"
		    "main.serve main.route = 40 400000000\n",
		HEAP
		"main.serve main.encode = 900 90000 1 100\nmain.serve main.load = 1 100 1 9000\n",
		DELAY "main.serve main.get sync.(*Mutex).Lock = 90 5000000000\n",
		DELAY "main.serve main.encode sync.(*Mutex).Unlock = 90 5000000000\n", NULL};

	(void)state;
	check_only(texts, "allocation-storm", "on both lists: main.encode");
}

static void blocking_without_cpu_is_waiting(void **state)
{
	static const char *const texts[] = {
		CPU "main.main main.compute = 10 100000000\n",
		DELAY "main.main main.query runtime.chanrecv1 = 90 5000000000\n", NULL};

	(void)state;
	check_only(texts, "waiting", "waits in: main.query");
}

static void one_function_in_all_profiles_is_the_cause(void **state)
{
	static const char *const texts[] = {
		CPU "main.serve main.hot = 50 500000000\n",
		HEAP "main.serve main.hot = 900 90000 90 9000\n",
		DELAY "main.serve main.hot sync.(*Mutex).Lock = 90 5000000000\n",
		DELAY "main.serve main.hot sync.(*Mutex).Unlock = 90 5000000000\n", NULL};

	(void)state;
	check_only(texts, "shared-cause", "point at main.hot");
}

static void the_collector_works_for_whoever_allocates(void **state)
{
	static const char *const texts[] = {
		CPU "runtime.gcBgMarkWorker runtime.gcDrain = 20 200000000\n"
		    "main.serve main.route = 40 400000000\n",
		HEAP
		"main.serve main.encode = 900 90000 1 100\nmain.serve main.load = 1 100 1 9000\n",
		NULL};

	(void)state;
	check_only(texts, "garbage", "main.encode makes the work of the collector");
}

static void calm_profiles_say_nothing_together(void **state)
{
	static const char *const texts[] = {
		CPU "main.main main.compute = 40 400000000\n",
		HEAP "main.main main.load = 1 100 1 100\n",
		DELAY "main.main main.query runtime.chanrecv1 = 9 5000000\n", NULL};
	static const char *const alone[] = {CPU "main.main main.compute = 90 900000000\n", NULL};

	(void)state;
	check_only(texts, "", "");
	check_only(alone, "", "");
}

/* What many findings come from stands before them; else what is farther beyond its limit. */
static void causes_stand_first(void **state)
{
	static const char *const texts[] = {
		CPU "main.serve main.encode runtime.mallocgc = 60 600000000\n"
		    "main.serve main.encode runtime.gcAssistAlloc = 100 1000000000\n",
		HEAP "main.serve main.encode = 900 90000 1 100\n", NULL};
	struct session session;

	(void)state;
	open_session(&session, texts);
	assert_string_equal(session.findings.items[0].rule, "gc");
	assert_int_equal(session.findings.items[0].severity, SEVERITY_CRITICAL);
	assert_string_equal(session.findings.items[1].rule, "garbage");
	for (size_t i = 1; i < session.findings.count; i++)
		assert_true(session.findings.items[i].severity <=
			    session.findings.items[i - 1].severity);
	close_session(&session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(much_cpu_and_little_memory_is_computation),
		cmocka_unit_test(allocation_and_a_contended_lock_are_a_storm),
		cmocka_unit_test(blocking_without_cpu_is_waiting),
		cmocka_unit_test(one_function_in_all_profiles_is_the_cause),
		cmocka_unit_test(the_collector_works_for_whoever_allocates),
		cmocka_unit_test(calm_profiles_say_nothing_together),
		cmocka_unit_test(causes_stand_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
