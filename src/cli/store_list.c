/* SPDX-License-Identifier: MIT */
#include "cli/store_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "source/query.h"
#include "source/store.h"

#define ROW_LIMIT 1000

bool store_list_is_bare(const char *location)
{
	const struct fetch_options none = {.seconds = 0};
	struct store_query query;
	struct error error;
	bool bare;

	if (store_kind_of(location) == STORE_NONE ||
	    !store_parse(location, &none, store_now(), &query, &error))
		return false;
	bare = !*query.type;
	store_query_clear(&query);
	return bare;
}

void store_list_location(const struct service *service, const struct service_profile *profile,
			 int64_t seconds, bool before, struct text *location)
{
	const char *question = strchr(service->location, '?');
	size_t length =
		question ? (size_t)(question - service->location) : strlen(service->location);
	struct query words;

	query_parse(&words, span_of(question ? question + 1 : ""));
	text_add(location, service->location, length);
	text_add_string(location, "?query=");
	query_encode(profile->path, location);
	if (seconds) {
		text_printf(location, "&from=now-%llds&until=now",
			    (long long)seconds * (before ? 2 : 1));
		if (before)
			text_printf(location, "-%llds", (long long)seconds);
	} else {
		static const char *const keys[] = {"from", "until"};

		for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
			const char *value = query_find(&words, keys[i]);

			if (!value)
				continue;
			text_printf(location, "&%s=", keys[i]);
			query_encode(value, location);
		}
	}
	query_clear(&words);
}

#ifdef HAVE_JSON_C

#include <json-c/json.h>

/* A member of an object as text; "" if it is not there. */
static const char *member(struct json_object *object, const char *name)
{
	struct json_object *value = NULL;

	return json_object_object_get_ex(object, name, &value) ? json_object_get_string(value) : "";
}

/* The array that is a member of an object; NULL if there is none. */
static struct json_object *list_of(struct json_object *object, const char *name)
{
	struct json_object *list = NULL;

	if (!json_object_object_get_ex(object, name, &list) ||
	    !json_object_is_type(list, json_type_array))
		return NULL;
	return list;
}

static size_t count_of(struct json_object *list)
{
	return list ? (size_t)json_object_array_length(list) : 0;
}

static void add_row(struct service *service, const char *name, const char *label, const char *type)
{
	struct service_profile profile = {.count = -1, .delta = true};
	struct text path = {0};

	if (service->count == ROW_LIMIT)
		return;
	text_add_string(&path, type);
	if (*name) {
		text_printf(&path, "{%s=\"", label);
		for (; *name; name++)
			text_printf(&path, strchr("\"\\", *name) ? "\\%c" : "%c", *name);
		text_add_string(&path, "\"}");
	}
	profile.path = path.bytes;
	profile.name = alloc_text(path.bytes);
	profile.about = "";
	array_push(service->profiles, service->count, service->capacity, profile);
}

static struct json_object *ask(const struct store_query *query, const struct fetch_options *options,
			       const char *path, const char *body, struct progress *progress,
			       struct error *error)
{
	struct text answer = {0};
	struct json_object *object = NULL;

	if (store_ask(query, options, path, body, progress, &answer, error)) {
		object = json_tokener_parse(text_string(&answer));
		if (!json_object_is_type(object, json_type_object)) {
			json_object_put(object);
			object = NULL;
			error_set(error, "the answer is no list of a store; see the address and "
					 "its prefix");
		}
	}
	text_clear(&answer);
	return object;
}

/* One answer has every service with its types. */
static bool list_pyroscope(struct service *service, const struct store_query *query,
			   const struct fetch_options *options, struct progress *progress,
			   struct error *error)
{
	struct json_object *answer, *sets;
	struct text body = {0};

	text_printf(&body,
		    "{\"labelNames\":[\"service_name\",\"__profile_type__\"],\"start\":%lld,"
		    "\"end\":%lld}",
		    (long long)query->from_ms, (long long)query->until_ms);
	answer = ask(query, options, "/querier.v1.QuerierService/Series", body.bytes, progress,
		     error);
	text_clear(&body);
	sets = answer ? list_of(answer, "labelsSet") : NULL;
	for (size_t i = 0; i < count_of(sets); i++) {
		struct json_object *labels = list_of(json_object_array_get_idx(sets, i), "labels");
		const char *name = "", *type = "";

		for (size_t k = 0; k < count_of(labels); k++) {
			struct json_object *label = json_object_array_get_idx(labels, k);

			if (strcmp(member(label, "name"), "service_name") == 0)
				name = member(label, "value");
			else if (strcmp(member(label, "name"), "__profile_type__") == 0)
				type = member(label, "value");
		}
		if (*type)
			add_row(service, name, "service_name", type);
	}
	json_object_put(answer);
	return answer != NULL;
}

/* The label that tells services apart, to be freed; "" if none of the usual ones is there. */
static char *find_label(const struct store_query *query, const struct fetch_options *options,
			const char *range, struct progress *progress)
{
	static const char *const usual[] = {"service_name", "service", "app", "job", "comm"};
	struct text path = {0};
	struct json_object *answer, *names;
	struct error error;
	char *found = NULL;

	text_printf(&path, "/api/profiles/labels?%s", range);
	answer = ask(query, options, path.bytes, NULL, progress, &error);
	names = answer ? list_of(answer, "labelNames") : NULL;
	for (size_t i = 0; !found && i < sizeof(usual) / sizeof(usual[0]); i++)
		for (size_t k = 0; !found && k < count_of(names); k++)
			if (strcmp(json_object_get_string(json_object_array_get_idx(names, k)),
				   usual[i]) == 0)
				found = alloc_text(usual[i]);
	json_object_put(answer);
	text_clear(&path);
	return found ? found : alloc_text("");
}

static void add_parca_type(struct service *service, struct json_object *type, const char *label,
			   struct json_object *values)
{
	static const char *const parts[] = {"name", "sampleType", "sampleUnit", "periodType",
					    "periodUnit"};
	struct json_object *delta = NULL;
	struct text text = {0};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		text_printf(&text, "%s%s", i ? ":" : "", member(type, parts[i]));
	if (json_object_object_get_ex(type, "delta", &delta) && json_object_get_boolean(delta))
		text_add_string(&text, ":delta");
	if (!count_of(values))
		add_row(service, "", label, text.bytes);
	for (size_t i = 0; i < count_of(values); i++)
		add_row(service, json_object_get_string(json_object_array_get_idx(values, i)),
			label, text.bytes);
	text_clear(&text);
}

static bool list_parca(struct service *service, const struct store_query *query,
		       const struct fetch_options *options, struct progress *progress,
		       struct error *error)
{
	struct json_object *answer, *types, *values = NULL;
	struct text range = {0}, path = {0};
	struct error ignored;
	char *label;

	text_add_string(&range, "start=");
	store_print_time(query->from_ms, &range);
	text_add_string(&range, "&end=");
	store_print_time(query->until_ms, &range);
	text_printf(&path, "/api/profiles/types?%s", range.bytes);
	answer = ask(query, options, path.bytes, NULL, progress, error);
	label = find_label(query, options, range.bytes, progress);
	if (*label) {
		text_reset(&path);
		text_printf(&path, "/api/profiles/labels/%s/values?%s", label, range.bytes);
		values = ask(query, options, path.bytes, NULL, progress, &ignored);
	}
	types = answer ? list_of(answer, "types") : NULL;
	for (size_t i = 0; i < count_of(types); i++)
		add_parca_type(service, json_object_array_get_idx(types, i), label,
			       values ? list_of(values, "labelValues") : NULL);
	json_object_put(answer);
	json_object_put(values);
	free(label);
	text_clear(&range);
	text_clear(&path);
	return answer != NULL;
}

bool store_list_read(struct service *service, const struct fetch_options *options,
		     struct progress *progress, struct error *error)
{
	struct store_query query;
	bool good;

	if (!store_parse(service->location, options, store_now(), &query, error))
		return false;
	service->is_store = true;
	good = query.kind == STORE_PARCA
		       ? list_parca(service, &query, options, progress, error)
		       : list_pyroscope(service, &query, options, progress, error);
	store_query_clear(&query);
	return good && (service->count ||
			error_set(error, "the store has nothing in this range; see from and until, "
					 "and the tenant (-H 'X-Scope-OrgID: NAME')"));
}

#else

bool store_list_read(struct service *service, const struct fetch_options *options,
		     struct progress *progress, struct error *error)
{
	(void)service;
	(void)options;
	(void)progress;
	return error_set(error,
			 "this ncprof was built without json-c (Debian package "
			 "libjson-c-dev) and cannot list a store; name ?query=TYPE{SELECTOR}");
}

#endif
