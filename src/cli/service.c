/* SPDX-License-Identifier: MIT */
#include "cli/service.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/span.h"
#include "cli/store_list.h"
#include "source/source.h"
#include "source/store.h"

/* An index is some KB. */
#define ANSWER_LIMIT ((uint64_t)4 << 20)
#define PROFILE_LIMIT 200

static const struct {
	const char *name, *about;
	bool timed, delta, text;
} known[] = {
	{"profile", "where CPU time goes", true, false, false},
	{"heap", "memory in use, and all that was allocated", false, true, false},
	{"allocs", "all that was allocated since the start", false, true, false},
	{"goroutine", "what every goroutine is doing", false, true, false},
	{"block", "waiting for channels and locks", false, true, false},
	{"mutex", "who made others wait for a lock", false, true, false},
	{"threadcreate", "what made threads of the system", false, true, false},
	{"goroutineleak", "goroutines that can never go on", false, true, false},
	{"trace", "an execution trace", true, false, false},
	{"cmdline", "the command line", false, false, true},
	{"symbol", "names of addresses", false, false, true},
	{"growth", "where the heap of gperftools grew", false, false, false},
	{"contention", "waiting for locks, of gperftools", false, false, false},
	{"pmuprofile", "hardware counters, of gperftools", true, false, false},
};

bool service_is_bare(const char *location)
{
	struct address address;
	bool bare;

	if (store_kind_of(location) != STORE_NONE)
		return store_list_is_bare(location);
	if (!source_is_remote(location) || !address_parse(location, &address))
		return false;
	bare = address_is_bare(&address) || strcmp(address.path, "/") == 0 ||
	       strcmp(address.path, "/debug/pprof/") == 0 ||
	       strcmp(address.path, "/debug/pprof") == 0;
	bare = bare && !*address.query;
	address_clear(&address);
	return bare;
}

static void add_profile(struct service *service, struct span name, const char *folder,
			int64_t count)
{
	struct service_profile profile = {.count = count, .about = "a profile of its own"};
	struct text path = {0};

	if (span_is_empty(name) || service->count == PROFILE_LIMIT)
		return;
	text_printf(&path, "%s%.*s", folder, (int)span_length(name), name.at);
	profile.path = path.bytes;
	profile.name = alloc_text(path.bytes + strlen(folder));
	profile.delta = true;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(known[i].name, profile.name) != 0)
			continue;
		profile.about = known[i].about;
		profile.timed = known[i].timed;
		profile.delta = known[i].delta;
		profile.text = known[i].text;
		if (known[i].timed || known[i].text)
			profile.count = -1;
	}
	array_push(service->profiles, service->count, service->capacity, profile);
}

/* The text up to `end`, which is skipped; false if it does not come. */
static bool take_until(struct span *text, const char *end, struct span *taken)
{
	const char *at = span_find(*text, end);

	if (!at)
		return false;
	*taken = (struct span){text->at, at};
	text->at = at + strlen(end);
	return true;
}

/* Rows "<td>COUNT</td><td><a href='NAME?debug=1'>". */
static void read_index(struct service *service, struct span html)
{
	struct span before, count, name;
	int64_t number;

	while (take_until(&html, "<td>", &before) && take_until(&html, "</td>", &count)) {
		struct span rest = html;

		if (!span_decimal(span_trim(count), &number) ||
		    !take_until(&rest, "href=", &before) || span_length(rest) < 2 ||
		    span_find(before, "<tr>"))
			continue;
		rest.at++;
		name = (struct span){rest.at, rest.at};
		while (name.end < rest.end && !strchr("'\"?>/", *name.end) && *name.end > ' ')
			name.end++;
		html.at = name.end;
		add_profile(service, name, "/debug/pprof/", number);
	}
}

/* Asks for a path of the service. */
static bool ask(const struct service *service, const char *path,
		const struct fetch_options *options, struct progress *progress, struct text *answer,
		struct error *error)
{
	struct fetch_options plain = *options;
	struct address address;
	bool good;

	plain.seconds = 0;
	if (!fetch_address(service->location, &plain, &address))
		return error_set(error, "is no address; name HOST:PORT");
	address_set_path(&address, path);
	text_reset(answer);
	good = fetch_text(&address, &plain, NULL, NULL, ANSWER_LIMIT, progress, answer, error);
	address_clear(&address);
	return good;
}

/* The words of the process, which come apart by zeros. */
static void read_command_line(struct service *service, const struct text *answer)
{
	struct text words = {0};

	for (size_t i = 0; i < answer->length; i++)
		text_add_char(&words, answer->bytes[i] ? answer->bytes[i] : ' ');
	free(service->command_line);
	service->command_line = words.bytes ? words.bytes : alloc_text("");
}

/* An empty profile may mean that the runtime does not look. */
static void explain_empty(struct service *service, const struct fetch_options *options,
			  struct progress *progress)
{
	struct text answer = {0};
	struct error error;

	for (size_t i = 0; i < service->count; i++) {
		struct service_profile *profile = &service->profiles[i];

		if (profile->count != 0)
			continue;
		if (strcmp(profile->name, "block") == 0)
			profile->off = "nothing recorded; runtime.SetBlockProfileRate(10000) "
				       "switches it on";
		if (strcmp(profile->name, "mutex") != 0)
			continue;
		/* Its text tells the rate. */
		if (!ask(service, "/debug/pprof/mutex?debug=1", options, progress, &answer,
			 &error) ||
		    strstr(text_string(&answer), "sampling period=0"))
			profile->off = "switched off; runtime.SetMutexProfileFraction(100) "
				       "switches it on";
	}
	text_clear(&answer);
}

/* gperftools has no index: its handlers are there if the one for names is. */
static void add_gperftools(struct service *service)
{
	static const char *const names[] = {"profile", "heap", "growth", "contention"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		add_profile(service, span_of(names[i]), "/pprof/", -1);
	for (size_t i = 0; i < service->count; i++)
		service->profiles[i].delta = false;
}

static bool read_service(struct service *service, const struct fetch_options *options,
			 struct progress *progress, struct error *error)
{
	struct text answer = {0};
	struct error ignored;
	bool good = ask(service, "/debug/pprof/", options, progress, &answer, error);

	if (good)
		read_index(service, span_of(text_string(&answer)));
	if (service->count) {
		if (ask(service, "/debug/pprof/cmdline", options, progress, &answer, &ignored))
			read_command_line(service, &answer);
		explain_empty(service, options, progress);
	} else if (ask(service, "/pprof/symbol", options, progress, &answer, &ignored) &&
		   strstr(text_string(&answer), "num_symbols")) {
		add_gperftools(service);
		if (ask(service, "/pprof/cmdline", options, progress, &answer, &ignored))
			read_command_line(service, &answer);
	} else if (good) {
		error_set(error, "/debug/pprof/ lists no profile; name the whole URL of one");
	}
	text_clear(&answer);
	return service->count > 0;
}

bool service_read(const char *location, const struct fetch_options *options,
		  struct progress *progress, struct service *service, struct error *error)
{
	*service =
		(struct service){.location = alloc_text(location), .command_line = alloc_text("")};
	if (store_kind_of(location) == STORE_NONE
		    ? read_service(service, options, progress, error)
		    : store_list_read(service, options, progress, error))
		return true;
	service_clear(service);
	return error_wrap(error, "%s", location);
}

void service_clear(struct service *service)
{
	for (size_t i = 0; i < service->count; i++) {
		free(service->profiles[i].name);
		free(service->profiles[i].path);
	}
	free(service->profiles);
	free(service->location);
	free(service->command_line);
	*service = (struct service){0};
}

void service_location(const struct service *service, const struct service_profile *profile,
		      int64_t seconds, enum service_capture which, struct text *location)
{
	static const char *const marks[] = {"", "#before", "#after"};
	struct address address;

	if (service->is_store) {
		store_list_location(service, profile, seconds, which == CAPTURE_BEFORE, location);
		return;
	}
	if (!address_parse(service->location, &address))
		return;
	address_set_path(&address, profile->path);
	if (seconds > 0)
		address_set_seconds(&address, seconds);
	address_print(&address, location);
	text_add_string(location, marks[which]);
	address_clear(&address);
}

/* The locations of a store, each ready to be given as a source. */
static void print_store(const struct service *service, struct text *text)
{
	for (size_t i = 0; i < service->count; i++) {
		service_location(service, &service->profiles[i], 0, CAPTURE_ONLY, text);
		text_add_char(text, '\n');
	}
}

void service_print(const struct service *service, struct text *text)
{
	if (service->is_store) {
		print_store(service, text);
		return;
	}
	text_printf(text, "%s%s%s\n%9s  %-14s %s\n", service->location,
		    *service->command_line ? ": " : "", service->command_line, "records", "profile",
		    "what it is");
	for (size_t i = 0; i < service->count; i++) {
		const struct service_profile *profile = &service->profiles[i];
		struct text location = {0};

		if (profile->count >= 0)
			text_printf(text, "%9lld", (long long)profile->count);
		else
			text_printf(text, "%9s", "");
		text_printf(text, "  %-14s %s", profile->name,
			    profile->off ? profile->off : profile->about);
		service_location(service, profile, 0, CAPTURE_ONLY, &location);
		if (!profile->text && !profile->off)
			text_printf(text, ": ncprof %s%s", profile->timed ? "-seconds=30 " : "",
				    location.bytes);
		text_add_char(text, '\n');
		text_clear(&location);
	}
}
