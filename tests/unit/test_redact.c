/* SPDX-License-Identifier: MIT */
/* Redaction: what the rules replace, and that nothing of it is left anywhere. */
#include "fixture.h"

#include <stdio.h>
#include <unistd.h>
#include <zlib.h>

#include "base/array.h"
#include "report/report.h"
#include "transform/redact.h"
#include "cli/write_report.h"

/* Apart from what follows, so that it is not taken for somebody's directory. */
#define HOME "/home/"

static void check(const struct redact_rules *rules, const char *string, const char *want)
{
	struct text out = {0};
	bool changed = redact_string(rules, string, strlen(string), &out);

	assert_string_equal(text_string(&out), want);
	assert_int_equal(changed, strcmp(string, want) != 0);
	text_clear(&out);
}

static void the_built_in_rules_know_secrets(void **state)
{
	static const struct {
		const char *string, *want;
	} cases[] = {
		{"main.loadSecretToken", "main.loadSecretToken"},
		{"token=abc123", "token=[REDACTED]"},
		{"Password: hunter2, user=x", "Password: [REDACTED], user=x"},
		{"/srv/secrets/prod-db/conn.go", "/srv/secrets/[MASK]/conn.go"},
		{HOME "alice/src/a.go", HOME "[USER]/src/a.go"},
		{"runtime.mallocgc", "runtime.mallocgc"},
		{"", ""},
	};
	struct error error;
	struct redact_rules *rules = redact_rules_new(NULL, &error);

	(void)state;
	assert_non_null(rules);
	for (size_t i = 0; i < COUNT(cases); i++)
		check(rules, cases[i].string, cases[i].want);
	redact_rules_free(rules);
}

static void rules_of_the_user_come_first(void **state)
{
	struct error error;
	struct redact_rules *rules = redact_rules_new("# customers\n\nacme|globex => CUSTOMER\n"
						      "v(\\d+)\\.(\\d+) => v$1.x\r\n",
						      &error);

	(void)state;
	assert_non_null(rules);
	check(rules, "main.acmeToken", "main.CUSTOMERToken");
	check(rules, "acme token=x", "CUSTOMER token=[REDACTED]");
	check(rules, "app v12.7", "app v12.x");
	redact_rules_free(rules);
}

static void check_broken(const char *text, const char *want)
{
	struct error error;

	assert_null(redact_rules_new(text, &error));
	assert_non_null(strstr(error.message, want));
}

static void broken_rules_are_named_by_their_line(void **state)
{
	(void)state;
	check_broken("a => b\nno arrow\n", "line 2: is no rule");
	check_broken(" => b\n", "line 1: has no regular expression");
	check_broken("\n( => b\n", "line 2: regular expression");
	check_broken("a => ${1\n", "line 1: replacement \"${1\"");
}

static void a_rule_that_gives_up_replaces_the_whole_string(void **state)
{
	struct error error;
	struct redact_rules *rules = redact_rules_new("(a+)+$ => x\n", &error);
	char string[4096];

	(void)state;
	assert_non_null(rules);
	memset(string, 'a', sizeof(string));
	string[sizeof(string) - 1] = '\0';
	string[sizeof(string) - 2] = 'b';
	check(rules, string, "[REDACTED]");
	redact_rules_free(rules);
}

static const char *const originals[] = {"HUNTERONE", "hunter2", "prod-db", "HUNTERTHREE", "alice"};

static struct profile *secret_profile(void)
{
	return fixture_profile(
		"types samples/count cpu/nanoseconds\n"
		"main.main main.loadSecret>main.one~token|HUNTERONE = 1 10 password=hunter2\n"
		"main.main main.two~token|HUNTERTHREE = 2 20 path=/srv/secrets/prod-db/x\n"
		"main.main main.same~key|HUNTERTHREE = 3 30 path=" HOME "alice/x size:64bytes\n"
		"main.main main.same~key|HUNTERONE = 4 40\n");
}

static struct profile *redacted_profile(const struct profile *profile, struct text *list)
{
	struct error error;
	struct redact_rules *rules = redact_rules_new(NULL, &error);
	struct profile *redacted = redact_profile(profile, rules, list, &error);

	assert_non_null(redacted);
	redact_rules_free(rules);
	return redacted;
}

static void names_stay_as_different_as_they_were(void **state)
{
	struct profile *profile = secret_profile(), *redacted = redacted_profile(profile, NULL);

	(void)state;
	assert_int_equal(strings_count(&profile->strings), strings_count(&redacted->strings));
	assert_int_equal(profile->sample_count, redacted->sample_count);
	assert_int_equal(profile->function_count, redacted->function_count);
	assert_memory_equal(profile->values[1], redacted->values[1],
			    profile->sample_count * sizeof(int64_t));
	assert_memory_equal(profile->path_start, redacted->path_start,
			    (profile->sample_count + 1) * sizeof(*profile->path_start));
	for (uint32_t i = 0; i < profile->function_count; i++)
		for (uint32_t k = 0; k < i; k++)
			assert_true(redacted->functions[i].name != redacted->functions[k].name);
	profile_free(profile);
	profile_free(redacted);
}

static void the_list_has_every_replacement(void **state)
{
	struct profile *profile = secret_profile(), *redacted;
	struct text list = {0};

	(void)state;
	redacted = redacted_profile(profile, &list);
	assert_non_null(
		strstr(list.bytes, "main.one token|HUNTERONE => main.one token|[REDACTED]\n"));
	assert_non_null(
		strstr(list.bytes, "main.same key|HUNTERTHREE => main.same key|[REDACTED]\n"));
	assert_non_null(strstr(list.bytes, "main.same key|HUNTERONE => main.same key|[REDACTED]~"));
	assert_null(strstr(list.bytes, "main.main =>"));
	text_clear(&list);
	profile_free(profile);
	profile_free(redacted);
}

/* The bytes of a report, unpacked if it is packed; of one that cannot be written, why. */
static struct text report_bytes(const struct report *report, const struct settings *settings,
				const struct profile *profile)
{
	char path[] = "/tmp/redact.XXXXXX", bytes[4096];
	int descriptor = mkstemp(path), length;
	struct pattern *argument = NULL;
	struct text content = {0};
	struct error error;
	FILE *out;
	gzFile in;

	assert_true(descriptor >= 0);
	out = fdopen(descriptor, "w");
	assert_non_null(out);
	if (report->argument)
		argument = pattern_new(".", false, &error);
	if (!render_report(report, argument, settings, profile, out, NULL, &error))
		fputs(error.message, out);
	assert_int_equal(fclose(out), 0);
	in = gzopen(path, "r");
	while ((length = gzread(in, bytes, sizeof(bytes))) > 0)
		text_add(&content, bytes, (size_t)length);
	gzclose(in);
	unlink(path);
	pattern_free(argument);
	return content;
}

static bool holds(const struct text *content, const char *string)
{
	return memmem(text_string(content), content->length, string, strlen(string)) != NULL;
}

static void no_report_holds_an_original(void **state)
{
	static const char *const images[] = {"svg", "png", "gif", "ps", "pdf"};
	struct profile *profile = secret_profile(), *redacted = redacted_profile(profile, NULL);
	struct settings settings;
	size_t found = 0;

	(void)state;
	settings_init(&settings);
	settings.report.trim = false;
	for (size_t i = 0; reports[i]; i++) {
		struct text plain, safe;
		bool image = false;

		for (size_t k = 0; k < COUNT(images); k++)
			image = image || strcmp(images[k], reports[i]->name) == 0;
		if (image || reports[i]->pairs || reports[i]->of_traces)
			continue;
		plain = report_bytes(reports[i], &settings, profile);
		safe = report_bytes(reports[i], &settings, redacted);
		for (size_t k = 0; k < COUNT(originals); k++) {
			found += holds(&plain, originals[k]);
			if (holds(&safe, originals[k]))
				fail_msg("%s holds %s", reports[i]->name, originals[k]);
		}
		text_clear(&plain);
		text_clear(&safe);
	}
	/* The reports of the original do hold them. */
	assert_in_range(found, 20, 1000);
	settings_clear(&settings);
	profile_free(profile);
	profile_free(redacted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_built_in_rules_know_secrets),
		cmocka_unit_test(rules_of_the_user_come_first),
		cmocka_unit_test(broken_rules_are_named_by_their_line),
		cmocka_unit_test(a_rule_that_gives_up_replaces_the_whole_string),
		cmocka_unit_test(names_stay_as_different_as_they_were),
		cmocka_unit_test(the_list_has_every_replacement),
		cmocka_unit_test(no_report_holds_an_original),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
