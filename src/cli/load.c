/* SPDX-License-Identifier: MIT */
#include "cli/load.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/parallel.h"
#include "base/text.h"
#include "base/url.h"
#include "format/format.h"
#include "cli/request.h"
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

static void add_warning(struct profile *profile, const char *message)
{
	char **warnings =
		arena_alloc(&profile->arena, (profile->warning_count + 1) * sizeof(*warnings));

	if (profile->warning_count)
		memcpy(warnings, profile->warnings, profile->warning_count * sizeof(*warnings));
	warnings[profile->warning_count++] = arena_text(&profile->arena, message, strlen(message));
	profile->warnings = warnings;
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

	if (!demangle_parse(request->symbolize, &mode, error))
		return NULL;
	how.names_from_text = mode.symbolize;
	return format_load_with(location, &how, progress, error);
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
	size_t held_count;
	size_t count; /* files in it */
	struct text failures;
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
static void take_profile(struct loading *loading, struct profile *profile)
{
	loading->count++;
	if (!loading->profile && !loading->merge) {
		loading->profile = profile;
		return;
	}
	if (loading->held_count || !fits(loading, profile)) {
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
	loading->profile = good ? combine(sources, count, error) : NULL;
	return loading->profile != NULL;
}

static void note_failure(struct loading *loading, const struct error *error)
{
	loading->last = *error;
	text_printf(&loading->failures, "%s%s", loading->failures.length ? "; " : "",
		    error->message);
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
		note_failure(part->loading, &part->errors[i]);
	else
		take_profile(part->loading, profile);
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
		part->profiles[i] = load_file(part->request, part->locations[i], part->progress,
					      &part->errors[i]);
		if (part->profiles[i] && part->notes)
			write_note(&part->notes[i], part->profiles[i]);
		take_files(part, i);
	}
}

/* Reads the files of a part and adds them, in their order, to what there is. */
static bool load_part(struct part *part, struct error *error)
{
	struct loading *loading = part->loading;

	pthread_mutex_init(&part->mutex, NULL);
	parallel_run(parallel_tasks((unsigned)part->count), load_slice, part);
	pthread_mutex_destroy(&part->mutex);
	/* Some are left when the work was cancelled. */
	for (int i = 0; i < part->count; i++)
		profile_free(part->profiles[i]);
	if (loading->held_count)
		return take_held(loading, error);
	return !loading->merge || merge_end_part(&loading->merge, error);
}

static bool load_parts(const struct request *request, struct load_note *notes,
		       struct progress *progress, struct loading *loading, struct error *error)
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
		part->count = left < MERGE_PART ? left : MERGE_PART;
		part->loading = loading;
		good = load_part(part, error);
		free(part);
	}
	return good && end_merge(loading, error);
}

/* Reads all files; those that cannot be read are warnings as long as one can. */
static struct profile *load_sources(const struct request *request, struct load_note *notes,
				    struct progress *progress, struct error *error)
{
	struct loading loading = {0};
	bool good = load_parts(request, notes, progress, &loading, error);

	if (!good)
		clear_loading(&loading);
	else if (!loading.profile && request->location_count > 1)
		error_set(error, "no profile could be read: %s", text_string(&loading.failures));
	else if (!loading.profile)
		*error = loading.last;
	if (loading.profile && loading.failures.length) {
		text_printf(&loading.failures, "; read %zu profiles out of %d", loading.count,
			    request->location_count);
		add_warning(loading.profile, loading.failures.bytes);
	}
	text_clear(&loading.failures);
	return loading.profile;
}

/* -base and -diff_base: the base is negated and merged in. */
static struct profile *subtract_base(const struct request *request, struct profile *profile,
				     struct load_note *note, struct progress *progress,
				     struct error *error)
{
	const char *location = *request->base ? request->base : request->diff_base;
	struct profile *base = *location ? load_file(request, location, progress, error) : NULL,
		       *pair[2];

	if (!*location)
		return profile;
	if (!base)
		return replace(profile, NULL);
	if (note)
		write_note(note, base);
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

/* A mapping without a build id that is named by a URL came from a server, not from a file: pprof forgets the name. */
static void forget_urls(struct profile *profile)
{
	for (mapping_id i = 0; i < profile->mapping_count; i++) {
		struct mapping *mapping = &profile->mappings[i];

		if (!mapping->build_id && url_is_absolute(profile_text(profile, mapping->file)))
			mapping->file = 0;
	}
}

static void name_binary(const struct request *request, struct profile *profile)
{
	struct mapping *main = &profile->mappings[0];

	if (request->binary)
		main->file = strings_add_text(&profile->strings, request->binary);
	if (*request->build_id && !main->build_id)
		main->build_id = strings_add_text(&profile->strings, request->build_id);
}

static void add_comment(struct profile *profile, const char *comment)
{
	string_id *comments =
		arena_alloc(&profile->arena, (profile->comment_count + 1) * sizeof(*comments));

	if (profile->comment_count)
		memcpy(comments, profile->comments, profile->comment_count * sizeof(*comments));
	comments[profile->comment_count++] = strings_add_text(&profile->strings, comment);
	profile->comments = comments;
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

/* The last step, so that nothing that was added before gets past it. */
static struct profile *redact(const struct request *request, struct profile *profile,
			      struct error *error)
{
	struct redact_rules *rules = load_redact_rules(request, error);
	struct profile *redacted =
		rules ? replace(profile, redact_profile(profile, rules, NULL, error))
		      : replace(profile, NULL);

	redact_rules_free(rules);
	return redacted;
}

struct profile *load_profile(const struct request *request, struct load_note *notes,
			     struct progress *progress, struct error *error)
{
	struct demangle_mode mode;
	struct profile *profile = NULL;

	if (demangle_parse(request->symbolize, &mode, error))
		profile = load_sources(request, notes, progress, error);
	if (profile)
		profile = subtract_base(request, profile,
					notes ? notes + request->location_count : NULL, progress,
					error);
	if (!profile)
		return NULL;
	name_binary(request, profile);
	if (request->all_frames)
		profile->drop_frames = profile->keep_frames = 0;
	demangle_functions(profile, &mode);
	if (prune_wanted(profile))
		profile = replace(profile, prune_drop_frames(profile, error));
	if (profile)
		forget_urls(profile);
	if (profile && *request->comment)
		add_comment(profile, request->comment);
	return profile && request->redact ? redact(request, profile, error) : profile;
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
