/* SPDX-License-Identifier: MIT */
#include "view/plain_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "base/utf8.h"

struct plain_view {
	struct view view;
	struct profile profile;
	struct arena arena; /* of what differs from the original */
};

/* Bytes that are no UTF-8 stay: they are no control characters to whoever reads UTF-8. */
static bool is_plain(const char *bytes, size_t length)
{
	for (size_t at = 0; at < length;) {
		unsigned char byte = (unsigned char)bytes[at];
		uint32_t rune;
		size_t size;

		if (byte >= 0x20 && byte < 0x7f) {
			at++;
			continue;
		}
		size = utf8_decode(bytes + at, length - at, &rune);
		if ((size > 1 || byte < 0x80) && utf8_is_hostile(rune))
			return false;
		at += size;
	}
	return true;
}

static const char *spell_out(struct arena *arena, const char *bytes, size_t length,
			     uint32_t *new_length)
{
	struct text text = {0};
	const char *made;

	for (size_t at = 0; at < length;) {
		char escape[UTF8_ESCAPE_SIZE];
		uint32_t rune;
		size_t size = utf8_decode(bytes + at, length - at, &rune);

		if ((size > 1 || (unsigned char)bytes[at] < 0x80) &&
		    utf8_escape(bytes + at, size, rune, escape))
			text_add_string(&text, escape);
		else
			text_add(&text, bytes + at, size);
		at += size;
	}
	made = arena_text(arena, text_string(&text), text.length);
	if (new_length)
		*new_length = (uint32_t)text.length;
	text_clear(&text);
	return made;
}

static bool set_is_plain(const struct strings *strings)
{
	for (; strings; strings = strings->base)
		for (size_t i = 0; i < strings->count; i++)
			if (!is_plain(strings->text[i], strings->length[i]))
				return false;
	return true;
}

/* The same set, of which only what is not plain is another text. */
static void copy_set(struct arena *arena, const struct strings *from, struct strings *to)
{
	*to = *from;
	to->text = arena_alloc(arena, from->count * sizeof(*to->text));
	to->length = arena_alloc(arena, from->count * sizeof(*to->length));
	for (size_t i = 0; i < from->count; i++) {
		to->text[i] = from->text[i];
		to->length[i] = from->length[i];
		if (!is_plain(from->text[i], from->length[i]))
			to->text[i] =
				spell_out(arena, from->text[i], from->length[i], &to->length[i]);
	}
}

static void copy_names(struct plain_view *plain)
{
	struct view *view = &plain->view;
	const char **names = arena_alloc(&plain->arena, view->node_count * sizeof(*names));

	for (uint32_t i = 0; i < view->node_count; i++) {
		const char *name = view->node_names[i];
		size_t length = strlen(name);

		names[i] = is_plain(name, length) ? name
						  : spell_out(&plain->arena, name, length, NULL);
	}
	view->node_names = names;
}

struct plain_view *plain_view_new(const struct view *view)
{
	struct plain_view *plain;
	const struct strings *from;

	if (set_is_plain(&view->strings))
		return NULL;
	plain = alloc_zero(1, sizeof(*plain));
	plain->view = *view;
	plain->profile = *view->profile;
	plain->view.profile = &plain->profile;
	copy_set(&plain->arena, &view->profile->strings, &plain->profile.strings);
	for (from = view->profile->strings.base; from; from = from->base) {
		struct strings *base = arena_alloc(&plain->arena, sizeof(*base)), *above;

		copy_set(&plain->arena, from, base);
		for (above = &plain->profile.strings; above->base != from;)
			above = (struct strings *)above->base;
		above->base = base;
	}
	copy_set(&plain->arena, &view->strings, &plain->view.strings);
	plain->view.strings.base = &plain->profile.strings;
	copy_names(plain);
	return plain;
}

void plain_view_free(struct plain_view *plain)
{
	if (!plain)
		return;
	arena_clear(&plain->arena);
	free(plain);
}

const struct view *plain_view_get(const struct plain_view *plain)
{
	return &plain->view;
}
