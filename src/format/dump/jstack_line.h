/* SPDX-License-Identifier: MIT */
/* The lines of a thread dump of Java: jstack, jcmd Thread.print, kill -3. */
#ifndef FORMAT_DUMP_JSTACK_LINE_H
#define FORMAT_DUMP_JSTACK_LINE_H

#include <stdbool.h>

#include "base/span.h"

struct jstack_header {
	struct span name;  /* without its quotes */
	struct span state; /* what the system says, "waiting on condition"; may be empty */
	int64_t cpu;       /* ns; 0: not said */
};

/* "main" #1 prio=5 os_prio=0 cpu=64.38ms elapsed=3.37s tid=0x... nid=0x737e runnable [0x...] */
bool jstack_line_header(struct span line, struct jstack_header *header);

/* "	at App.fib(java.base@17/App.java:3)"; line is 0 for natives. */
bool jstack_line_frame(struct span line, struct span *name, struct span *file, int64_t *number);

enum jstack_lock {
	JSTACK_NONE,
	JSTACK_WAITS,    /* to enter a monitor or to be unparked */
	JSTACK_WAITS_ON, /* in Object.wait, which has given the monitor back */
	JSTACK_HOLDS,
};

/* "	- waiting to lock <0x...> (a java.lang.Object)"; lock is "0x... java.lang.Object". */
enum jstack_lock jstack_line_lock(struct span line, struct span *address, struct span *type);

#endif
