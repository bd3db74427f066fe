/* SPDX-License-Identifier: MIT */
#include "format/foreign.h"

#include <string.h>

#include "base/array.h"
#include "source/unpacker.h"

#define FETCH "curl -fsS -o cpu.pb.gz 'http://HOST:PORT/debug/pprof/profile?seconds=30', logged in"
#define REPORT \
	"name what it was made from; pprof -proto -output=NEW.pb.gz SOURCE keeps a copy of that"

/* --- Tests of more than a magic ----------------------------------------------------------------- */

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

/* "go 1.22 trace", and zeros up to 16 bytes. */
static bool is_go_trace(struct span head)
{
	head.end = span_length(head) > 16 ? head.at + 16 : head.end;
	return span_find(head, " trace") != NULL;
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

/* --- The table ---------------------------------------------------------------------------------- */

#define MAGIC(text) .magic = (text), .magic_length = sizeof(text) - 1

/* The first row that fits tells what the file is: a closer look stands before a wider one. */
static const struct foreign table[] = {
	{"a perf.data file of Linux perf", "perf script -i FILE | ncprof -", MAGIC("PERFILE2")},
	{"a perf.data file of Linux perf", "perf script -i FILE | ncprof -", MAGIC("2ELIFREP")},
	{"the header of a recording of Linux perf, without samples",
	 "perf script -i perf.data | ncprof -, without --header-only and -F",
	 MAGIC("# ========\n# captured on")},
	{"an execution trace of Go",
	 "go tool trace -pprof=sync FILE >sync.pb.gz, or net, syscall, sched", MAGIC("go 1."),
	 .test = is_go_trace},
	{"a heap dump of Go", "curl -fsS http://HOST:PORT/debug/pprof/heap | ncprof -",
	 MAGIC("go1.7 heap dump")},
	{"a ZIP archive", "unzip -p FILE NAME | ncprof -", MAGIC("PK\3\4")},
	{"an empty ZIP archive", "name a profile", MAGIC("PK\5\6")},
	{"a tar archive", "tar -xOf FILE NAME | ncprof -", .test = is_tar},
	{"data packed with xz", "xz -dc FILE | ncprof -",
	 MAGIC("\xfd"
	       "7zXZ\0")},
	{"data packed with bzip2", "bzip2 -dc FILE | ncprof -", MAGIC("BZh")},
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
	{"text in UTF-16", "iconv -f UTF-16 -t UTF-8 FILE | ncprof -", MAGIC("\xff\xfe")},
	{"text in UTF-16", "iconv -f UTF-16 -t UTF-8 FILE | ncprof -", MAGIC("\xfe\xff")},
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

static bool fits(const struct foreign *row, struct span head)
{
	if (row->magic && (span_length(head) < row->magic_length ||
			   memcmp(head.at, row->magic, row->magic_length) != 0))
		return false;
	return !row->test || row->test(head);
}

const struct foreign *foreign_find(struct span head)
{
	for (size_t i = 0; i < COUNT(table); i++)
		if (fits(&table[i], head))
			return &table[i];
	return NULL;
}

/* --- Messages ----------------------------------------------------------------------------------- */

/* How much of an unknown text is shown. */
#define SHOWN 40

static bool is_text(struct span head)
{
	for (; !span_is_empty(head); head.at++)
		if (((unsigned char)*head.at < ' ' && !char_is_space(*head.at) &&
		     *head.at != '\x1b') ||
		    *head.at == '\x7f')
			return false;
	return true;
}

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
