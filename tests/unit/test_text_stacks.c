/* SPDX-License-Identifier: MIT */
/* Stacks in the text of other tools: dumps of threads, bpftrace, DTrace, sample, callgrind, pprof -raw. */
#include "text_profile.h"

#define NO_MAP "mapping 0-0\n"

static void java_threads_have_states_and_locks(void **state)
{
	(void)state;
	check_dump(
		"2026-11-30 21:51:39\nFull thread dump OpenJDK 64-Bit Server VM (17 mixed mode):\n\n"
		"\"pool \"1\" x\" #12 prio=5 cpu=90.5ms elapsed=2s tid=0x00007f nid=0x7391 waiting for monitor entry  [0x00007f]\n"
		"   java.lang.Thread.State: BLOCKED (on object monitor)\n"
		"\tat App.locked(App.java:6)\n"
		"\t- waiting to lock <0x0f60> (a java.lang.Object)\n"
		"\tat App$$Lambda$1/0x00007f.run(java.base@17.0.15/Unknown Source)\n\n"
		"\"owner\" #13 nid=0x7392 waiting on condition\n"
		"   java.lang.Thread.State: TIMED_WAITING (sleeping)\n"
		"\tat java.lang.Thread.sleep(java.base@17.0.15/Native Method)\n"
		"\t- locked <0x0f60> (a java.lang.Object)\n\n"
		"\"VM Thread\" os_prio=0 cpu=1.25ms tid=0x00 nid=0x7389 runnable\n\n"
		"JNI global refs: 15, weak refs: 0\n\n"
		"Found one Java-level deadlock:\n=====\n\"a\":\n  waiting to lock monitor 0x1 (object 0x2, a X),\n"
		"  which is held by \"b\"\n",
		false,
		"types threads/count cpu_time/nanoseconds\n"
		"1 90500000 | App.locked@App.java:6 App$$Lambda$1/0x00007f.run thread=pool \"1\" x "
		"state=BLOCKED (on object monitor) waits_for=0x0f60 java.lang.Object\n"
		"1 0 | java.lang.Thread.sleep holds=0x0f60 java.lang.Object thread=owner "
		"state=TIMED_WAITING (sleeping)\n"
		"1 1250000 | [no Java frames] thread=VM Thread state=runnable\n" NO_MAP);
}

static void who_waits_on_an_object_does_not_hold_it(void **state)
{
	(void)state;
	check_dump(
		"Full thread dump X\n\"f\" #3 nid=0x1 in Object.wait()\n"
		"   java.lang.Thread.State: WAITING (on object monitor)\n"
		"\tat java.base@17/java.lang.Object.wait(Object.java:338)\n"
		"\t- waiting on <0x9e0> (a Lock)\n\tat Q.remove(Q.java:155)\n\t- locked <0x9e0> (a Lock)\n",
		false,
		"types threads/count cpu_time/nanoseconds\n"
		"1 0 | java.lang.Object.wait@Object.java:338 Q.remove@Q.java:155 thread=f "
		"state=WAITING (on object monitor) waits_for=0x9e0 Lock\n" NO_MAP);
}

static void python_threads_are_read(void **state)
{
	(void)state;
	check_dump(
		"Process 1: python app.py\nPython v3.11.7 (/usr/bin/python3.11)\n\n"
		"Thread 24695 (active+gil): \"Main (x)\"\n    fib (app.py:6)\n        Arguments:\n"
		"            n: 3\n    <module> (app.py:21)\nThread 0x7F1 (idle)\n    wait (threading.py:1)\n",
		false,
		"types threads/count\n"
		"1 | fib@app.py:6 <module>@app.py:21 thread=Main (x) state=active+gil tid=24695\n"
		"1 | wait@threading.py:1 state=idle tid=7F1\n" NO_MAP);
}

static void bpftrace_maps_are_stacks(void **state)
{
	(void)state;
	check_dump(
		"Attaching 1 probe...\n^C\n\n"
		"@[\n    schedule+80\n    do_nanosleep+113\n, \n    main+20\n, sleepy]: 12\n"
		"@[, \n    0x7fef9d25e9a1\n, my worker: 1]: 3\n"
		"@bytes[\n\tffffffff81 do_idle+1 ([kernel.kallsyms])\n, 7, swapper]: 4\n@[cat]: 5\n",
		false,
		"types samples/count\n"
		"12 | schedule do_nanosleep main sleepy\n"
		"3 | 0x7fef9d25e9a1 my worker: 1\n"
		"4 | do_idle swapper key=7 map=bytes\n"
		"5 | cat\n" NO_MAP);
}

static void dtrace_counts_stacks(void **state)
{
	(void)state;
	check_dump(
		"CPU     ID                    FUNCTION:NAME\n  0  64091                        :tick-60s\n\n\n"
		"              unix`mach_cpu_idle+0x6\n              unix`thread_start+0x8\n             2183\n\n"
		"              libc.so.1`__read+0x15\n              0x4039\n               1\n",
		false,
		"types samples/count\n"
		"2183 | unix`mach_cpu_idle unix`thread_start\n"
		"1 | libc.so.1`__read 0x4039\n" NO_MAP);
}

static void a_sample_of_macos_loses_no_count(void **state)
{
	(void)state;
	check_dump(
		"Analysis of sampling Terminal (pid 447) every 1 millisecond\n\nCall graph:\n"
		"    2532 Thread_2663   DispatchQueue_1: main  (serial)\n"
		"    + 2532 main  (in Chrome) + 522  [0x106776d9a]  main.c:7\n"
		"    +   2000 foo  (in Chrome) + 60  [0x1069e17ac]\n"
		"    +   ! 1990 bar  (in Chrome) + 60  [0x1069e17ad]\n"
		"    +   32 bar  (in Chrome) + 60  [0x1069e17ae]\n"
		"    10 Thread_2664\n\nTotal number in stack (recursive counted multiple, when >=5):\n"
		"        41       _pthread_body  (in libsystem) + 131  [0x7f]\n",
		false,
		"types samples/count\n"
		"1990 | bar foo main@main.c:7 Thread_2663   DispatchQueue_1: main  (serial)\n"
		"10 | foo main@main.c:7 Thread_2663   DispatchQueue_1: main  (serial)\n"
		"32 | bar main@main.c:7 Thread_2663   DispatchQueue_1: main  (serial)\n"
		"500 | main@main.c:7 Thread_2663   DispatchQueue_1: main  (serial)\n"
		"10 | Thread_2664\n" NO_MAP);
}

static void callgrind_costs_keep_their_sums(void **state)
{
	(void)state;
	/* Two callers share what "work" costs by what their calls cost; relative positions, names by number. */
	check_dump(
		"# callgrind format\npositions: line\nevents: Ir Time_(10ns)\nsummary: 1700 17\n\n"
		"fl=(1) app.c\nfn=(1) main\n16 400 4\ncfn=(2) a\ncalls=1 50\n+1 900 9\ncfn=(3) b\ncalls=1 60\n* 400 4\n\n"
		"fn=(2)\n50 100 1\ncfn=(4) work\ncalls=8 70\n51 800 8\n\nfn=(3)\n60 200 2\ncfn=(4)\ncalls=2 70\n61 200 2\n\n"
		"fn=(4)\n70 1000 10\n",
		false,
		"types Ir/count Time/nanoseconds\n"
		"400 40 | main@app.c:16\n"
		"100 10 | a@app.c:50 main@app.c:17\n"
		"200 20 | b@app.c:60 main@app.c:17\n"
		"800 80 | work@app.c:70 a@app.c:51 main@app.c:17\n"
		"200 20 | work@app.c:70 b@app.c:61 main@app.c:17\n" NO_MAP);
}

static void callgrind_functions_that_call_themselves_end(void **state)
{
	(void)state;
	check_dump(
		"events: Ir\nfl=a.rb\nfn=f\n2 11\ncfn=f\ncalls=93 2\n2 93\ncfn=g\ncalls=1 9\n3 5\nfn=g\n9 5\ncfn=f\n"
		"calls=1 2\n9 1\n",
		false, "types Ir/count\n11 | f@a.rb:2 g@a.rb:9\n5 | g@a.rb:9 f@a.rb:3\n" NO_MAP);
}

static void the_text_of_pprof_is_a_profile(void **state)
{
	(void)state;
	check_dump(
		"PeriodType: cpu nanoseconds\nPeriod: 10000000\nTime: 2026-11-30 20:50:26.5 +0000 UTC\nDuration: 3.01\n"
		"Samples:\nsamples/count cpu/nanoseconds[dflt]\n"
		"          1   10000000: 1 2 \n                path:[/a b] bytes:[512]\n"
		"          2   20000000: 2 \n"
		"Locations\n     1: 0x487076 M=1 runtime.memmove runtime/memmove_amd64.s:63:0 s=35\n"
		"             operator new x.cc:3:0 s=1\n     2: 0x47e73e M=1 \n"
		"Mappings\n1: 0x400000/0x503000/0x0 /app/app 9728ac [FN]\n",
		false,
		"types samples/count cpu/nanoseconds; period cpu/nanoseconds 10000000\n"
		"1 10000000 | 487076 runtime.memmove@runtime/memmove_amd64.s:63>operator new@x.cc:3 47e73e path=/a b bytes=512\n"
		"2 20000000 | 47e73e\n"
		"mapping 400000-503000 /app/app 9728ac\n");
	check_error(
		"PeriodType: cpu nanoseconds\nSamples:\nsamples/count\n   1: 7\nLocations\n",
		"the text ends before location 7: it is a part of a profile; write it anew with pprof -raw");
}

static void jemalloc_shows_what_samples_stand_for(void **state)
{
	(void)state;
	check_dump(
		"heap_v2/524288\n  t*: 3: 300 [0: 0]\n  t0: 3: 300 [0: 0]\n@ 0x1001 0x2001\n  t*: 2: 524288 [0: 0]\n"
		"  t0: 2: 524288 [0: 0]\n\nMAPPED_LIBRARIES:\n00001000-00003000 r-xp 00000000 fe:00 1 /app\n",
		false,
		"types sampled_objects/count sampled_space/bytes inuse_objects/count inuse_space/bytes; "
		"period space/bytes 524288\n"
		"2 524288 5 1332474 | 1000 2000 bytes=262144\n"
		"mapping 1000-3000 /app\n");
}

static void names_in_front_of_a_profile_are_used(void **state)
{
	(void)state;
	check_dump(
		"--- symbol\nbinary=./app\n0x0000000000001001 f(int)\n0x0000000000002000 in--out\n---\n--- heap\n"
		"heap profile: 1: 10 [1: 10] @ heapprofile\n  1: 10 [1: 10] @ 0x1001 0x2001\n",
		false,
		"types objects/count space/bytes; period space/bytes 1\n"
		"1 10 | 1000 f(int) 2000 in>out bytes=10\nmapping 0-ffffffffffffffff\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(java_threads_have_states_and_locks),
		cmocka_unit_test(who_waits_on_an_object_does_not_hold_it),
		cmocka_unit_test(python_threads_are_read),
		cmocka_unit_test(bpftrace_maps_are_stacks),
		cmocka_unit_test(dtrace_counts_stacks),
		cmocka_unit_test(a_sample_of_macos_loses_no_count),
		cmocka_unit_test(callgrind_costs_keep_their_sums),
		cmocka_unit_test(callgrind_functions_that_call_themselves_end),
		cmocka_unit_test(the_text_of_pprof_is_a_profile),
		cmocka_unit_test(jemalloc_shows_what_samples_stand_for),
		cmocka_unit_test(names_in_front_of_a_profile_are_used),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
