/* SPDX-License-Identifier: MIT */
#include "format/foreign.h"

#include <string.h>

#include "base/array.h"
#include "format/json/json_head.h"
#include "source/unpacker.h"

#define FETCH "curl -fsS -o cpu.pb.gz 'http://HOST:PORT/debug/pprof/profile?seconds=30', logged in"
#define REPORT \
	"name what it was made from; pprof -proto -output=NEW.pb.gz SOURCE keeps a copy of that"

/* --- Tests of more than a magic ----------------------------------------------------------------- */

static bool is_text(struct span head)
{
	for (; !span_is_empty(head); head.at++)
		if (((unsigned char)*head.at < ' ' && !char_is_space(*head.at) &&
		     *head.at != '\x1b') ||
		    *head.at == '\x7f')
			return false;
	return true;
}

static int base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (char_is_digit(c))
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	return c == '/' || c == '_' ? 63 : -1;
}

/* Decodes from the front; the number of bytes. Stops at what is no base64. */
static size_t decode_base64(struct span text, unsigned char *bytes, size_t capacity)
{
	unsigned bits = 0, held = 0;
	size_t length = 0;

	for (const char *at = text.at; at < text.end && length < capacity; at++) {
		int value = base64_value(*at);

		if (*at == '\n' || *at == '\r')
			continue;
		if (value < 0)
			break;
		held = held << 6 | (unsigned)value;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			bytes[length++] = (unsigned char)(held >> bits);
		}
	}
	return length;
}

/* The first field of a profile that is not packed: a ValueType with its type. */
static bool starts_profile(const unsigned char *bytes, size_t length)
{
	return length >= 4 && bytes[0] == 0x0a && bytes[1] <= 12 &&
	       (bytes[2] == 0x08 || bytes[2] == 0x10);
}

/* Bare, or as a data: URL. */
static bool is_base64(struct span head)
{
	unsigned char bytes[UNPACKER_MAGIC_SIZE];
	const char *url = span_starts(head, "data:") ? span_find(head, ";base64,") : NULL;
	size_t length;

	if (url)
		head.at = url + strlen(";base64,");
	length = decode_base64(head, bytes, sizeof(bytes));

	return length == sizeof(bytes) &&
	       (unpacker_find(bytes, length) || starts_profile(bytes, length));
}

static bool is_octal_field(const char *at, size_t length, uint64_t *value)
{
	*value = 0;
	for (size_t i = 0; i < length && at[i] && at[i] != ' '; i++) {
		if (at[i] < '0' || at[i] > '7')
			return false;
		*value = *value << 3 | (uint64_t)(at[i] - '0');
	}
	return true;
}

/* The checksum of the first header, which is what tells a tar from a word in a file. */
static bool is_tar(struct span head)
{
	uint64_t wanted, sum = 0;

	if (span_length(head) < 512)
		return false;
	for (size_t i = 0; i < 512; i++)
		sum += i >= 148 && i < 156 ? ' ' : (unsigned char)head.at[i];
	return is_octal_field(head.at + 148 + (head.at[148] == ' '), 7, &wanted) && wanted == sum;
}

static bool is_core(struct span head)
{
	return span_length(head) > 17 && (head.at[16] == 4 || head.at[17] == 4);
}

static bool is_zeros(struct span head)
{
	while (!span_is_empty(head) && *head.at == '\0')
		head.at++;
	return span_is_empty(head);
}

static bool starts_with_any(struct span head, const char *const *words, size_t count)
{
	span_skip_space(&head);
	for (size_t i = 0; i < count; i++)
		if (span_starts(head, words[i]))
			return true;
	return false;
}

/* Tags are written in small or capital letters. */
static bool starts_tag(struct span head, const char *tag)
{
	span_skip_space(&head);
	for (; *tag; tag++, head.at++)
		if (span_is_empty(head) ||
		    (*head.at | (*tag >= 'a' && *tag <= 'z' ? 32 : 0)) != *tag)
			return false;
	return true;
}

static bool is_html(struct span head)
{
	return starts_tag(head, "<!doctype html") || starts_tag(head, "<html") ||
	       starts_tag(head, "<head") || starts_tag(head, "<body") || starts_tag(head, "<pre>");
}

static bool is_svg(struct span head)
{
	return starts_tag(head, "<svg") || (starts_tag(head, "<?xml") && span_find(head, "<svg"));
}

static bool is_xml(struct span head)
{
	return starts_tag(head, "<");
}

static bool is_json(struct span head)
{
	static const char *const words[] = {"{", "["};

	return starts_with_any(head, words, COUNT(words));
}

static bool is_json_profile(struct span head)
{
	return is_json(head) && (span_find(head, "\"H4sI") || span_find(head, "\"KLUv"));
}

static bool is_json_message(struct span head)
{
	return is_json(head) && (span_find(head, "\"error") || span_find(head, "\"message\"") ||
				 span_find(head, "\"errors\"") || span_find(head, "\"status\""));
}

static bool is_pprof_report(struct span head)
{
	struct span rest = head, line;

	while (span_take_line(&rest, &line)) {
		span_skip_space(&line);
		if (span_starts(line, "flat  flat%") || span_starts(line, "Showing nodes ") ||
		    span_starts(line, "ROUTINE ====") || span_starts(line, "-----------+----"))
			return true;
	}
	return false;
}

static bool is_dot(struct span head)
{
	return starts_tag(head, "digraph ");
}

/* "mode: set", and then the blocks, or nothing. */
static bool is_cover(struct span head)
{
	return span_starts(head, "mode: set") || span_starts(head, "mode: count") ||
	       span_starts(head, "mode: atomic");
}

static bool is_server_refusal(struct span head)
{
	static const char *const words[] = {
		"404 page not found",
		"404 ",
		"401 ",
		"403 ",
		"Unauthorized",
		"Forbidden",
		"Not Found",
		"not found",
		"Bad Gateway",
		"502 ",
		"503 ",
		"upstream ",
		"Could not enable CPU profiling",
		"Unknown profile",
		"unknown profile",
		"profile duration exceeds",
		"method not allowed",
		"Method Not Allowed",
		"no healthy upstream",
		"curl: ",
	};

	return span_length(head) < 512 && starts_with_any(head, words, COUNT(words));
}

static bool is_http_response(struct span head)
{
	return span_starts(head, "HTTP/1.") || span_starts(head, "HTTP/2") ||
	       span_starts(head, "HTTP/3");
}

static bool is_hex_dump(struct span head)
{
	struct span line;

	return span_take_line(&head, &line) &&
	       (span_starts(line, "00000000: ") || span_starts(line, "00000000  ") ||
		span_starts(line, "0000000 "));
}

/* A line of the text that begins with `word`, after blanks. */
static bool has_line(struct span text, const char *word)
{
	struct span line;

	while (span_take_line(&text, &line)) {
		span_skip_space(&line);
		if (span_starts(line, word))
			return true;
	}
	return false;
}

static bool is_async_profiler_page(struct span head)
{
	return is_html(head) && (span_find(head, "async-profiler") ||
				 span_find(head, "FlameGraph") || span_find(head, "Flame Graph"));
}

static bool is_stackprof_page(struct span head)
{
	return is_html(head) && (span_find(head, "d3-flame-graph") || span_find(head, "d3.flame") ||
				 span_find(head, "d3-flamegraph"));
}

static bool is_pprof_index(struct span head)
{
	return is_html(head) && span_find(head, "<title>/debug/pprof/");
}

/* What Python's marshal writes of a dictionary whose keys are (file, line, name). */
static bool is_pstats(struct span head)
{
	return span_length(head) > 16 && (head.at[0] == '{' || (unsigned char)head.at[0] == 0xfb) &&
	       (head.at[1] == '(' || head.at[1] == ')' || (unsigned char)head.at[1] == 0xa9) &&
	       !is_text(head);
}

static bool is_cprofile(struct span head)
{
	struct span line;

	while (span_take_line(&head, &line))
		if (span_find(line, " function calls ") && span_find(line, " seconds"))
			return true;
	return false;
}

static bool is_gdb(struct span head)
{
	struct span line;

	if (span_find(head, "[Thread debugging using libthread_db"))
		return true;
	while (span_take_line(&head, &line))
		if (span_starts(line, "Thread ") && span_find(line, " (Thread 0x"))
			return true;
	return false;
}

static bool is_jfr_text(struct span head)
{
	struct span line = head, rest = head;

	while (span_take_line(&rest, &line) && span_is_empty(span_trim(line)))
		continue;
	line = span_trim(line);
	return (span_starts(line, "jdk.") || span_starts(line, "profiler.")) &&
	       span_length(line) > 2 && line.end[-1] == '{';
}

/* "    15.311 ( 0.028 ms): app/32746 brk()  = 0x55d9eb27c000" */
static bool is_perf_trace(struct span head)
{
	struct span line, rest = head;

	return span_take_line(&rest, &line) && span_find(line, "): ") && span_find(line, " (") &&
	       (span_find(head, " ms): ") || span_find(head, "... [continued]: "));
}

static bool is_pprofile(struct span head)
{
	return span_starts(head, "Command line: ") && span_find(head, "\nTotal duration: ");
}

/* Marshal 4.8 of a hash: what StackProf.run(out:) writes. */
static bool is_ruby_dump(struct span head)
{
	return span_length(head) > 3 && head.at[0] == 4 && head.at[1] == 8 && head.at[2] == '{';
}

static bool is_stackprof_json(struct span head)
{
	return is_json(head) && span_find(head, "\"gc_samples\"");
}

static bool is_stackprof_report(struct span head)
{
	return span_starts(head, "=====") && span_find(head, "  Samples: ") &&
	       span_find(head, "  GC: ");
}

static bool is_bpftrace_json(struct span head)
{
	return is_json(head) && span_find(head, "\"attached_probes\"");
}

static bool is_own_report(struct span head)
{
	return is_json(head) && span_find(head, "\"report\"") && span_find(head, "\"total\"");
}

/* Arguments with NULs between them, as /proc/PID/cmdline and /debug/pprof/cmdline have it. */
static bool is_command_line(struct span head)
{
	if (span_is_empty(head) || span_length(head) > 4096 || (*head.at != '/' && *head.at != '.'))
		return false;
	for (const char *at = head.at; at < head.end; at++)
		if (*at && ((unsigned char)*at < ' ' || *at == '\x7f'))
			return false;
	return memchr(head.at, '\0', span_length(head)) || !memchr(head.at, ' ', span_length(head));
}

/* Its first field holds labels, which begin with what the profile is called. */
static bool is_push(struct span head)
{
	if (span_length(head) < 64 || head.at[0] != 0x0a)
		return false;
	head.end = head.at + 64;
	return span_find(head, "__name__") != NULL;
}

static bool is_name_list(struct span head)
{
	struct span line;
	size_t rows = 0;

	while (span_take_line(&head, &line)) {
		struct span word = span_take_word(&line);
		int64_t number;

		if (span_is_empty(head) && rows)
			break;
		span_skip_space(&line);
		if (span_is_empty(word) || !span_decimal(span_trim(line), &number))
			return false;
		rows++;
	}
	return rows > 0;
}

/* --- The table ---------------------------------------------------------------------------------- */

#define MAGIC(text) .magic = (text), .magic_length = sizeof(text) - 1

/* The first row that fits tells what the file is: a closer look stands before a wider one. */
static const struct foreign table[] = {
	/* --- What profilers write for people, and forms that only their own tools read --- */
	{"a flame graph of async-profiler (HTML)",
	 "asprof -o collapsed -f FILE.txt PID, or jfrconv -o collapsed FILE FILE.txt; ncprof FILE.txt",
	 .test = is_async_profiler_page},
	{"a flame graph of stackprof (HTML)",
	 "stackprof --stackcollapse DUMP >FILE.txt; ncprof FILE.txt", .test = is_stackprof_page},
	{"a traces report of async-profiler",
	 "asprof -o collapsed -f FILE.txt PID, or jfrconv -o collapsed FILE.jfr FILE.txt; ncprof FILE.txt",
	 .line = "--- Execution profile ---"},
	{"a binary file of Austin (MOJO)", "mojo2austin FILE FILE.austin; ncprof FILE.austin",
	 MAGIC("MOJ")},
	{"a report of callgrind_annotate", "name the callgrind.out file that it was made from",
	 .line = "Profile data file '"},
	{"the statistics of a Python profile (pstats)",
	 "gprof2dot -f pstats FILE draws them; py-spy record -f raw -o FILE.txt -- python APP.py; ncprof FILE.txt",
	 .test = is_pstats},
	{"a report of Python's cProfile",
	 "py-spy record -f raw -o FILE.txt -- python APP.py; ncprof FILE.txt", .text = true,
	 .test = is_cprofile},
	{"a profile of valgrind's dhat", "dh_view.html shows it; name a heap profile",
	 .key = "dhatFileVersion"},
	{"a backtrace of gdb", "perf record -g -p PID; perf script | ncprof -, or eu-stack",
	 .text = true, .test = is_gdb},
	{"a report of gprof", "perf record -g PROGRAM; perf script | ncprof -",
	 .line = "Flat profile:"},
	{"a call graph of gprof", "perf record -g PROGRAM; perf script | ncprof -",
	 .line = "index % time    self  children    called     name"},
	{"a class histogram of Java",
	 "asprof -e alloc -o collapsed -f FILE.txt PID; ncprof FILE.txt",
	 .line = "num     #instances         #bytes"},
	{"the text of jfr print",
	 "jfrconv -o collapsed FILE.jfr FILE.txt (async-profiler); ncprof FILE.txt", .text = true,
	 .test = is_jfr_text},
	{"a table of memray", "memray transform speedscope -o FILE.json FILE.bin; ncprof FILE.json",
	 .line = "allocator,num_allocations,size,"},
	{"a call graph of memray or another for gprof2dot",
	 "memray transform speedscope -o FILE.json FILE.bin; ncprof FILE.json", .key = "costs"},
	{"statistics of memray",
	 "memray transform speedscope -o FILE.json FILE.bin; ncprof FILE.json",
	 .key = "total_num_allocations"},
	{"a report of node --prof", "node --cpu-prof APP.js; ncprof CPU.*.cpuprofile",
	 .line = "Statistical profiling result from "},
	{"the log of node --prof", "node --cpu-prof APP.js; ncprof CPU.*.cpuprofile",
	 MAGIC("v8-version,")},
	{"a report of perf", "perf script -i perf.data | ncprof -",
	 .line = "# To display the perf.data header info"},
	{"a report of perf annotate", "perf script -i perf.data | ncprof -",
	 .line = "Percent |\tSource code"},
	{"the output of perf trace",
	 "perf record -g PROGRAM; perf script | ncprof -, or strace -c PROGRAM", .text = true,
	 .test = is_perf_trace},
	{"a recording of perf as JSON", "perf script -i perf.data | ncprof -",
	 .key = "linux-perf-json-version"},
	{"the debug text of pprof-rs",
	 "report.pprof() writes a profile; or report.flamegraph_with_options, folded",
	 MAGIC("FRAME: ")},
	{"a report of pprofile", "pprofile -f callgrind -o FILE APP.py; ncprof FILE", .text = true,
	 .test = is_pprofile},
	{"a session of pyinstrument",
	 "pyinstrument -r speedscope -o FILE.json APP.py; ncprof FILE.json", .key = "root_frame"},
	{"a report of pyinstrument",
	 "pyinstrument -r speedscope -o FILE.json APP.py; ncprof FILE.json",
	 .line = "_     ._   __/__   _ _  _  _ _/_"},
	{"a dump of py-spy in JSON", "py-spy dump --pid PID | ncprof -", .key = "owns_gil"},
	{"a dump of stackprof (Ruby)", "stackprof --stackcollapse FILE >FILE.txt; ncprof FILE.txt",
	 .test = is_ruby_dump},
	{"a flame graph of stackprof (JavaScript)",
	 "stackprof --stackcollapse DUMP >FILE.txt; ncprof FILE.txt", MAGIC("flamegraph([")},
	{"a profile of stackprof in JSON",
	 "stackprof --stackcollapse DUMP >FILE.txt; ncprof FILE.txt", .test = is_stackprof_json},
	{"a report of stackprof", "stackprof --stackcollapse DUMP >FILE.txt; ncprof FILE.txt",
	 .text = true, .test = is_stackprof_report},
	{"the output of bpftrace in JSON, without stacks", "bpftrace without -f json; ncprof FILE",
	 .test = is_bpftrace_json},
	{"a report of ncprof in JSON", "name the profile that it was made from",
	 .test = is_own_report},
	{"the list of profiles of a Go server",
	 "ncprof 'http://HOST:PORT/debug/pprof/profile?seconds=30'", .test = is_pprof_index},
	{"the answer of /debug/pprof/symbol of a Go server",
	 "ncprof 'http://HOST:PORT/debug/pprof/profile?seconds=30'", MAGIC("num_symbols: ")},
	{"the command line of a process", "name a profile of that program",
	 .test = is_command_line},
	{"a push of Pyroscope, with a profile inside",
	 "the profile is its field rawProfile; configure the agent to write pprof files",
	 .test = is_push},
	{"a list of names and numbers, without stacks",
	 "folded stacks separate functions by \";\": main;work 12", .text = true,
	 .test = is_name_list},

	{"a perf.data file of Linux perf", "perf script -i FILE | ncprof -", MAGIC("PERFILE2")},
	{"a perf.data file of Linux perf", "perf script -i FILE | ncprof -", MAGIC("2ELIFREP")},
	{"the header of a recording of Linux perf, without samples",
	 "perf script -i perf.data | ncprof -, without --header-only and -F",
	 .line = "# captured on"},
	{"a heap dump of Go", "curl -fsS http://HOST:PORT/debug/pprof/heap | ncprof -",
	 MAGIC("go1.7 heap dump")},
	{"a ZIP archive", "unzip -p FILE NAME | ncprof -", MAGIC("PK\3\4")},
	{"an empty ZIP archive", "name a profile", MAGIC("PK\5\6")},
	{"a tar archive", "tar -xOf FILE NAME | ncprof -", .test = is_tar},
	{"data packed with lz4", "lz4 -dc FILE | ncprof -", MAGIC("\x04\x22\x4d\x18")},
	{"data packed with snappy", "snzip -dc FILE | ncprof -", MAGIC("\xff\x06\0\0sNaPpY")},
	{"data packed with lzip", "lzip -dc FILE | ncprof -", MAGIC("LZIP")},
	{"data packed with compress", "uncompress -c FILE | ncprof -", MAGIC("\x1f\x9d")},
	{"a 7-Zip archive", "7z e -so FILE NAME | ncprof -", MAGIC("7z\xbc\xaf\x27\x1c")},
	{"a RAR archive", "unrar p -inul FILE NAME | ncprof -", MAGIC("Rar!\x1a\x07")},
	{"a library of object files", "name a profile of the program", MAGIC("!<arch>\n")},
	{"a core dump", "gdb PROGRAM FILE shows it; name a profile",
	 MAGIC("\x7f"
	       "ELF"),
	 .test = is_core},
	{"a program (ELF)", "ncprof FILE PROFILE",
	 MAGIC("\x7f"
	       "ELF")},
	{"a program (Windows)", "ncprof FILE PROFILE", MAGIC("MZ")},
	{"a program (macOS)", "ncprof FILE PROFILE", MAGIC("\xcf\xfa\xed\xfe")},
	{"a program (macOS)", "ncprof FILE PROFILE", MAGIC("\xca\xfe\xba\xbe")},
	{"a recording of Java Flight Recorder",
	 "jfrconv --collapsed FILE FILE.txt (async-profiler); ncprof FILE.txt", MAGIC("FLR\0")},
	{"a heap dump of Java", "asprof -e alloc -o collapsed -f FILE.txt PID; ncprof FILE.txt",
	 MAGIC("JAVA PROFILE 1.0")},
	{"the data of gprof (gmon.out)", "perf record -g PROGRAM; perf script | ncprof -",
	 MAGIC("gmon")},
	{"a snapshot of valgrind's massif", "ms_print FILE shows it", MAGIC("desc: ")},
	{"a picture (PNG)", REPORT, MAGIC("\x89PNG\r\n")},
	{"a picture (GIF)", REPORT, MAGIC("GIF8")},
	{"a PDF", REPORT, MAGIC("%PDF-")},
	{"a database of SQLite", "nsys stats FILE, where Nsight made it, shows it; name a profile",
	 MAGIC("SQLite format 3")},
	{"a pointer of Git LFS", "git lfs pull fetches the file itself",
	 MAGIC("version https://git-lfs.github.com/")},
	{"nothing but zero bytes", "copy it again: the disk was full or the copy was cut",
	 .test = is_zeros},
	{"a profile in base64", "base64 -d FILE | ncprof -", .test = is_base64},
	{"a flame graph (SVG)", REPORT, .test = is_svg},
	{"an HTML page", FETCH, .test = is_html},
	{"an XML document", "name a profile", .test = is_xml},
	{"JSON with a profile in base64 in it", "jq -r .FIELD FILE | base64 -d | ncprof -",
	 .test = is_json_profile},
	{"a message in JSON", FETCH, .test = is_json_message},
	{"JSON", "name the profile that it was made from", .test = is_json},
	{"a report of pprof", REPORT, .test = is_pprof_report},
	{"a graph (DOT)", REPORT, .test = is_dot},
	{"a coverage profile of Go",
	 "go tool cover -func=FILE shows it; go test -cpuprofile=cpu.pb.gz makes a profile",
	 .test = is_cover},
	{"the answer of a server that has no profile there", FETCH, .test = is_server_refusal},
	{"an HTTP response with its headers", "curl without -i gives the profile alone",
	 .test = is_http_response},
	{"a hex dump", "xxd -r FILE | ncprof -", .test = is_hex_dump},
};

/* So much of a file tells whether it is text. */
#define FRONT 512

static bool fits(const struct foreign *row, struct span head, bool text)
{
	if (!text && (row->line || row->key || row->text))
		return false;
	if (row->magic && (span_length(head) < row->magic_length ||
			   memcmp(head.at, row->magic, row->magic_length) != 0))
		return false;
	if (row->line && !has_line(head, row->line))
		return false;
	if (row->key && !(is_json(head) && json_has_key(head, row->key)))
		return false;
	return !row->test || row->test(head);
}

const struct foreign *foreign_find(struct span head)
{
	struct span front = head;
	bool text;

	if (span_length(front) > FRONT)
		front.end = front.at + FRONT;
	text = is_text(front);
	for (size_t i = 0; i < COUNT(table); i++)
		if (fits(&table[i], head, text))
			return &table[i];
	return NULL;
}

/* --- Messages ----------------------------------------------------------------------------------- */

/* How much of an unknown text is shown. */
#define SHOWN 40

bool foreign_error(struct span head, struct error *error)
{
	const struct foreign *kind = foreign_find(head);
	struct span line = head;

	if (kind)
		return error_set(error, "this is %s; %s", kind->what, kind->command);
	if (!is_text(head))
		return error_set(error,
				 "unrecognized profile format; name a pprof profile (.pb.gz)");
	span_skip_space(&head);
	span_take_line(&head, &line);
	if (span_length(line) > SHOWN)
		line.end = line.at + SHOWN;
	return error_set(error,
			 "unrecognized profile format: text that begins \"%.*s\"; "
			 "name a pprof profile (.pb.gz)",
			 (int)span_length(line), line.at);
}
