/* SPDX-License-Identifier: MIT */
/*
 * A monkey at the keys: random keys, words, garbage, pastes, clicks, sizes,
 * signals and changed files, session after session until the time is over.
 * What it does it writes down as a scenario first and then plays that line, so
 * a failure leaves a file for tests/tui/driver that does the same again.
 */
#include "commands.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/array.h"

#define ACTIONS 160 /* of one session */
#define CHECKED 20  /* after so many it has to answer */

struct monkey {
	uint64_t random;
	struct driver driver;
	struct buffer script;
	int line_number;
	size_t actions;  /* of all sessions */
	unsigned killed; /* bit i: deadly[i] was sent */
};

/* They may end the program. */
static const char *const deadly[] = {"SIGINT", "SIGTERM", "SIGHUP"};

/* --- Chance --------------------------------------------------------------- */

static uint64_t next_random(struct monkey *monkey)
{
	monkey->random ^= monkey->random << 13;
	monkey->random ^= monkey->random >> 7;
	monkey->random ^= monkey->random << 17;
	return monkey->random * 0x2545f4914f6cdd1du >> 32;
}

/* 0 to count - 1 */
static int pick(struct monkey *monkey, size_t count)
{
	return (int)(next_random(monkey) % count);
}

#define PICK(monkey, array) (array)[pick(monkey, COUNT(array))]

/* --- Playing -------------------------------------------------------------- */

static bool play(struct monkey *monkey, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static bool play(struct monkey *monkey, const char *format, ...)
{
	char line[8192];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	buffer_printf(&monkey->script, "%s\n", line);
	monkey->line_number++;
	return driver_play(&monkey->driver, line);
}

/* Bytes as a scenario spells them: nothing in it has a meaning of its own. */
static void spell(const char *bytes, size_t length, struct buffer *text)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)bytes[i];

		if (byte > ' ' && byte < 0x7f && !strchr("\\\"{}#", byte))
			buffer_add(text, &byte, 1);
		else
			buffer_printf(text, "\\x%02x", byte);
	}
}

static bool play_bytes(struct monkey *monkey, const char *command, const char *bytes, size_t length)
{
	struct buffer text = {0};
	bool good;

	spell(bytes, length, &text);
	good = play(monkey, "%s %s", command, buffer_string(&text));
	buffer_clear(&text);
	return good;
}

/* --- Actions -------------------------------------------------------------- */

static const char *const named_keys[] = {"\r",
					 "\t",
					 "\177",
					 "\b",
					 "\033[A",
					 "\033OA",
					 "\033[B",
					 "\033OB",
					 "\033[C",
					 "\033OD",
					 "\033[D",
					 "\033[5~",
					 "\033[6~",
					 "\033[H",
					 "\033OF",
					 "\033[3~",
					 "\033[Z",
					 "\033OP",
					 "\033[1~",
					 "\001",
					 "\002",
					 "\004",
					 "\005",
					 "\006",
					 "\007",
					 "\013",
					 "\014",
					 "\016",
					 "\017",
					 "\020",
					 "\022",
					 "\024",
					 "\025",
					 "\027",
					 "\030",
					 "\031",
					 "\033\033",
					 "\033",
					 "\033",
					 "\033j",
					 "\xc3\xa9",
					 "\xe6\xbc\xa2",
					 "\xf0\x9f\x91\xa9",
					 "e\xcc\x81",
					 "\033[1;5C",
					 "\033[200~",
					 "\033[201~"};

/* q leaves, so it comes seldom; what is typed into a prompt names no file of others: no "/". */
static bool press_keys(struct monkey *monkey)
{
	static const char moves[] = "jjkkhlgG  bnN.+-0$[]oI%LrvdOEC=Dz\t\r\r\r",
			  opens[] = "123456789TpictsaAWF?", changes[] = "fxHSKPumM*<>B'eyYR";
	char keys[64];
	size_t length = 0;

	for (int count = 1 + pick(monkey, 8); count > 0; count--) {
		int kind = pick(monkey, 20);
		const char *name;

		if (kind < 10) {
			keys[length++] = moves[pick(monkey, sizeof(moves) - 1)];
		} else if (kind < 13) {
			keys[length++] = opens[pick(monkey, sizeof(opens) - 1)];
		} else if (kind < 15) {
			keys[length++] = changes[pick(monkey, sizeof(changes) - 1)];
		} else if (kind == 15) {
			keys[length++] = (char)(' ' + pick(monkey, 95));
			if (strchr("qQ/", keys[length - 1]))
				keys[length - 1] = 'j';
		} else {
			name = PICK(monkey, named_keys);
			memcpy(keys + length, name, strlen(name));
			length += strlen(name);
		}
	}
	return play_bytes(monkey, "bytes", keys, length);
}

/* clang-format off */
static const char *const typed[] = {
	"top10", "top 5 -cum", "top runtime", "peek mallocgc", "peek .", "list main", "tags",
	"traces", "tree", "dot", "svg", "folded", "proto > p.pb.gz", "raw", "comments",
	"top > out.txt", "flamegraph > g.svg", "callgrind > c", "top 20 json", "json top", "csv",
	"focus=main", "focus=", "ignore=runtime", "hide=gc|malloc", "hide=", "show=json",
	"show_from=main", "prune_from=deflate", "tagfocus=tenant", "tagfocus=8kb:64kb",
	"tagignore=x", "tagroot=endpoint", "tagleaf=tenant", "tagroot=", "taghide=.",
	"sample_index=1", "sample_index=alloc_space", "inuse_objects", "nodecount=7",
	"nodecount=-1", "nodefraction=0.5", "granularity=lines", "addresses", "files",
	"functions", "filefunctions", "cum", "flat", "unit=ms", "unit=auto", "unit=kB",
	"divide_by=0.001", "mean", "drop_negative", "relative_percentages", "normalize",
	"count_once", "call_tree", "noinlines", "showcolumns", "trim=false", "source_path=data",
	"trim_path=x", "compact_labels=f", "o", "options", "help", "help flat", "help nonsense",
	"help +", "set", "set mouse", "set mouse=off", "set ascii=on", "set ascii=off",
	"set utf8", "set color=never", "set color=always", "set color=auto", "set clipboard=off",
	"set history=off", "bind X undo", "bind ^T labels-pane", "unbind X", "marks", "save one",
	"load one", "load none", "configs", "columns=cum,name,bar", "columns=",
	"columns=flat,flat,flat%", "diagnose", "focus=(", "focus=a**", "ignore=.", ":", "",
	"overview", "filters", "keys", "undo", "own-code", "turn-round", "redact",
	"threshold=x=1", "focus=(a+)+$", "show=.{1000}{1000}", "\xff\xfe",
	"top99999999999999999999",
};
/* clang-format on */

static bool type_line(struct monkey *monkey)
{
	const char *word = PICK(monkey, typed);
	struct buffer keys = {0};
	bool good;

	/* With some of the words cut short, completed, edited or given up. */
	buffer_printf(&keys, ":%.*s", pick(monkey, 4) ? 99 : pick(monkey, strlen(word) + 1), word);
	while (pick(monkey, 5) == 0)
		buffer_printf(&keys, "%s", PICK(monkey, named_keys));
	while (pick(monkey, 4) == 0)
		buffer_printf(&keys, "\t");
	buffer_printf(&keys, "%s", pick(monkey, 8) ? "\r" : "\033");
	good = play_bytes(monkey, "bytes", keys.bytes, keys.length);
	buffer_clear(&keys);
	return good;
}

/* Search, rows to keep, a file to write. */
static bool ask(struct monkey *monkey)
{
	static const char *const expressions[] = {
		"mallocgc", "json.*string", ".", "a|b",   "zzzz", "(",   "[^a]",  "x.txt",
		"x.json",   "tree.csv",     "",  "^main", "\\",   "SYS", "(a*)*$"};
	char keys[64];
	int length = snprintf(keys, sizeof(keys), "%c%s%s", "///&w"[pick(monkey, 5)],
			      PICK(monkey, expressions), pick(monkey, 6) ? "\r" : "");

	return play_bytes(monkey, "bytes", keys, (size_t)length) && play(monkey, "listen 0") &&
	       (pick(monkey, 2) || play(monkey, "bytes y\\x0d"));
}

static bool send_garbage(struct monkey *monkey)
{
	char bytes[48];
	int length = 1 + pick(monkey, sizeof(bytes));

	for (int i = 0; i < length; i++) {
		bytes[i] = (char)pick(monkey, 256);
		/* Of the terminal itself: ^S stops it, ^C, ^\ and ^Z send signals. */
		if (strchr("\003\023\032\034/qQ", bytes[i]))
			bytes[i] = '\033';
	}
	return play_bytes(monkey, "bytes", bytes, (size_t)length);
}

static bool send_sequence(struct monkey *monkey)
{
	static const char *const sequences[] = {"\033[",
						"\033[<",
						"\033[<0;",
						"\033[<0;5;5M",
						"\033[<0;5;5m",
						"\033[<64;1;1M",
						"\033[<65;999;999M",
						"\033[<35;3;3M",
						"\033[<0;-1;4M",
						"\033[M !!",
						"\033]52;c;?\a",
						"\033[200~",
						"\033[201~",
						"\033[200~q:Q\r",
						"\033P1$r\033\\",
						"\033[?1;2c",
						"\033[99999999999;1~",
						"\033[24;80R",
						"\033O",
						"\033[1;",
						"\033\033[A",
						"\033[I",
						"\033[O",
						"\033[27u"};
	const char *sequence = PICK(monkey, sequences);

	return play_bytes(monkey, "bytes", sequence, strlen(sequence));
}

static bool paste(struct monkey *monkey)
{
	static const char *const pieces[] = {"q:Q\r", "focus=main", "\033[31m",
					     "\t",    "x",          "\xe2\x80\xae",
					     "\xff",  "\n",         "mallocgc "};
	struct buffer text = {0};
	bool good;

	buffer_printf(&text, "\033[200~");
	for (int i = pick(monkey, 3) ? pick(monkey, 20) : pick(monkey, 400); i > 0; i--)
		buffer_printf(&text, "%s", PICK(monkey, pieces));
	buffer_printf(&text, "\033[201~");
	good = play_bytes(monkey, "bytes", text.bytes, text.length);
	buffer_clear(&text);
	return good;
}

/* As when a key is held; those that make another view take their time with sanitizers. */
static bool repeat_key(struct monkey *monkey)
{
	static const char quick[] = "jkhlb.nNo+-[]", slow[] = "mMu<>OLvrdiTpct8";

	if (pick(monkey, 2))
		return play(monkey, "bytes {%d*%c}", 1 + pick(monkey, 300),
			    quick[pick(monkey, sizeof(quick) - 1)]);
	return play(monkey, "bytes {%d*%c}", 1 + pick(monkey, 20),
		    slow[pick(monkey, sizeof(slow) - 1)]);
}

static bool change_size(struct monkey *monkey)
{
	static const int rows[] = {1, 2, 5, 7, 8, 9, 24, 24, 24, 50, 200},
			 columns[] = {1, 3, 39, 40, 41, 80, 80, 80, 139, 140, 160, 500};

	return play(monkey, "resize %d %d",
		    pick(monkey, 2) ? PICK(monkey, rows) : 1 + pick(monkey, 60),
		    pick(monkey, 2) ? PICK(monkey, columns) : 1 + pick(monkey, 200));
}

static bool send_signal(struct monkey *monkey)
{
	static const char *const harmless[] = {"SIGWINCH", "SIGCONT", "SIGTSTP"};
	const char *name = PICK(monkey, harmless);

	if (pick(monkey, 12) == 0) {
		int which = pick(monkey, COUNT(deadly));

		name = deadly[which];
		monkey->killed |= 1u << which;
	}
	return play(monkey, "signal %s", name);
}

/* The files of the session: written anew, cut off, gone, there again. */
static bool change_file(struct monkey *monkey)
{
	static const char *const commands[] = {"cat data/web_after.cpu.pb.gz >1",
					       "cat data/web_before.heap.pb.gz >1",
					       "head -c 3000 data/cpu_3k.pb.gz >1",
					       "rm -f 1",
					       "cp data/cpu_3k.pb.gz 3; mv 3 1",
					       "cat data/leak_t130s.pb.gz >2",
					       "rm -f 2",
					       ": >2"};

	/* What is gone before it was read first is an end with status 2, as it should be. */
	return play(monkey, "settle") &&
	       play(monkey, "prepare PATH=/usr/bin:/bin; %s", PICK(monkey, commands));
}

static bool leave(struct monkey *monkey)
{
	return play(monkey, pick(monkey, 3) ? "bytes q" : "bytes Q");
}

static const struct {
	int weight;
	bool (*run)(struct monkey *monkey);
} actions[] = {{60, press_keys},   {16, type_line},  {6, ask},        {3, send_garbage},
	       {4, send_sequence}, {3, paste},       {4, repeat_key}, {6, change_size},
	       {3, send_signal},   {2, change_file}, {1, leave}};

static bool act(struct monkey *monkey)
{
	int total = 0, chosen = 0, at;

	for (size_t i = 0; i < COUNT(actions); i++)
		total += actions[i].weight;
	at = pick(monkey, (size_t)total);
	while (at >= actions[chosen].weight)
		at -= actions[chosen++].weight;
	monkey->actions++;
	return actions[chosen].run(monkey);
}

/* --- Sessions ------------------------------------------------------------- */

/* How it ended is how it may end: by q, by ^C, by the signal that was sent. */
static bool check_end(struct monkey *monkey)
{
	struct driver *driver = &monkey->driver;
	int status = driver->child.status;

	for (size_t i = 0; i < COUNT(deadly); i++) {
		int number = signal_number(deadly[i]);

		if (!(monkey->killed >> i & 1))
			continue;
		if (WIFSIGNALED(status) ? WTERMSIG(status) == number
					: number == SIGINT && WEXITSTATUS(status) == 130)
			return play(monkey, "expect-tty-restored");
	}
	return play(monkey, "expect-exit 0") && play(monkey, "expect-tty-restored");
}

static bool start(struct monkey *monkey, const char *line)
{
	static const char *const types[] = {"xterm-256color", "xterm-256color", "tmux-256color",
					    "screen",         "linux",          "vt100"};

	return play(monkey, "env TERM=%s", PICK(monkey, types)) &&
	       play(monkey, "env LC_ALL=%s", pick(monkey, 4) ? "C.UTF-8" : "C") &&
	       play(monkey, "env PATH=/nonexistent") && play(monkey, "env VISUAL=/bin/true") &&
	       play(monkey,
		    "prepare PATH=/usr/bin:/bin; chmod 777 .; cp data/web_before.cpu.pb.gz 1;"
		    " cp data/web_before.heap.pb.gz 2") &&
	       (pick(monkey, 3) ||
		play(monkey, "size %d %d", 1 + pick(monkey, 60), 1 + pick(monkey, 200))) &&
	       play(monkey, "run %s", line);
}

/* Some of what is sent meets a program that is busy, some one that waits. */
static bool pause_now(struct monkey *monkey)
{
	int kind = pick(monkey, 10);

	if (kind < 4)
		return play(monkey, "listen 0");
	if (kind < 7)
		return play(monkey, "listen %d", 1 + pick(monkey, 80));
	return play(monkey, "settle");
}

static bool play_session(struct monkey *monkey, const char *line, int64_t end)
{
	struct driver *driver = &monkey->driver;

	if (!start(monkey, line))
		return false;
	for (int i = 1; i <= ACTIONS && driver_now() < end; i++) {
		if (!act(monkey) || !pause_now(monkey))
			return false;
		if (driver->child.state == CHILD_STOPPED && !play(monkey, "fg"))
			return false;
		if (i % CHECKED == 0 && !driver->over && !play(monkey, "expect-answer"))
			return false;
		if (driver->over || driver->child.state == CHILD_ENDED)
			return check_end(monkey) && play(monkey, "expect-no-report");
	}
	/* A signal may still be on its way. */
	return play(monkey, "resize 24 80") && play(monkey, "expect-way-out") &&
	       check_end(monkey) && play(monkey, "expect-no-report");
}

static void keep_script(struct monkey *monkey, const char *directory, uint64_t seed, int session)
{
	const char *script = buffer_string(&monkey->script), *last = script;
	char path[4096];
	FILE *file;

	for (const char *at = script; *at; at++)
		if (*at == '\n' && at[1])
			last = at + 1;
	snprintf(path, sizeof(path), "%s/monkey-%llu-%d.scn", directory, (unsigned long long)seed,
		 session);
	driver_explain(&monkey->driver, path, monkey->line_number, last);
	file = fopen(path, "w");
	if (!file || fputs(script, file) < 0)
		printf("%s: %s\n", path, strerror(errno));
	if (file)
		fclose(file);
	printf("again: tests/tui/driver %s (seed %llu)\n", path, (unsigned long long)seed);
}

int monkey_run(char **words)
{
	uint64_t seed = strtoull(words[0], NULL, 10);
	int64_t end = driver_now() + 1000 * strtoll(words[1], NULL, 10);
	char **lines = words + 3;
	int count = 0, failed = 0, session = 0;
	size_t total = 0;

	while (lines[count])
		count++;
	for (; driver_now() < end; session++) {
		struct monkey monkey = {.random = (seed * 1000003 + (uint64_t)session + 1) *
						  0x9e3779b97f4a7c15u};

		buffer_printf(&monkey.script, "# seed %s, session %d\n", words[0], session);
		monkey.line_number = 1;
		if (!driver_init(&monkey.driver, test_data()) ||
		    !play_session(&monkey, lines[session % count], end)) {
			failed++;
			keep_script(&monkey, words[2], seed, session);
		}
		total += monkey.actions;
		driver_clear(&monkey.driver);
		buffer_clear(&monkey.script);
	}
	printf("seed %s: %d sessions, %zu actions\n", words[0], session, total);
	printf("%d passed, %d failed\n", session - failed, failed);
	return failed > 0;
}
