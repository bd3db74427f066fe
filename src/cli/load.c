/* SPDX-License-Identifier: MIT */
#include "cli/load.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/parallel.h"
#include "base/span.h"
#include "base/text.h"
#include "base/thread.h"
#include "base/url.h"
#include "format/format.h"
#include "cli/request.h"
#include "cli/save_profile.h"
#include "cli/symbol_servers.h"
#include "profile/profile_edit.h"
#include "symbol/symbolize.h"
#include "source/source.h"
#include "source/store.h"
#include "transform/adjust.h"
#include "transform/demangle.h"
#include "transform/merge.h"
#include "transform/prune.h"
#include "transform/redact.h"
#include "view/view.h"

/* Frees old and returns what was made: a step that replaces a profile by one made from it. */
static struct profile *replace(struct profile *old, struct profile *made)
{
	profile_free(old);
	return made;
}

/* The same for each of some lines. */
static void add_warnings(struct profile *profile, const char *lines)
{
	struct span rest = span_of(lines), line;
	struct text text = {0};

	while (span_take_line(&rest, &line)) {
		text_reset(&text);
		text_add(&text, line.at, span_length(line));
		profile_add_warning(profile, text_string(&text));
	}
	text_clear(&text);
}

/* Several profiles as one: types and units made equal, then merged. The sources are freed. */
static struct profile *combine(struct profile **sources, size_t count, struct error *error)
{
	struct profile **fitted = alloc_zero(count, sizeof(*fitted)), *merged = NULL;
	const struct profile **chosen = alloc_zero(count, sizeof(*chosen));

	if (merge_fit((const struct profile *const *)sources, count, fitted, error)) {
		for (size_t i = 0; i < count; i++)
			chosen[i] = fitted[i] ? fitted[i] : sources[i];
		merged = merge_profiles(chosen, count, error);
	}
	for (size_t i = 0; i < count; i++) {
		profile_free(fitted[i]);
		profile_free(sources[i]);
	}
	free(fitted);
	free(chosen);
	return merged;
}

static struct profile *load_file(const struct request *request, const char *location,
				 struct progress *progress, struct error *error)
{
	struct load_options how = {0};
	struct demangle_mode mode;

	demangle_parse(request->symbolize, &mode, NULL);
	if (!trace_kind_parse(request->trace, &how.trace.kind, error) ||
	    !trace_range_parse(request->range, &how.trace, error))
		return NULL;
	how.trace.lanes = request->lanes;
	how.names_from_text = mode.symbolize;
	how.fetch = &request->fetch;
	return format_load_with(location, &how, progress, error);
}

/* What is known of profiles that came from servers. */
struct origins {
	struct symbol_servers servers;
	atomic_bool any; /* a profile came from one: it is to be saved */
};

/*
 * What stores do not say, or say wrongly: when and how long. Answers without samples are what they
 * say of selectors that match nothing.
 */
static struct profile *finish_store(const struct request *request, const char *location,
				    struct profile *profile, struct error *error)
{
	struct store_query query;

	if (!store_parse(location, &request->fetch, store_now(), &query, error))
		return replace(profile, NULL);
	profile->time_nanos = query.from_ms * 1000000;
	profile->duration_nanos = (query.until_ms - query.from_ms) * 1000000;
	if (!profile->sample_count) {
		error_set(error,
			  "%s: there are no profiles of %s%s in this range; see the selector, from "
			  "and until",
			  location, query.type, query.selector);
		profile = replace(profile, NULL);
	}
	store_query_clear(&query);
	return profile;
}

/* As load_file; `order` is that of the source on the command line. */
static struct profile *load_source(const struct request *request, struct origins *origins,
				   int order, const char *location, struct progress *progress,
				   struct error *error)
{
	bool remote = source_is_remote(location), kept = source_is_kept(location, &request->fetch);
	struct profile *profile = load_file(request, location, progress, error);

	if (profile && store_kind_of(location) != STORE_NONE)
		profile = finish_store(request, location, profile, error);
	if (!profile || !remote)
		return profile;
	if (!kept)
		atomic_store(&origins->any, true);
	if (store_kind_of(location) != STORE_NONE)
		return profile;
	symbol_servers_note(&origins->servers, order, location, profile, request->binary,
			    request->build_id);
	return profile;
}

static void write_note(struct load_note *note, const struct profile *profile)
{
	load_note_clear(note);
	note->read = true;
	note->time_nanos = profile->time_nanos;
	note->duration_nanos = profile->duration_nanos;
	note->type_count = profile->type_count;
	note->totals = alloc_zero(profile->type_count, sizeof(*note->totals));
	for (uint32_t i = 0; i < profile->type_count; i++)
		note->totals[i] = (struct load_total){
			alloc_text(profile_text(profile, profile->types[i].type)),
			alloc_text(profile_text(profile, profile->types[i].unit)),
			profile_total(profile, i),
		};
}

void load_note_clear(struct load_note *note)
{
	for (uint32_t i = 0; i < note->type_count; i++) {
		free(note->totals[i].type);
		free(note->totals[i].unit);
	}
	free(note->totals);
	*note = (struct load_note){0};
}

/*
 * What has been read of all files: in `profile`, or in `merge` while that is
 * not NULL. From the first file of a part on that is of another kind, files
 * are held until the part ends: to fit them one by one would copy all of what
 * has been merged each time.
 */
struct loading {
	struct profile *profile;
	struct merge *merge;
	struct profile *held[MERGE_PART];
	const char *held_names[MERGE_PART];
	size_t held_count;
	size_t count;         /* files in it */
	struct text failures; /* a line each */
	struct error last;
};

static void clear_loading(struct loading *loading)
{
	profile_free(loading->profile);
	merge_free(loading->merge);
	loading->profile = NULL;
	loading->merge = NULL;
}

/* The end of the merge, if there is one; false with an error. */
static bool end_merge(struct loading *loading, struct error *error)
{
	if (!loading->merge)
		return true;
	loading->profile = merge_finish(loading->merge, error);
	loading->merge = NULL;
	return loading->profile != NULL;
}

/* Is the profile of the same kind as what has been read? */
static bool fits(const struct loading *loading, const struct profile *profile)
{
	return loading->merge ? merge_fits(loading->merge, profile)
			      : merge_fit_exactly(loading->profile, profile);
}

/* Adds what was read of the next file, which is freed. */
static void take_profile(struct loading *loading, struct profile *profile, const char *name)
{
	loading->count++;
	if (!loading->profile && !loading->merge) {
		loading->profile = profile;
		return;
	}
	if (loading->held_count || !fits(loading, profile)) {
		loading->held_names[loading->held_count] = name;
		loading->held[loading->held_count++] = profile;
		return;
	}
	if (!loading->merge) {
		loading->merge = merge_new(loading->profile);
		loading->profile = replace(loading->profile, NULL);
	}
	merge_add(loading->merge, profile);
	profile_free(profile);
}

/* Adds the files that are held. */
static bool take_held(struct loading *loading, struct error *error)
{
	struct profile *sources[MERGE_PART + 1];
	size_t count = 0;
	bool good = end_merge(loading, error);

	if (good)
		sources[count++] = loading->profile;
	for (size_t i = 0; i < loading->held_count; i++) {
		if (good)
			sources[count++] = loading->held[i];
		else
			profile_free(loading->held[i]);
	}
	loading->held_count = 0;
	error->at = 0;
	loading->profile = good ? combine(sources, count, error) : NULL;
	if (!loading->profile && error->at)
		error_wrap(error, "%s", loading->held_names[error->at - 1]);
	return loading->profile != NULL;
}

/* One of several files could not be read. Who waits for servers wants to know it at once. */
static void note_failure(struct loading *loading, const struct request *request,
			 const struct error *error)
{
	loading->last = *error;
	if (request->fetch.say && request->location_count > 1)
		request->fetch.say(FETCH_FAILED, error->message);
	text_printf(&loading->failures, "%s\n", error->message);
}

/*
 * Files that are read side by side. They are taken in their order, each as
 * soon as all before it have been, by whoever has just read one: so all cores
 * have work. The memory is bounded by the number of files.
 */
struct part {
	const struct request *request;
	struct progress *progress;
	char *const *locations;
	struct load_note *notes; /* NULL: not wanted */
	struct origins *origins;
	int first; /* of the locations, among those of the request */
	int count;
	atomic_int next;
	struct profile *profiles[MERGE_PART]; /* NULL: it could not be read */
	struct error errors[MERGE_PART];

	pthread_mutex_t mutex;
	/* Guarded by the mutex. */
	bool read[MERGE_PART];
	int taken;
	bool taking; /* a thread is at it */
	/* Of the thread that is taking. */
	struct loading *loading;
};

static bool cancelled(const struct progress *progress)
{
	return progress && atomic_load(&progress->cancelled);
}

static void take_file(struct part *part, int i)
{
	struct profile *profile = part->profiles[i];

	part->profiles[i] = NULL;
	if (!profile)
		note_failure(part->loading, part->request, &part->errors[i]);
	else
		take_profile(part->loading, profile, part->locations[i]);
}

/* File i has been read; takes what is next in line unless another thread does. */
static void take_files(struct part *part, int i)
{
	pthread_mutex_lock(&part->mutex);
	part->read[i] = true;
	while (!part->taking && part->taken < part->count && part->read[part->taken]) {
		part->taking = true;
		pthread_mutex_unlock(&part->mutex);
		take_file(part, part->taken);
		pthread_mutex_lock(&part->mutex);
		part->taken++;
		part->taking = false;
	}
	pthread_mutex_unlock(&part->mutex);
}

static void load_slice(void *context, unsigned slice)
{
	struct part *part = context;
	int i;

	(void)slice;
	while (!cancelled(part->progress) && (i = atomic_fetch_add(&part->next, 1)) < part->count) {
		part->profiles[i] =
			load_source(part->request, part->origins, part->first + i,
				    part->locations[i], part->progress, &part->errors[i]);
		if (part->profiles[i] && part->notes)
			write_note(&part->notes[i], part->profiles[i]);
		take_files(part, i);
	}
}

/* Servers are waited for, all at the same time. */
static unsigned count_remote(const struct part *part)
{
	unsigned count = 0;

	for (int i = 0; i < part->count && part->count > 1; i++)
		count += source_is_remote(part->locations[i]);
	return count;
}

/* Reads the files of a part and adds them, in their order, to what there is. */
static bool load_part(struct part *part, struct error *error)
{
	struct loading *loading = part->loading;

	pthread_mutex_init(&part->mutex, NULL);
	parallel_run(parallel_tasks((unsigned)part->count) + count_remote(part), load_slice, part);
	pthread_mutex_destroy(&part->mutex);
	/* Some are left when the work was cancelled. */
	for (int i = 0; i < part->count; i++)
		profile_free(part->profiles[i]);
	if (loading->held_count)
		return take_held(loading, error);
	return !loading->merge || merge_end_part(&loading->merge, error);
}

static bool load_parts(const struct request *request, struct load_note *notes,
		       struct origins *origins, struct progress *progress, struct loading *loading,
		       struct error *error)
{
	bool good = true;

	for (int i = 0; good && i < request->location_count && !cancelled(progress);
	     i += MERGE_PART) {
		struct part *part = alloc_zero(1, sizeof(*part));
		int left = request->location_count - i;

		part->request = request;
		part->progress = progress;
		part->locations = request->locations + i;
		part->notes = notes ? notes + i : NULL;
		part->origins = origins;
		part->first = i;
		part->count = left < MERGE_PART ? left : MERGE_PART;
		part->loading = loading;
		good = load_part(part, error);
		free(part);
	}
	return good && end_merge(loading, error);
}

static void fail_all(const struct request *request, const struct loading *loading,
		     struct error *error)
{
	struct span rest = span_of(text_string(&loading->failures)), line;
	struct text joined = {0};

	if (request->fetch.say) {
		error_set(error, "failed to fetch any source profiles");
		return;
	}
	while (span_take_line(&rest, &line))
		text_printf(&joined, "%s%.*s", joined.length ? "; " : "", (int)span_length(line),
			    line.at);
	error_set(error, "no profile could be read: %s", text_string(&joined));
	text_clear(&joined);
}

/* Some could be read. */
static void note_partial(const struct request *request, struct loading *loading)
{
	struct text count = {0};

	text_printf(&count, "Fetched %zu source profiles out of %d", loading->count,
		    request->location_count);
	if (request->fetch.say) {
		request->fetch.say(FETCH_STEP, count.bytes);
	} else {
		text_add_string(&loading->failures, count.bytes);
		add_warnings(loading->profile, text_string(&loading->failures));
	}
	text_clear(&count);
}

/* Reads all files; those that cannot be read are warnings as long as one can. */
static struct profile *load_sources(const struct request *request, struct load_note *notes,
				    struct origins *origins, struct progress *progress,
				    struct error *error)
{
	struct loading loading = {0};
	bool good = load_parts(request, notes, origins, progress, &loading, error);

	if (!good)
		clear_loading(&loading);
	else if (!loading.profile && request->location_count > 1)
		fail_all(request, &loading, error);
	else if (!loading.profile)
		*error = loading.last;
	if (loading.profile && loading.failures.length)
		note_partial(request, &loading);
	text_clear(&loading.failures);
	return loading.profile;
}

/* The base of a difference; a server is asked for it while the other profiles are read. */
struct base {
	const struct request *request;
	struct origins *origins;
	struct progress *progress;
	const char *location; /* "": there is none */
	pthread_t thread;
	bool threaded, read;
	struct profile *profile;
	struct error error;
};

static void *run_base(void *argument)
{
	struct base *base = argument;

	struct request request = *base->request;

	/* Behind all sources. What is compared with stays the same, whatever is captured anew. */
	request.fetch.anew = false;
	base->profile = load_source(&request, base->origins, base->request->location_count,
				    base->location, base->progress, &base->error);
	base->read = true;
	return NULL;
}

static void base_start(struct base *base)
{
	base->location = *base->request->base ? base->request->base : base->request->diff_base;
	if (!*base->location || !source_is_remote(base->location))
		return;
	base->threaded = thread_start(&base->thread, run_base, base) == 0;
}

static struct profile *base_finish(struct base *base, struct error *error)
{
	if (base->threaded)
		pthread_join(base->thread, NULL);
	else
		run_base(base);
	if (!base->profile)
		*error = base->error;
	return base->profile;
}

/* -base and -diff_base: the base is negated and merged in. */
static struct profile *subtract_base(const struct request *request, struct profile *profile,
				     struct profile *base, struct error *error)
{
	struct profile *pair[2];

	if (request->settings.normalize) {
		if (!merge_fit_exactly(profile, base)) {
			error_set(error, "the profile and its base have different sample types; "
					 "normalize profiles of one kind");
			profile_free(base);
			return replace(profile, NULL);
		}
		profile = replace(profile, adjust_normalize(profile, base, error));
	}
	if (profile)
		base = replace(base, adjust_negate(base, *request->diff_base != '\0', error));
	if (!profile || !base) {
		profile_free(base);
		return replace(profile, NULL);
	}
	pair[0] = profile;
	pair[1] = base;
	return combine(pair, 2, error);
}

/* All that the request names, as one profile. */
static struct profile *load_all(const struct request *request, struct load_note *notes,
				struct origins *origins, struct progress *progress,
				struct error *error)
{
	struct base base = {.request = request, .origins = origins, .progress = progress};
	struct profile *profile, *subtracted;

	base_start(&base);
	profile = load_sources(request, notes, origins, progress, error);
	if (!profile || !*base.location) {
		if (base.threaded)
			profile_free(base_finish(&base, &base.error));
		return profile;
	}
	subtracted = base_finish(&base, error);
	if (!subtracted)
		return replace(profile, NULL);
	if (notes)
		write_note(notes + request->location_count, subtracted);
	return subtract_base(request, profile, subtracted, error);
}

static struct symbolize_options symbolize_options_of(const struct request *request,
						     const struct demangle_mode *mode)
{
	return (struct symbolize_options){
		.fast = mode->fast,
		.force = mode->force,
		.binary = request->binary ? request->binary : "",
		.build_id = request->build_id,
	};
}

bool load_names_wait(const struct request *request, const struct profile *profile)
{
	struct symbolize_options how;
	struct demangle_mode mode;

	demangle_parse(request->symbolize, &mode, NULL);
	how = symbolize_options_of(request, &mode);
	return request->names_later && mode.symbolize && mode.local &&
	       symbolize_waits(profile, &how);
}

static bool is_file(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

bool load_repeats(const struct request *request)
{
	const char *base = *request->base ? request->base : request->diff_base;

	for (int i = 0; i < request->location_count; i++)
		if (!is_file(request->locations[i]))
			return false;
	return !*base || is_file(base);
}

/* Finds the binaries and gives addresses the names they have there. */
static void ask_binaries(const struct request *request, struct profile *profile,
			 const struct demangle_mode *mode, const struct progress *progress)
{
	const struct symbolize_options how = symbolize_options_of(request, mode);
	struct text messages = {0};

	symbolize_locate(profile, &how, &messages);
	if (mode->symbolize && mode->local && !load_names_wait(request, profile))
		symbolize_local(profile, &how, &messages, progress);
	add_warnings(profile, text_string(&messages));
	text_clear(&messages);
}

#define RULES_LIMIT ((size_t)1 << 20)

static size_t line_of(const struct text *text, size_t at)
{
	size_t line = 1;

	for (size_t i = 0; i < at; i++)
		line += text->bytes[i] == '\n';
	return line;
}

/* The text of a file of rules, to be cleared. What cannot be read whole is no set of rules. */
static bool read_rules(const char *path, struct text *text, struct error *error)
{
	FILE *file = fopen(path, "r");
	char bytes[4096];
	size_t length;
	bool good = file != NULL;

	while (good && text->length <= RULES_LIMIT &&
	       (length = fread(bytes, 1, sizeof(bytes), file)))
		text_add(text, bytes, length);
	good = good && !ferror(file);
	if (!good)
		error_set(error, "%s: %s; name a file of rules", path, strerror(errno));
	if (file)
		fclose(file);
	if (good && text->length > RULES_LIMIT)
		good = error_set(error, "%s: is longer than 1 MB; name a file of rules", path);
	if (good && memchr(text_string(text), '\0', text->length))
		good = error_set(error, "%s: has a NUL in line %zu; name a file of rules", path,
				 line_of(text, strlen(text_string(text))));
	return good;
}

struct redact_rules *load_redact_rules(const struct request *request, struct error *error)
{
	static const char mark[] = "\xef\xbb\xbf"; /* of UTF-8, as some editors write it */
	const char *path = request->redact_rules;
	struct redact_rules *rules = NULL;
	struct text text = {0};
	const char *start;

	if (!*path)
		return redact_rules_new(NULL, error);
	if (read_rules(path, &text, error)) {
		start = text_string(&text);
		rules = redact_rules_new(start + (strncmp(start, mark, 3) == 0 ? 3 : 0), error);
		if (!rules)
			error_wrap(error, "%s", path);
	}
	text_clear(&text);
	return rules;
}

static void redact_note(struct load_note *note, const struct redact_rules *rules)
{
	for (uint32_t i = 0; i < note->type_count; i++) {
		struct load_total *total = &note->totals[i];
		char *type = redact_copy(rules, total->type),
		     *unit = redact_copy(rules, total->unit);

		free(total->type);
		free(total->unit);
		total->type = type;
		total->unit = unit;
	}
}

/* The last step, so that nothing that was added before gets past it. notes: of count files, or NULL. */
static struct profile *redact(const struct request *request, struct profile *profile,
			      struct load_note *notes, int count, struct error *error)
{
	struct redact_rules *rules = load_redact_rules(request, error);
	struct profile *redacted =
		rules ? replace(profile, redact_profile(profile, rules, NULL, error))
		      : replace(profile, NULL);

	for (int i = 0; notes && i < count; i++) {
		if (rules)
			redact_note(&notes[i], rules);
		else
			load_note_clear(&notes[i]);
	}
	redact_rules_free(rules);
	return redacted;
}

/* Names of addresses, where the server that a profile came from knows them. */
static void ask_servers(const struct request *request, struct profile *profile,
			struct origins *origins, const struct demangle_mode *mode,
			struct progress *progress)
{
	struct text failures = {0};

	if (mode->symbolize && mode->remote)
		symbol_servers_ask(&origins->servers, profile, mode->force, &request->fetch,
				   progress, &failures);
	add_warnings(profile, text_string(&failures));
	text_clear(&failures);
}

/* Keeps what came from a server, and says where. */
static void save(const struct request *request, struct profile *profile)
{
	struct text lines = {0};
	struct span rest, line;

	if (strcmp(request->save, "no") == 0)
		return;
	save_profile(profile, request->save, &lines);
	if (!request->fetch.say)
		add_warnings(profile, text_string(&lines));
	rest = span_of(text_string(&lines));
	while (request->fetch.say && span_take_line(&rest, &line)) {
		struct text text = {0};

		text_add(&text, line.at, span_length(line));
		request->fetch.say(FETCH_STEP, text_string(&text));
		text_clear(&text);
	}
	text_clear(&lines);
}

/* What holds for every view of what was read. */
static struct profile *finish(const struct request *request, struct profile *profile,
			      struct load_note *notes, struct origins *origins,
			      struct progress *progress, struct error *error)
{
	struct demangle_mode mode;
	struct text messages = {0};

	demangle_parse(request->symbolize, &mode, &messages);
	add_warnings(profile, text_string(&messages));
	text_clear(&messages);
	ask_binaries(request, profile, &mode, progress);
	if (request->all_frames)
		profile_keep_all_frames(profile);
	ask_servers(request, profile, origins, &mode, progress);
	demangle_functions(profile, &mode);
	if (prune_wanted(profile))
		profile = prune_frames(profile, error);
	if (profile)
		profile_forget_urls(profile);
	if (profile && *request->comment)
		profile_add_comment(profile, request->comment);
	if (profile && request->redact)
		profile = redact(request, profile, notes, request->location_count + 1, error);
	if (profile && atomic_load(&origins->any))
		save(request, profile);
	return profile;
}

struct profile *load_profile(const struct request *request, struct load_note *notes,
			     struct progress *progress, struct error *error)
{
	struct profile *profile;
	struct origins origins = {.any = false};

	symbol_servers_init(&origins.servers);
	profile = load_all(request, notes, &origins, progress, error);
	if (profile)
		profile = finish(request, profile, notes, &origins, progress, error);
	symbol_servers_clear(&origins.servers);
	return profile;
}

bool load_each(const struct request *request, struct profile **profiles, struct progress *progress,
	       struct error *error)
{
	char empty[] = "";

	for (int i = 0; i < request->location_count; i++) {
		struct request one = *request;

		one.locations = request->locations + i;
		one.location_count = 1;
		/* The base is one of the profiles. */
		if (request->report && request->report->pairs)
			one.base = one.diff_base = empty;
		profiles[i] = load_profile(&one, NULL, progress, error);
		if (profiles[i])
			continue;
		while (i-- > 0)
			profile_free(profiles[i]);
		return false;
	}
	return true;
}

char **load_names(const struct request *request, struct error *error)
{
	size_t count = (size_t)request->location_count;
	struct redact_rules *rules = request->redact ? load_redact_rules(request, error) : NULL;
	char **names = NULL;

	if (request->redact && !rules)
		return NULL;
	names = alloc_zero(count, sizeof(*names));
	for (size_t i = 0; i < count; i++)
		names[i] = redact_copy(rules, request->locations[i]);
	redact_rules_free(rules);
	return names;
}
