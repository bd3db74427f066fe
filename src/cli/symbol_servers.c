/* SPDX-License-Identifier: MIT */
#include "cli/symbol_servers.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/array.h"
#include "base/intern.h"
#include "base/pair_map.h"
#include "base/span.h"

/* Names of a large binary are some MB. */
#define ANSWER_LIMIT ((uint64_t)256 << 20)

void symbol_servers_init(struct symbol_servers *servers)
{
	*servers = (struct symbol_servers){0};
	pthread_mutex_init(&servers->mutex, NULL);
}

void symbol_servers_clear(struct symbol_servers *servers)
{
	for (size_t i = 0; i < servers->count; i++) {
		free(servers->servers[i].mapping);
		free(servers->servers[i].location);
	}
	free(servers->servers);
	pthread_mutex_destroy(&servers->mutex);
}

/* What a mapping is known by in all profiles that have it. */
static const char *name_of(const struct profile *profile, const struct mapping *mapping)
{
	const char *id = profile_text(profile, mapping->build_id);

	return *id ? id : profile_text(profile, mapping->file);
}

void symbol_servers_note(struct symbol_servers *servers, int order, const char *location,
			 struct profile *profile, const char *binary, const char *build_id)
{
	for (mapping_id i = 0; i < profile->mapping_count; i++) {
		struct mapping *mapping = &profile->mappings[i];
		struct symbol_server server = {
			.order = order, .location = alloc_text(location), .start = mapping->start};
		const char *name = name_of(profile, mapping);

		if (i == 0 && !mapping->build_id && (*build_id || binary))
			name = *build_id ? build_id : binary;
		if (!*name) {
			mapping->file = strings_add_text(&profile->strings, location);
			name = location;
		}
		server.mapping = alloc_text(name);
		pthread_mutex_lock(&servers->mutex);
		array_push(servers->servers, servers->count, servers->capacity, server);
		pthread_mutex_unlock(&servers->mutex);
	}
}

/* The first source that has the mapping. */
static struct symbol_server *find(const struct symbol_servers *servers, const char *name)
{
	struct symbol_server *best = NULL;

	for (size_t i = 0; i < servers->count; i++) {
		struct symbol_server *server = &servers->servers[i];

		if (strcmp(server->mapping, name) == 0 && (!best || server->order < best->order))
			best = server;
	}
	return best;
}

/* The work on one mapping. */
struct asking {
	struct profile *profile;
	mapping_id mapping;
	uint64_t offset;            /* from our addresses to the server's */
	struct intern addresses;    /* that are asked for, as the server has them */
	function_id *answers;       /* by their number; NONE: not answered */
	struct function *functions; /* the profile's and the new ones */
	size_t count, capacity;
	struct pair_map names; /* string id and 0: the new functions in their order */
};

static bool wants_name(const struct asking *asking, const struct location *location)
{
	return location->mapping == asking->mapping && location->address && !location->line_count;
}

static void list_addresses(struct asking *asking, struct text *body)
{
	const struct profile *profile = asking->profile;

	for (location_id i = 0; i < profile->location_count; i++) {
		uint64_t address = profile->locations[i].address + asking->offset;

		if (!wants_name(asking, &profile->locations[i]))
			continue;
		text_printf(body, "%s%#llx", body->length ? "+" : "", (unsigned long long)address);
		intern_add(&asking->addresses, &address);
	}
	asking->answers = alloc_zero(asking->addresses.count, sizeof(*asking->answers));
	for (size_t i = 0; i < asking->addresses.count; i++)
		asking->answers[i] = NONE;
}

static function_id function_named(struct asking *asking, struct span name)
{
	string_id id = strings_add(&asking->profile->strings, name.at, span_length(name));
	uint32_t number = pair_map_add(&asking->names, id, 0);
	size_t at = asking->profile->function_count + number;

	if (at == asking->count) {
		struct function function = {.id = at + 1, .name = id, .system_name = id};

		array_push(asking->functions, asking->count, asking->capacity, function);
	}
	return (function_id)at;
}

/* "0x401000 name", anywhere in a line: other lines say other things. */
static void take_answer(struct asking *asking, struct span line)
{
	struct span digits;
	uint64_t address;
	uint32_t number;

	if (!span_take_address(&line, &digits) || !span_skip_space(&line) ||
	    !span_hex(digits, &address) || span_is_empty(line))
		return;
	number = intern_find(&asking->addresses, &address);
	if (number != INTERN_NONE)
		asking->answers[number] = function_named(asking, line);
}

static void take_answers(struct asking *asking, const struct text *answer)
{
	struct span text = span_of(text_string(answer)), line;

	/* A last line without its end may be half of one. */
	while (memchr(text.at, '\n', span_length(text)) && span_take_line(&text, &line))
		take_answer(asking, line);
}

/* Puts the names where they belong. Frames of locations without lines are there already. */
static void apply_answers(struct asking *asking)
{
	struct profile *profile = asking->profile;
	bool any = false;

	for (location_id i = 0; i < profile->location_count; i++) {
		struct location *location = &profile->locations[i];
		uint64_t address = location->address + asking->offset;
		function_id function;

		if (!wants_name(asking, location))
			continue;
		function = asking->answers[intern_find(&asking->addresses, &address)];
		if (function == NONE)
			continue;
		location->line_count = 1;
		profile->frames[location->first_frame].function = function;
		any = true;
	}
	if (!any)
		return;
	profile->functions =
		arena_alloc(&profile->arena, asking->count * sizeof(*asking->functions));
	memcpy(profile->functions, asking->functions, asking->count * sizeof(*asking->functions));
	profile->function_count = (uint32_t)asking->count;
}

/* Asks one server for the names of one mapping. False with an error that names its address. */
static bool ask(struct asking *asking, const struct symbol_server *server,
		const struct fetch_options *options, struct progress *progress, struct error *error)
{
	struct fetch_options plain = *options;
	struct text body = {0}, answer = {0}, shown = {0};
	struct address address;
	bool good = true;

	list_addresses(asking, &body);
	plain.seconds = 0;
	if (body.length && fetch_address(server->location, &plain, &address)) {
		address_to_symbols(&address);
		good = fetch_text(&address, &plain, "application/octet-stream", &body, ANSWER_LIMIT,
				  progress, &answer, error);
		address_print(&address, &shown);
		if (!good)
			error_wrap(error, "%s", shown.bytes);
		address_clear(&address);
	}
	if (good) {
		take_answers(asking, &answer);
		apply_answers(asking);
		/* pprof says so of each mapping that a server was responsible for. */
		asking->profile->mappings[asking->mapping].has_functions = true;
	}
	text_clear(&body);
	text_clear(&answer);
	text_clear(&shown);
	return good;
}

static bool ask_for_mapping(struct profile *profile, mapping_id mapping,
			    const struct symbol_server *server, const struct fetch_options *options,
			    struct progress *progress, struct text *failures)
{
	struct asking asking = {
		.profile = profile,
		.mapping = mapping,
		.offset = server->start - profile->mappings[mapping].start,
	};
	struct error error;
	bool good;

	intern_init(&asking.addresses, sizeof(uint64_t));
	array_reserve(asking.functions, asking.capacity, profile->function_count + 1);
	if (profile->function_count)
		memcpy(asking.functions, profile->functions,
		       profile->function_count * sizeof(*asking.functions));
	asking.count = profile->function_count;
	good = ask(&asking, server, options, progress, &error);
	if (!good)
		text_printf(failures, "%s; functions without a name stay addresses\n",
			    error.message);
	intern_clear(&asking.addresses);
	pair_map_clear(&asking.names);
	free(asking.answers);
	free(asking.functions);
	return good;
}

/* A server that fails for one mapping is not asked for the next one. */
static void note_failed(struct symbol_servers *servers, const char *location)
{
	for (size_t i = 0; i < servers->count; i++)
		if (strcmp(servers->servers[i].location, location) == 0)
			servers->servers[i].failed = true;
}

void symbol_servers_ask(struct symbol_servers *servers, struct profile *profile, bool force,
			const struct fetch_options *options, struct progress *progress,
			struct text *failures)
{
	for (mapping_id i = 0; servers->count && i < profile->mapping_count; i++) {
		const struct mapping *mapping = &profile->mappings[i];
		const struct symbol_server *server = find(servers, name_of(profile, mapping));

		if (server && !server->failed && (force || !mapping->has_functions) &&
		    !ask_for_mapping(profile, i, server, options, progress, failures))
			note_failed(servers, server->location);
	}
}
