/* SPDX-License-Identifier: MIT */
#include "diagnose/goroutine_groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/wrap.h"

/* A label's number, 0 if the sample has none of this key. */
static int64_t label_number(const struct profile *profile, uint32_t sample, const char *key)
{
	string_id id = strings_find(&profile->strings, key, strlen(key));

	if (id == NONE || !profile->label_start)
		return 0;
	for (uint32_t i = profile->label_start[sample]; i < profile->label_start[sample + 1]; i++)
		if (profile->labels[i].key == id && profile->labels[i].text == NONE)
			return profile->labels[i].number;
	return 0;
}

static function_id leaf_function(const struct profile *profile, struct path path)
{
	if (path.end == path.first)
		return NONE;
	return profile
		->frames[profile->locations[profile_location(profile, path.end - 1)].first_frame]
		.function;
}

static void write_key(const struct profile *profile, const struct goroutine_group *group,
		      struct path path, struct text *key)
{
	text_reset(key);
	text_printf(key, "%s\n%s", group->state, group->creator);
	for (; path.first < path.end; path.first++) {
		const struct location *location =
			&profile->locations[profile_location(profile, path.first)];

		for (uint32_t i = location->line_count; i-- > 0;) {
			function_id function = profile->frames[location->first_frame + i].function;

			text_add_char(key, '\n');
			if (function != NONE)
				text_add_string(
					key,
					profile_text(profile, profile->functions[function].name));
		}
	}
}

void goroutine_groups_build(const struct subject *subject, struct goroutine_groups *groups)
{
	const struct profile *profile = subject->view->profile;
	struct text key = {0};
	struct path path;

	*groups = (struct goroutine_groups){0};
	strings_init(&groups->keys, NULL);
	for (uint32_t i = 0; i < profile->sample_count; i++) {
		struct goroutine_group group = {0};
		size_t number;

		if (!view_path(subject->view, i, &path))
			continue;
		group.state = subject_label(profile, i, "state");
		group.creator = subject_label(profile, i, "created_by");
		group.waits_for = subject_label(profile, i, "waits_for");
		write_key(profile, &group, path, &key);
		number = strings_add(&groups->keys, key.bytes, key.length) - 1;
		if (number == groups->count) {
			group.payer = subject_payer(subject, path);
			if (group.payer == NONE)
				group.payer = leaf_function(profile, path);
			array_push(groups->items, groups->count, groups->capacity, group);
		}
		groups->items[number].count =
			wrap_add(groups->items[number].count, subject->values[i]);
		if (label_number(profile, i, "wait") > groups->items[number].wait)
			groups->items[number].wait = label_number(profile, i, "wait");
	}
	text_clear(&key);
}

void goroutine_groups_clear(struct goroutine_groups *groups)
{
	strings_clear(&groups->keys);
	free(groups->items);
}

const struct goroutine_group *goroutine_groups_find(const struct goroutine_groups *groups,
						    const struct goroutine_groups *from,
						    size_t number)
{
	string_id key = (string_id)number + 1;
	string_id found = strings_find(&groups->keys, strings_text(&from->keys, key),
				       strings_length(&from->keys, key));

	return found == NONE ? NULL : &groups->items[found - 1];
}

const char *goroutine_group_name(const struct subject *subject, const struct goroutine_group *group)
{
	return group->payer == NONE ? "(no stack)" : subject_function(subject, group->payer);
}

enum goroutine_wait goroutine_wait_of(const char *state)
{
	static const struct {
		const char *prefix;
		enum goroutine_wait wait;
	} states[] = {
		{"chan receive (nil chan)", WAIT_FOREVER},
		{"chan send (nil chan)", WAIT_FOREVER},
		{"select (no cases)", WAIT_FOREVER},
		{"chan ", WAIT_CHANNEL},
		{"select", WAIT_SELECT},
		{"semacquire", WAIT_LOCK},
		{"sync.Mutex", WAIT_LOCK},
		{"sync.RWMutex", WAIT_LOCK},
		{"sync.Cond", WAIT_LOCK},
		{"sync.WaitGroup", WAIT_LOCK},
		{"run", WAIT_NONE},
		{"syscall", WAIT_NONE},
		{"copystack", WAIT_NONE},
		{"preempted", WAIT_NONE},
	};

	for (size_t i = 0; i < COUNT(states); i++)
		if (strncmp(state, states[i].prefix, strlen(states[i].prefix)) == 0)
			return states[i].wait;
	return *state ? WAIT_IDLE : WAIT_NONE;
}

/* One function, one creator, or one started the other: they know what the other waits for. */
static bool are_kin(const struct subject *subject, const struct goroutine_group *a,
		    const struct goroutine_group *b)
{
	const char *left = goroutine_group_name(subject, a);
	const char *right = goroutine_group_name(subject, b);

	return strcmp(left, right) == 0 || strcmp(a->creator, right) == 0 ||
	       strcmp(b->creator, left) == 0 ||
	       (*a->creator && strcmp(a->creator, b->creator) == 0);
}

static bool can_serve(const char *waiting, const char *other)
{
	enum goroutine_wait wait = goroutine_wait_of(waiting), offer = goroutine_wait_of(other);

	if (offer == WAIT_FOREVER)
		return false;
	if (wait == WAIT_LOCK || offer == WAIT_LOCK)
		return wait != offer && offer != WAIT_LOCK;
	if (wait == WAIT_CHANNEL && offer == WAIT_CHANNEL)
		return strncmp(waiting, other, strlen("chan s")) != 0;
	return true;
}

const struct goroutine_group *goroutine_groups_partner(const struct subject *subject,
						       const struct goroutine_groups *groups,
						       const struct goroutine_group *group)
{
	const struct goroutine_group *best = NULL;

	for (size_t i = 0; i < groups->count; i++) {
		const struct goroutine_group *other = &groups->items[i];

		if (other != group && can_serve(group->state, other->state) &&
		    are_kin(subject, group, other) && (!best || other->count > best->count))
			best = other;
	}
	return best;
}
