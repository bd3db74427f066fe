/* SPDX-License-Identifier: MIT */
#include "source/layers.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define BUFFER_SIZE ((size_t)128 * 1024)

/*
 * gzip can pack 1000:1, profiles pack 2:1 to 20:1. Beyond these two bounds
 * together the file is a bomb, not a profile.
 */
#define BOMB_RATIO 256
#define BOMB_SIZE ((uint64_t)1 << 30)

static bool pull(struct layers *layers, size_t level, void *bytes, size_t capacity, size_t least,
		 size_t *length, struct error *error);

/* Where in a layer's packed bytes its unpacker stands, for messages. */
static const char *place_of(const struct layers *layers, const struct layer *layer)
{
	return layer == layers->layers ? "" : " of the unpacked data";
}

static uint64_t position(const struct layer *layer)
{
	return layer->taken - (layer->length - layer->at);
}

static bool broken(const struct layers *layers, const struct layer *layer, const char *problem,
		   struct error *error)
{
	unsigned long long at = position(layer);

	if (layer->doubtful)
		return error_set(
			error,
			"garbage behind the %s data at byte %llu%s; cut it off or copy the file again",
			layer->unpacker->name, (unsigned long long)layer->began,
			place_of(layers, layer));
	return error_set(error, "broken %s data at byte %llu%s (%s); copy the file again",
			 layer->unpacker->name, at, place_of(layers, layer),
			 problem ? problem : "invalid data");
}

/* Fills an empty buffer with at least `least` bytes, or with what is left. */
static bool refill(struct layers *layers, size_t level, size_t least, struct error *error)
{
	struct layer *layer = &layers->layers[level];

	if (layer->at < layer->length || layer->ended)
		return true;
	layer->at = 0;
	if (!pull(layers, level, layer->buffer, BUFFER_SIZE, least, &layer->length, error))
		return false;
	layer->ended = layer->length < least;
	layer->taken += layer->length;
	return true;
}

/* One step of a layer's unpacker; its buffer has bytes. */
static bool step(struct layers *layers, struct layer *layer, struct unpack_io *io,
		 struct error *error)
{
	const char *problem = NULL;
	size_t out_left = io->out_left;
	enum unpack_status status;

	io->in = layer->buffer + layer->at;
	io->in_left = layer->length - layer->at;
	if (!layer->inside) {
		layer->doubtful = !layer->first && !unpacker_find(io->in, io->in_left);
		layer->began = position(layer);
	}
	layer->inside = true;
	status = layer->unpacker->step(layer->state, io, &problem);
	layer->at = layer->length - io->in_left;
	layer->unpacked += out_left - io->out_left;
	if (status == UNPACK_BROKEN)
		return broken(layers, layer, problem, error);
	if (status == UNPACK_MEMBER_END)
		layer->inside = layer->first = false;
	if (layer->unpacked > BOMB_SIZE && layer->unpacked / BOMB_RATIO > layers->layers[0].taken)
		return error_set(error,
				 "unpacks to more than %d times its size; this is no profile",
				 BOMB_RATIO);
	return true;
}

/* Unpacks one member after another; an end inside a member is an error. */
static bool unpack(struct layers *layers, size_t level, struct unpack_io *io, size_t least,
		   struct error *error)
{
	struct layer *layer = &layers->layers[level];
	size_t capacity = io->out_left;

	while (capacity - io->out_left < least) {
		size_t in_left, out_left = io->out_left;

		if (!refill(layers, level, 1, error))
			return false;
		in_left = layer->length - layer->at;
		if (in_left == 0 && !layer->inside)
			return true;
		/* Without input, a step hands out what the library still holds. */
		if (!step(layers, layer, io, error))
			return false;
		if (!layer->inside || io->out_left != out_left ||
		    layer->length - layer->at != in_left)
			continue;
		if (in_left || layer->doubtful)
			return broken(layers, layer, NULL, error);
		return error_set(error,
				 "the %s data ends too early, at byte %llu%s; copy the file again",
				 layer->unpacker->name, (unsigned long long)layer->taken,
				 place_of(layers, layer));
	}
	return true;
}

/*
 * Bytes for the buffer of `level`, or for the consumer: at least `least` as a
 * pipe may hand them over one by one, or what is left. Levels are few, and
 * each asks the one below.
 */
static bool pull(struct layers *layers, size_t level, void *bytes, size_t capacity, size_t least,
		 size_t *length, struct error *error)
{
	*length = 0;
	if (level > 0) {
		struct unpack_io io = {.out = bytes, .out_left = capacity};

		if (!unpack(layers, level - 1, &io, least, error))
			return false;
		*length = capacity - io.out_left;
		return true;
	}
	while (*length < least) {
		ssize_t got = layers->read(layers->context, (char *)bytes + *length,
					   capacity - *length, error);

		if (got < 0)
			return false;
		if (got == 0)
			break;
		*length += (size_t)got;
	}
	return true;
}

bool layers_open(struct layers *layers, size_t least, struct error *error)
{
	for (;;) {
		struct layer *layer = &layers->layers[layers->count];

		layer->buffer = alloc(BUFFER_SIZE);
		layer->first = true;
		if (!refill(layers, layers->count, least, error))
			return false;
		layer->unpacker = unpacker_find(layer->buffer, layer->length);
		if (!layer->unpacker)
			return true;
		if (!layer->unpacker->start)
			return error_set(error,
					 "is packed with %s, and this ncprof was built without it; "
					 "try: %s | ncprof -",
					 layer->unpacker->name, layer->unpacker->command);
		if (layers->count == LAYERS_LIMIT)
			return error_set(error,
					 "is packed more than %d times; unpack it, then try again",
					 LAYERS_LIMIT);
		layer->state = layer->unpacker->start();
		layers->count++;
	}
}

bool layers_read(struct layers *layers, void *bytes, size_t capacity, size_t *length,
		 struct error *error)
{
	struct layer *top = &layers->layers[layers->count];
	size_t held = top->length - top->at, more = 0;

	if (held > capacity)
		held = capacity;
	memcpy(bytes, top->buffer + top->at, held);
	top->at += held;
	*length = held;
	if (top->ended || (layers->count == 0 && held))
		return true;
	if (!pull(layers, layers->count, (char *)bytes + held, capacity - held,
		  layers->count ? capacity - held : 1, &more, error))
		return false;
	if (layers->count == 0)
		top->taken += more;
	*length += more;
	return true;
}

void layers_close(struct layers *layers)
{
	for (size_t i = 0; i <= layers->count; i++) {
		struct layer *layer = &layers->layers[i];

		if (layer->state)
			layer->unpacker->stop(layer->state);
		free(layer->buffer);
	}
}
