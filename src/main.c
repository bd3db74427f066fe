/* SPDX-License-Identifier: MIT */
/* Options, load, then a report or the explorer. The only place that exits and prints errors. */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"
#include "cli/batch.h"
#include "cli/help.h"
#include "cli/load.h"
#include "cli/message.h"
#include "cli/output.h"
#include "cli/request.h"
#include "cli/run_command.h"
#include "cli/service.h"
#include "source/captures.h"
#include "ui/app/service_menu.h"
#include "ui/app/app.h"
#include "ui/app/app_config.h"
#include "ui/app/manual.h"
#include "cli/write_report.h"
#include "report/text/source_places.h"

#define STATUS_ERROR 2

static int fail(const struct error *error)
{
	message_print(error->message);
	return STATUS_ERROR;
}

/* Does a profile come from standard input? Then no commands do. */
static bool reads_input(const struct request *request)
{
	for (int i = 0; i < request->location_count; i++)
		if (strcmp(request->locations[i], "-") == 0)
			return true;
	return false;
}

static void print_warnings(const struct profile *profile)
{
	for (uint32_t i = 0; i < profile->warning_count; i++)
		message_print(profile->warnings[i]);
}

/* What went to standard output must have arrived there. */
static int close_output(void)
{
	struct error error;

	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	error_set(&error, "standard output: %s; %s", strerror(errno), output_remedy());
	return fail(&error);
}

/* What -redact would replace, a line each. */
static int list_redaction(struct request *request)
{
	struct profile *profile, *redacted = NULL;
	struct redact_rules *rules;
	struct text list = {0};
	struct error error;

	request->redact = false;
	profile = load_profile(request, NULL, NULL, &error);
	rules = profile ? load_redact_rules(request, &error) : NULL;
	if (rules)
		redacted = redact_profile(profile, rules, &list, &error);
	fputs(text_string(&list), stdout);
	text_clear(&list);
	redact_rules_free(rules);
	profile_free(profile);
	if (!redacted)
		return fail(&error);
	profile_free(redacted);
	return close_output();
}

/* A report that takes several profiles, each by itself. */
static int run_several(struct request *request)
{
	uint32_t count = (uint32_t)request->location_count;
	struct profile **profiles = alloc_zero(count, sizeof(*profiles));
	int status = 0;
	bool good;
	char **names;
	struct error error;

	/* The report that judges does so by the limits of whoever asks. */
	if (request->report == report_find("diagnose") && !app_take_limits(request, &error))
		message_print(error.message);
	good = load_each(request, profiles, NULL, &error);
	if (!good) {
		free(profiles);
		return fail(&error);
	}
	for (uint32_t i = 0; i < count; i++)
		print_warnings(profiles[i]);
	names = load_names(request, &error);
	good = names && write_report_of(request->report, &request->settings, profiles, names, count,
					&status, &error);
	for (uint32_t i = 0; i < count; i++) {
		profile_free(profiles[i]);
		if (names)
			free(names[i]);
	}
	free(names);
	free(profiles);
	if (!good)
		return fail(&error);
	return status;
}

/* What is done is said as pprof says it, without a name in front. */
static void say(enum fetch_news news, const char *line)
{
	struct text safe = {0};

	if (news == FETCH_FAILED) {
		message_print(line);
		return;
	}
	text_add_sanitized(&safe, line, strlen(line), false);
	fprintf(stderr, "%s\n", text_string(&safe));
	text_clear(&safe);
}

static int run_report(struct request *request)
{
	const struct report *report = request->report ? request->report : report_find("top");
	bool from_shell = !request->report && !isatty(STDIN_FILENO) && !reads_input(request);
	struct error error;
	struct profile *profile = load_profile(request, NULL, NULL, &error);
	struct source_places places = {0};
	int count = 0;
	bool good = true;

	if (!profile)
		return fail(&error);
	print_warnings(profile);
	/* Where the explorer was told that sources are. */
	if (!request->no_history)
		source_places_load(&places);
	request->settings.report.places = &places;
	if (from_shell)
		count = batch_run(stdin, &request->settings, profile);
	if (!count)
		good = write_report(report, request->argument, &request->settings, profile, false,
				    &error) ||
		       error_wrap(&error, "%s", request->locations[0]);
	profile_free(profile);
	request->settings.report.places = NULL;
	source_places_clear(&places);
	return good ? 0 : fail(&error);
}

/* A service without a path: what it offers is to be chosen from. */
static bool is_menu(const struct request *request)
{
	return !request->report && request->location_count == 1 && !*request->base &&
	       !*request->diff_base && service_is_bare(request->locations[0]);
}

static int list_service(const struct request *request)
{
	struct service service;
	struct text text = {0}, safe = {0};
	struct error error;

	if (!service_read(request->locations[0], &request->fetch, NULL, &service, &error))
		return fail(&error);
	service_print(&service, &text);
	text_add_sanitized(&safe, text_string(&text), text.length, true);
	fputs(text_string(&safe), stdout);
	text_clear(&text);
	text_clear(&safe);
	service_clear(&service);
	return close_output();
}

/* What was captured is kept while it is explored. */
static int explore(struct request *request, struct error *error)
{
	int status;

	request->fetch.captures = captures_new();
	status = app_run(request, error);
	if (request->busy)
		return status; /* a thread may still write there */
	captures_free(request->fetch.captures);
	request->fetch.captures = NULL;
	return status;
}

/* The menu of a service, and what is chosen there, until somebody leaves it. */
static int run_menu(struct request *request, struct error *error)
{
	char *location = alloc_text(request->locations[0]);
	struct captures *captures = captures_new();
	int status = 0;
	bool more = true;

	request->fetch.captures = captures;
	error->message[0] = '\0';
	while (more) {
		switch (service_menu_run(request, location, error->message, error)) {
		case MENU_CHOSEN:
			error->message[0] = '\0';
			request->wants_message = true;
			status = app_run(request, error);
			/* What failed is told in the menu, what was left leads back to it. */
			more = !request->busy && status != APP_NO_TERMINAL && !request->leaves;
			break;
		case MENU_LEFT:
			status = 0;
			more = false;
			break;
		case MENU_FAILED:
			status = APP_NO_TERMINAL;
			more = false;
			break;
		}
	}
	if (!request->busy) {
		captures_free(captures);
		request->fetch.captures = NULL;
	}
	free(location);
	return status;
}

static int write_help(const struct request *request)
{
	if (!request->help_form) {
		help_write(stdout);
	} else if (strcmp(request->help_form, "man") == 0) {
		help_write_manual(stdout);
		manual_write(stdout);
	} else {
		help_write_words(stdout);
	}
	return close_output();
}

static int run(struct request *request)
{
	struct error error;
	int status;

	if (request->help)
		return write_help(request);
	if (request->formats) {
		help_write_formats(stdout);
		return close_output();
	}
	if (request->version) {
		puts("ncprof " PACKAGE_VERSION);
		return close_output();
	}
	if (request->command && !run_command(request, &error))
		return fail(&error);
	if (request->location_count == 0) {
		error_set(&error, "no profile named; try ncprof cpu.pb.gz, or ncprof --help");
		return fail(&error);
	}
	request->fetch.say = say;
	if (is_menu(request) && (!isatty(STDOUT_FILENO) || !isatty(STDIN_FILENO)))
		return list_service(request);
	if (request->redact_report)
		return list_redaction(request);
	if (request->report && request->report->several)
		return run_several(request);
	/* Commands on standard input are run even if there is a terminal to show them on. */
	if (request->report || !isatty(STDOUT_FILENO) ||
	    (!isatty(STDIN_FILENO) && !reads_input(request)))
		return run_report(request);
	request->fetch.say = NULL;
	request->lanes = true;
	status = is_menu(request) ? run_menu(request, &error) : explore(request, &error);
	if (status != APP_NO_TERMINAL)
		return status;
	request->fetch.say = say;
	request->lanes = false;
	/* The report that a pipe gets: better than nothing, but not what was asked for. */
	run_report(request);
	return fail(&error);
}

/*
 * A descriptor that is closed would be that of the next file that is opened,
 * which then was taken for standard error. Reading and writing fail as before.
 */
static void open_standard(void)
{
	static const int modes[] = {O_WRONLY, O_RDONLY, O_WRONLY};

	for (int i = 0; i < 3; i++)
		if (fcntl(i, F_GETFD) < 0 && open("/dev/null", modes[i]) != i)
			return;
}

int main(int argc, char **argv)
{
	struct request request;
	struct error error;
	int status;

	open_standard();
	setlocale(LC_CTYPE, "");
	if (request_parse(&request, argc, argv, &error)) {
		message_print_lines(text_string(&request.notes));
		status = run(&request);
	} else {
		status = fail(&error);
	}
	/* Then this frame must stay as it is until the program ends. */
	if (request.busy)
		exit(status);
	run_command_clear(&request);
	request_clear(&request);
	return status;
}
