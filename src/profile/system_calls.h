/* SPDX-License-Identifier: MIT */
/*
 * System calls as strace saw them, as a profile: a sample is a call with its
 * stack, or all calls of one name. The leaf is called like the system call.
 */
#ifndef PROFILE_SYSTEM_CALLS_H
#define PROFILE_SYSTEM_CALLS_H

#define SYSTEM_CALL_TYPE "calls"    /* count */
#define SYSTEM_CALL_TIME "time"     /* nanoseconds; 0: not measured */
#define SYSTEM_CALL_ERRORS "errors" /* count */

#endif
