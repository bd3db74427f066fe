/* SPDX-License-Identifier: MIT */
#include "format/trace/order_state.h"

#include <stdlib.h>

#include "base/array.h"

/* Nobody has so many Ps; numbers of broken files have. */
#define PROC_LIMIT (1u << 20)

/* Everywhere but on Windows. */
#define USUAL_FREQUENCY 15625000

/* One event while it is looked at. */
struct step {
	struct order_state *state;
	const uint64_t *arguments;
	struct order_thread *thread;
	struct trace_event event; /* of the time and context */
};

typedef bool take_step(struct step *step);

void order_state_init(struct order_state *state, struct feed *feed)
{
	*state = (struct order_state){.feed = feed, .first = true};
	/* Thread 0 is none: what it does is forgotten at once. */
	order_state_thread(state, WIRE_NO_ID);
}

void order_state_clear(struct order_state *state)
{
	free(state->goroutines);
	free(state->procs);
	free(state->threads);
	pair_map_clear(&state->thread_ids);
}

void order_state_forget(struct order_state *state)
{
	for (size_t i = 0; i < state->goroutine_count; i++)
		state->goroutines[i] = (struct order_goroutine){0};
	for (size_t i = 0; i < state->proc_count; i++)
		state->procs[i] = (struct order_proc){0};
	for (size_t i = 0; i < state->thread_count; i++)
		state->threads[i] = (struct order_thread){NONE, NONE};
	state->has_gc = false;
	state->first = true;
}

bool order_state_begin(struct order_state *state, struct generation *generation)
{
	bool guessed = !generation->frequency && !state->started;

	state->generation = generation;
	if (generation->frequency)
		state->unit = 1e9 / (double)generation->frequency;
	else if (guessed)
		state->unit = 1e9 / USUAL_FREQUENCY;
	if (!state->started) {
		state->started = true;
		state->start = order_state_span(state, generation->least_time);
	}
	feed_sync(state->feed, order_state_span(state, generation->least_time) - state->start);
	return guessed;
}

void order_state_end(struct order_state *state)
{
	state->first = false;
}

uint32_t order_state_thread(struct order_state *state, uint64_t id)
{
	uint32_t number = feed_number(&state->thread_ids, id);

	if (number == state->thread_count)
		array_push(state->threads, state->thread_count, state->thread_capacity,
			   ((struct order_thread){NONE, NONE}));
	return number;
}

static struct order_goroutine *goroutine_at(struct order_state *state, uint32_t number)
{
	while (state->goroutine_count <= number)
		array_push(state->goroutines, state->goroutine_count, state->goroutine_capacity,
			   ((struct order_goroutine){0}));
	return &state->goroutines[number];
}

/* The goroutine of argument i, which becomes the subject of the event. */
static struct order_goroutine *subject_goroutine(struct step *step, int i)
{
	struct order_state *state = step->state;

	step->event.subject = feed_number(&state->feed->goroutines, step->arguments[i]);
	return goroutine_at(state, step->event.subject);
}

/* The goroutine that runs on the thread, NULL for none. */
static struct order_goroutine *own_goroutine(struct step *step)
{
	step->event.subject = step->event.goroutine;
	return step->event.goroutine == NONE ? NULL
					     : goroutine_at(step->state, step->event.goroutine);
}

/* The P of argument i, which becomes the subject; NULL if its number is impossible. */
static struct order_proc *subject_proc(struct step *step, int i)
{
	struct order_state *state = step->state;
	uint32_t number;

	if (step->arguments[i] >= PROC_LIMIT)
		return NULL;
	number = feed_number(&state->feed->procs, step->arguments[i]);
	while (state->proc_count <= number)
		array_push(state->procs, state->proc_count, state->proc_capacity,
			   ((struct order_proc){0}));
	step->event.subject = number;
	return &state->procs[number];
}

static struct order_proc *own_proc(struct step *step)
{
	return step->event.proc == NONE ? NULL : &step->state->procs[step->event.proc];
}

static uint32_t stack_of(struct step *step, int i)
{
	return generation_stack(step->state->generation, step->state->feed, step->arguments[i]);
}

static string_id text_of(struct step *step, int i)
{
	return generation_string(step->state->generation, step->state->feed, step->arguments[i]);
}

static bool emit(struct step *step, enum trace_event_kind kind)
{
	step->event.kind = kind;
	feed_emit(step->state->feed, &step->event);
	return true;
}

/* An event that takes a moment and tells nothing. */
static bool skip(struct step *step)
{
	return emit(step, TRACE_EVENT_OTHER);
}

static bool emit_change(struct step *step, enum trace_event_kind kind, enum trace_status from,
			enum trace_status to)
{
	step->event.from = from;
	step->event.to = to;
	return emit(step, kind);
}

/* Is a goroutine where an event starts from, and is it its turn? */
static bool is_ready(const struct step *step, const struct order_goroutine *goroutine,
		     enum trace_status status, int sequence)
{
	return step->state->forcing || (goroutine->status == status &&
					goroutine->sequence + 1 == step->arguments[sequence]);
}

/* Goroutines. */

static bool go_create_as(struct step *step, enum trace_status status)
{
	*subject_goroutine(step, 0) = (struct order_goroutine){.status = status};
	step->event.own_stack = stack_of(step, 1);
	step->event.stack = stack_of(step, 2);
	return emit_change(step, TRACE_EVENT_GOROUTINE, TRACE_GONE, status);
}

static bool go_create(struct step *step)
{
	return go_create_as(step, TRACE_RUNNABLE);
}

static bool go_create_blocked(struct step *step)
{
	return go_create_as(step, TRACE_WAITING);
}

static bool go_create_syscall(struct step *step)
{
	*subject_goroutine(step, 0) = (struct order_goroutine){.status = TRACE_SYSCALL};
	step->thread->goroutine = step->event.subject;
	return emit_change(step, TRACE_EVENT_GOROUTINE, TRACE_GONE, TRACE_SYSCALL);
}

static bool go_start(struct step *step)
{
	struct order_goroutine *goroutine = subject_goroutine(step, 0);

	if (!is_ready(step, goroutine, TRACE_RUNNABLE, 1))
		return false;
	goroutine->status = TRACE_RUNNING;
	goroutine->sequence = step->arguments[1];
	step->thread->goroutine = step->event.subject;
	return emit_change(step, TRACE_EVENT_GOROUTINE, TRACE_RUNNABLE, TRACE_RUNNING);
}

static bool go_destroy(struct step *step)
{
	struct order_goroutine *goroutine = own_goroutine(step);

	if (!goroutine)
		return skip(step);
	goroutine->status = TRACE_GONE;
	step->thread->goroutine = NONE;
	return emit_change(step, TRACE_EVENT_GOROUTINE, TRACE_RUNNING, TRACE_GONE);
}

static bool go_destroy_syscall(struct step *step)
{
	struct order_goroutine *goroutine = own_goroutine(step);
	struct order_proc *proc = own_proc(step);

	if (proc) {
		proc->status = PROC_ABANDONED;
		step->thread->proc = NONE;
		step->event.subject = step->event.proc;
		emit_change(step, TRACE_EVENT_PROC, TRACE_RUNNING, TRACE_IDLE);
	}
	if (!goroutine)
		return proc ? true : skip(step);
	goroutine->status = TRACE_GONE;
	step->thread->goroutine = NONE;
	step->event.subject = step->event.goroutine;
	return emit_change(step, TRACE_EVENT_GOROUTINE, TRACE_SYSCALL, TRACE_GONE);
}

static bool go_leave(struct step *step, enum trace_status status)
{
	struct order_goroutine *goroutine = own_goroutine(step);

	if (!goroutine)
		return skip(step);
	goroutine->status = status;
	step->thread->goroutine = NONE;
	step->event.text = text_of(step, 0);
	step->event.stack = step->event.own_stack = stack_of(step, 1);
	return emit_change(step, TRACE_EVENT_GOROUTINE, TRACE_RUNNING, status);
}

static bool go_stop(struct step *step)
{
	return go_leave(step, TRACE_RUNNABLE);
}

static bool go_block(struct step *step)
{
	return go_leave(step, TRACE_WAITING);
}

static bool go_unblock(struct step *step)
{
	struct order_goroutine *goroutine = subject_goroutine(step, 0);

	if (!is_ready(step, goroutine, TRACE_WAITING, 1))
		return false;
	goroutine->status = TRACE_RUNNABLE;
	goroutine->sequence = step->arguments[1];
	step->event.stack = stack_of(step, 2);
	return emit_change(step, TRACE_EVENT_GOROUTINE, TRACE_WAITING, TRACE_RUNNABLE);
}

/* A coroutine: wakes the other, waits or ends itself, and the other runs. */
static bool go_switch_to(struct step *step, enum trace_status own)
{
	struct order_goroutine *other = subject_goroutine(step, 0), *goroutine;
	uint32_t number = step->event.subject;

	if (!is_ready(step, other, TRACE_WAITING, 1))
		return false;
	other->status = TRACE_RUNNING;
	other->sequence = step->arguments[1];
	emit_change(step, TRACE_EVENT_GOROUTINE, TRACE_WAITING, TRACE_RUNNABLE);
	goroutine = own_goroutine(step);
	if (goroutine) {
		goroutine->status = own;
		emit_change(step, TRACE_EVENT_GOROUTINE, TRACE_RUNNING, own);
	}
	step->thread->goroutine = number;
	step->event.goroutine = NONE;
	step->event.subject = number;
	return emit_change(step, TRACE_EVENT_GOROUTINE, TRACE_RUNNABLE, TRACE_RUNNING);
}

static bool go_switch(struct step *step)
{
	return go_switch_to(step, TRACE_WAITING);
}

static bool go_switch_destroy(struct step *step)
{
	return go_switch_to(step, TRACE_GONE);
}

static bool go_syscall_begin(struct step *step)
{
	struct order_goroutine *goroutine = own_goroutine(step);
	struct order_proc *proc = own_proc(step);

	if (!goroutine)
		return skip(step);
	goroutine->status = TRACE_SYSCALL;
	if (proc)
		*proc = (struct order_proc){step->arguments[0], PROC_SYSCALL};
	step->event.stack = step->event.own_stack = stack_of(step, 1);
	return emit_change(step, TRACE_EVENT_GOROUTINE, TRACE_RUNNING, TRACE_SYSCALL);
}

static bool go_syscall_end(struct step *step)
{
	struct order_goroutine *goroutine = own_goroutine(step);
	struct order_proc *proc = own_proc(step);

	if (!goroutine)
		return skip(step);
	goroutine->status = TRACE_RUNNING;
	if (proc)
		proc->status = PROC_RUNNING;
	return emit_change(step, TRACE_EVENT_GOROUTINE, TRACE_SYSCALL, TRACE_RUNNING);
}

static bool go_syscall_end_blocked(struct step *step)
{
	struct order_goroutine *goroutine = own_goroutine(step);
	struct order_proc *proc = own_proc(step);

	if (proc && proc->status == PROC_SYSCALL && !step->state->forcing)
		return false;
	if (!goroutine)
		return skip(step);
	goroutine->status = TRACE_RUNNABLE;
	step->thread->goroutine = NONE;
	return emit_change(step, TRACE_EVENT_GOROUTINE, TRACE_SYSCALL, TRACE_RUNNABLE);
}

static bool go_status(struct step *step)
{
	struct order_state *state = step->state;
	uint64_t status = step->arguments[2];
	struct order_goroutine *goroutine;
	bool known;

	if (status < TRACE_RUNNABLE || status > TRACE_WAITING)
		return skip(step);
	goroutine = subject_goroutine(step, 0);
	known = goroutine->status != TRACE_GONE;
	goroutine->status = (uint8_t)status;
	goroutine->sequence = 0;
	if (status == TRACE_RUNNING) {
		step->thread->goroutine = step->event.subject;
	} else if (status == TRACE_SYSCALL) {
		uint32_t own = (uint32_t)(step->thread - state->threads);
		uint32_t other = order_state_thread(state, step->arguments[1]);

		step->thread = &state->threads[own];
		if (other != own && state->threads[other].goroutine != NONE)
			step->event.goroutine = state->threads[other].goroutine;
		else
			state->threads[other].goroutine = step->event.subject;
	}
	return emit_change(step, TRACE_EVENT_GOROUTINE, known ? status : TRACE_UNDETERMINED,
			   (enum trace_status)status);
}

static bool go_status_stack(struct step *step)
{
	step->event.stack = step->event.own_stack = stack_of(step, 3);
	return go_status(step);
}

/* Ps. */

static bool proc_status(struct step *step)
{
	struct order_state *state = step->state;
	uint64_t status = step->arguments[1];
	struct order_proc *proc = subject_proc(step, 0);
	enum trace_status from, to;

	if (!proc || status < PROC_RUNNING || status > PROC_ABANDONED)
		return skip(step);
	if (status == PROC_RUNNING || status == PROC_SYSCALL)
		step->thread->proc = step->event.subject;
	/* In a syscall on a thread that is not known: it may be known from before. */
	if (status == PROC_ABANDONED && proc->status == PROC_SYSCALL)
		status = PROC_SYSCALL;
	to = status == PROC_RUNNING || status == PROC_SYSCALL ? TRACE_RUNNING : TRACE_IDLE;
	from = proc->status != PROC_UNKNOWN ? to : state->first ? TRACE_UNDETERMINED : TRACE_GONE;
	*proc = (struct order_proc){0, (uint8_t)status};
	return emit_change(step, TRACE_EVENT_PROC, from, to);
}

static bool proc_start(struct step *step)
{
	struct order_proc *proc = subject_proc(step, 0);

	if (!proc)
		return skip(step);
	if (!step->state->forcing &&
	    (proc->status != PROC_IDLE || proc->sequence + 1 != step->arguments[1] ||
	     step->event.proc != NONE))
		return false;
	*proc = (struct order_proc){step->arguments[1], PROC_RUNNING};
	step->thread->proc = step->event.subject;
	return emit_change(step, TRACE_EVENT_PROC, TRACE_IDLE, TRACE_RUNNING);
}

static bool proc_stop(struct step *step)
{
	struct order_proc *proc = own_proc(step);

	if (!proc)
		return skip(step);
	proc->status = PROC_IDLE;
	step->thread->proc = NONE;
	step->event.subject = step->event.proc;
	return emit_change(step, TRACE_EVENT_PROC, TRACE_RUNNING, TRACE_IDLE);
}

static bool proc_steal(struct step *step)
{
	struct order_state *state = step->state;
	struct order_proc *proc = subject_proc(step, 0);
	enum trace_status from;

	if (!proc)
		return skip(step);
	if (!state->forcing && ((proc->status != PROC_SYSCALL && proc->status != PROC_ABANDONED) ||
				proc->sequence + 1 != step->arguments[1]))
		return false;
	from = proc->status == PROC_ABANDONED ? TRACE_IDLE : TRACE_RUNNING;
	*proc = (struct order_proc){step->arguments[1], PROC_IDLE};
	if (from == TRACE_RUNNING) {
		uint32_t number = order_state_thread(state, step->arguments[2]);

		if (number && state->threads[number].proc == step->event.subject)
			state->threads[number].proc = NONE;
	}
	return emit_change(step, TRACE_EVENT_PROC, from, TRACE_IDLE);
}

/* Ranges. */

static bool emit_range(struct step *step, enum trace_event_kind kind, enum trace_phase phase)
{
	step->event.phase = phase;
	return emit(step, kind);
}

static bool stw_begin(struct step *step)
{
	struct order_goroutine *goroutine = own_goroutine(step);
	string_id kind = text_of(step, 0);

	if (goroutine)
		goroutine->pause = kind;
	else
		step->state->pause = kind;
	step->event.text = kind;
	step->event.stack = stack_of(step, 1);
	return emit_range(step, TRACE_EVENT_STW, TRACE_BEGIN);
}

static bool stw_end(struct step *step)
{
	struct order_goroutine *goroutine = own_goroutine(step);

	step->event.text = goroutine ? goroutine->pause : step->state->pause;
	return emit_range(step, TRACE_EVENT_STW, TRACE_END);
}

static bool gc_step(struct step *step, enum trace_phase phase)
{
	struct order_state *state = step->state;
	uint64_t sequence = step->arguments[0];
	bool active = phase == TRACE_ACTIVE && state->first;

	if (!state->forcing && state->has_gc && sequence != state->gc + 1 && !active)
		return false;
	if (!state->forcing && !state->has_gc && phase == TRACE_END)
		return false;
	state->has_gc = true;
	state->gc = sequence;
	return emit_range(step, TRACE_EVENT_GC, phase);
}

static bool gc_active(struct step *step)
{
	return gc_step(step, TRACE_ACTIVE);
}

static bool gc_begin(struct step *step)
{
	step->event.stack = stack_of(step, 1);
	return gc_step(step, TRACE_BEGIN);
}

static bool gc_end(struct step *step)
{
	return gc_step(step, TRACE_END);
}

static bool sweep_active(struct step *step)
{
	if (!subject_proc(step, 0))
		return skip(step);
	return emit_range(step, TRACE_EVENT_SWEEP, TRACE_ACTIVE);
}

static bool sweep_begin(struct step *step)
{
	step->event.subject = step->event.proc;
	return emit_range(step, TRACE_EVENT_SWEEP, TRACE_BEGIN);
}

static bool sweep_end(struct step *step)
{
	step->event.subject = step->event.proc;
	step->event.value = step->arguments[0];
	return emit_range(step, TRACE_EVENT_SWEEP, TRACE_END);
}

static bool assist_active(struct step *step)
{
	subject_goroutine(step, 0);
	return emit_range(step, TRACE_EVENT_ASSIST, TRACE_ACTIVE);
}

static bool assist_begin(struct step *step)
{
	own_goroutine(step);
	step->event.stack = stack_of(step, 0);
	return emit_range(step, TRACE_EVENT_ASSIST, TRACE_BEGIN);
}

static bool assist_end(struct step *step)
{
	own_goroutine(step);
	return emit_range(step, TRACE_EVENT_ASSIST, TRACE_END);
}

/* Numbers, and what users say. */

static bool emit_value(struct step *step, enum trace_event_kind kind)
{
	step->event.value = step->arguments[0];
	return emit(step, kind);
}

static bool procs_change(struct step *step)
{
	return emit_value(step, TRACE_EVENT_PROCS);
}

static bool heap_alloc(struct step *step)
{
	return emit_value(step, TRACE_EVENT_HEAP);
}

static bool heap_goal(struct step *step)
{
	return emit_value(step, TRACE_EVENT_GOAL);
}

static bool go_label(struct step *step)
{
	own_goroutine(step);
	step->event.text = text_of(step, 0);
	return emit(step, TRACE_EVENT_LABEL);
}

static bool task_begin(struct step *step)
{
	step->event.phase = TRACE_BEGIN;
	step->event.parent = step->arguments[1];
	step->event.text = text_of(step, 2);
	step->event.stack = stack_of(step, 3);
	return emit_value(step, TRACE_EVENT_TASK);
}

static bool task_end(struct step *step)
{
	step->event.phase = TRACE_END;
	return emit_value(step, TRACE_EVENT_TASK);
}

static bool region_step(struct step *step, enum trace_phase phase)
{
	step->event.phase = phase;
	step->event.text = text_of(step, 1);
	step->event.stack = stack_of(step, 2);
	return emit_value(step, TRACE_EVENT_REGION);
}

static bool region_begin(struct step *step)
{
	return region_step(step, TRACE_BEGIN);
}

static bool region_end(struct step *step)
{
	return region_step(step, TRACE_END);
}

static bool user_log(struct step *step)
{
	step->event.category = text_of(step, 1);
	step->event.text = text_of(step, 2);
	step->event.stack = stack_of(step, 3);
	return emit_value(step, TRACE_EVENT_LOG);
}

static take_step *const steps[256] = {
	[WIRE_PROCS_CHANGE] = procs_change,
	[WIRE_PROC_START] = proc_start,
	[WIRE_PROC_STOP] = proc_stop,
	[WIRE_PROC_STEAL] = proc_steal,
	[WIRE_PROC_STATUS] = proc_status,
	[WIRE_GO_CREATE] = go_create,
	[WIRE_GO_CREATE_SYSCALL] = go_create_syscall,
	[WIRE_GO_START] = go_start,
	[WIRE_GO_DESTROY] = go_destroy,
	[WIRE_GO_DESTROY_SYSCALL] = go_destroy_syscall,
	[WIRE_GO_STOP] = go_stop,
	[WIRE_GO_BLOCK] = go_block,
	[WIRE_GO_UNBLOCK] = go_unblock,
	[WIRE_GO_SYSCALL_BEGIN] = go_syscall_begin,
	[WIRE_GO_SYSCALL_END] = go_syscall_end,
	[WIRE_GO_SYSCALL_END_BLOCKED] = go_syscall_end_blocked,
	[WIRE_GO_STATUS] = go_status,
	[WIRE_STW_BEGIN] = stw_begin,
	[WIRE_STW_END] = stw_end,
	[WIRE_GC_ACTIVE] = gc_active,
	[WIRE_GC_BEGIN] = gc_begin,
	[WIRE_GC_END] = gc_end,
	[WIRE_SWEEP_ACTIVE] = sweep_active,
	[WIRE_SWEEP_BEGIN] = sweep_begin,
	[WIRE_SWEEP_END] = sweep_end,
	[WIRE_ASSIST_ACTIVE] = assist_active,
	[WIRE_ASSIST_BEGIN] = assist_begin,
	[WIRE_ASSIST_END] = assist_end,
	[WIRE_HEAP_ALLOC] = heap_alloc,
	[WIRE_HEAP_GOAL] = heap_goal,
	[WIRE_GO_LABEL] = go_label,
	[WIRE_TASK_BEGIN] = task_begin,
	[WIRE_TASK_END] = task_end,
	[WIRE_REGION_BEGIN] = region_begin,
	[WIRE_REGION_END] = region_end,
	[WIRE_LOG] = user_log,
	[WIRE_GO_SWITCH] = go_switch,
	[WIRE_GO_SWITCH_DESTROY] = go_switch_destroy,
	[WIRE_GO_CREATE_BLOCKED] = go_create_blocked,
	[WIRE_GO_STATUS_STACK] = go_status_stack,
};

bool order_state_take(struct order_state *state, const struct wire_event *event)
{
	struct order_thread *thread = &state->threads[event->thread];
	struct step step = {
		.state = state,
		.arguments = event->arguments,
		.thread = thread,
		.event = {.goroutine = thread->goroutine, .proc = thread->proc, .subject = NONE},
	};
	bool taken;

	step.event.time = event->time - state->start;
	taken = steps[event->type] ? steps[event->type](&step) : skip(&step);
	state->threads[0] = (struct order_thread){NONE, NONE};
	return taken;
}

void order_state_force(struct order_state *state, const struct wire_event *event)
{
	state->forcing = true;
	order_state_take(state, event);
	state->forcing = false;
}
