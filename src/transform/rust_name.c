/* SPDX-License-Identifier: MIT */
#include "transform/rust_name.h"

#include <inttypes.h>
#include <stdint.h>
#include <string.h>

#include "base/punycode.h"
#include "base/wrap.h"

/* rustc stops at 500 levels itself. Every level writes something, so the length bounds the work, too. */
enum { DEEPEST = 500, LONGEST = 64 * 1024, MOST_STEPS = 256 * 1024 };

/* Reads name[at .. end); a failure leaves nothing to read. */
struct reader {
	const char *name; /* behind _R */
	size_t at, end;
	struct text *text;
	bool skip; /* what is read is not written */
	bool generic_arguments;
	bool failed;
	int64_t lifetimes; /* that are bound here */
	unsigned depth, steps;
};

struct identifier {
	int64_t disambiguator;
	const char *bytes;
	size_t length;
	bool punycode;
};

static void read_path(struct reader *reader, bool separated);
static void read_type(struct reader *reader);

/* --- Reading and writing ------------------------------------------------- */

static void fail(struct reader *reader)
{
	reader->failed = true;
	reader->end = reader->at;
}

/* The next character, '\0' at the end. */
static char peek(const struct reader *reader)
{
	return reader->at < reader->end ? reader->name[reader->at] : '\0';
}

static bool take(struct reader *reader, char c)
{
	if (reader->at == reader->end || reader->name[reader->at] != c)
		return false;
	reader->at++;
	return true;
}

/* The next character, which must be there. */
static char take_any(struct reader *reader)
{
	if (reader->at < reader->end)
		return reader->name[reader->at++];
	fail(reader);
	return '\0';
}

static void expect(struct reader *reader, char c)
{
	if (!take(reader, c))
		fail(reader);
}

static void put_bytes(struct reader *reader, const char *bytes, size_t length)
{
	if (reader->skip || reader->failed)
		return;
	if (reader->text->length + length > LONGEST)
		fail(reader);
	else
		text_add(reader->text, bytes, length);
}

static void put(struct reader *reader, const char *string)
{
	put_bytes(reader, string, strlen(string));
}

static void put_number(struct reader *reader, const char *format, uint64_t number)
{
	char digits[32];

	snprintf(digits, sizeof(digits), format, number);
	put(reader, digits);
}

/* True if what is nested in here may be read; then leave() follows. */
static bool enter(struct reader *reader)
{
	if (++reader->depth > DEEPEST || ++reader->steps > MOST_STEPS)
		fail(reader);
	return !reader->failed;
}

static void leave(struct reader *reader)
{
	reader->depth--;
}

/* --- Numbers and identifiers --------------------------------------------- */

/* The value of a digit in base 62; -1 for anything else. */
static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'Z' ? c - 'A' + 36 : -1;
}

/* "_" is 0, "0_" is 1; as large as it likes, it wraps as in pprof. */
static int64_t read_base62(struct reader *reader)
{
	uint64_t value = 0;

	if (take(reader, '_'))
		return 0;
	for (;;) {
		char c = take_any(reader);
		int digit = digit_of(c);

		if (c == '_')
			return (int64_t)(value + 1);
		if (digit < 0) {
			fail(reader);
			return 0;
		}
		value = value * 62 + (uint64_t)digit;
	}
}

static int64_t read_disambiguator(struct reader *reader)
{
	return take(reader, 's') ? wrap_add(read_base62(reader), 1) : 0;
}

static size_t read_decimal(struct reader *reader)
{
	size_t value = 0;

	if (reader->at == reader->end)
		fail(reader);
	while (peek(reader) >= '0' && peek(reader) <= '9') {
		value = value * 10 + (size_t)(take_any(reader) - '0');
		if (value > LONGEST)
			fail(reader);
	}
	return value;
}

static struct identifier read_plain_identifier(struct reader *reader)
{
	struct identifier identifier = {.punycode = take(reader, 'u')};

	identifier.length = read_decimal(reader);
	take(reader, '_');
	if (reader->end - reader->at < identifier.length) {
		fail(reader);
		identifier.length = 0;
	}
	identifier.bytes = reader->name + reader->at;
	for (size_t i = 0; i < identifier.length; i++) {
		if (digit_of(identifier.bytes[i]) < 0 && identifier.bytes[i] != '_')
			fail(reader);
	}
	if (!reader->failed)
		reader->at += identifier.length;
	return identifier;
}

static struct identifier read_identifier(struct reader *reader)
{
	int64_t disambiguator = read_disambiguator(reader);
	struct identifier identifier = read_plain_identifier(reader);

	identifier.disambiguator = disambiguator;
	return identifier;
}

static void put_identifier(struct reader *reader, const struct identifier *identifier)
{
	struct text text = {0};

	if (identifier->punycode) {
		if (punycode_decode(identifier->bytes, identifier->length, &text))
			put_bytes(reader, text_string(&text), text.length);
		else
			fail(reader);
		text_clear(&text);
	} else {
		put_bytes(reader, identifier->bytes, identifier->length);
	}
}

/* --- Back references, lifetimes, constants ------------------------------- */

/*
 * "B" and a place: what stands there is read once more, of which nothing
 * behind the B is a part. So each reference within leads further to the front,
 * and there are no circles. What is not written needs no second reading.
 */
static void read_back_reference(struct reader *reader, void (*read)(struct reader *))
{
	size_t here = reader->at, behind, end = reader->end;
	int64_t place;

	expect(reader, 'B');
	place = read_base62(reader);
	behind = reader->at;
	if (reader->skip || reader->failed)
		return;
	if (place < 0 || (uint64_t)place >= here) {
		fail(reader);
		return;
	}
	reader->at = (size_t)place;
	reader->end = here;
	read(reader);
	reader->at = behind;
	reader->end = reader->failed ? behind : end;
}

static void put_lifetime(struct reader *reader, int64_t lifetime)
{
	int64_t depth = wrap_add(reader->lifetimes, wrap_negate(lifetime));
	char letter[] = {'\'', '_', '\0'};

	if (lifetime && depth < 0) {
		fail(reader);
		return;
	}
	if (lifetime)
		letter[1] = (char)(depth < 26 ? 'a' + depth : 'z');
	put(reader, letter);
	if (lifetime && depth >= 26)
		put_number(reader, "%" PRIu64, (uint64_t)depth - 25);
}

/* "G" and how many lifetimes are bound; each is named later, so the name is longer than that. */
static void read_binder(struct reader *reader)
{
	int64_t count;

	if (!take(reader, 'G'))
		return;
	count = wrap_add(read_base62(reader), 1);
	if (count >= (int64_t)(reader->end - reader->at) - reader->lifetimes) {
		fail(reader);
		return;
	}
	if (reader->skip) {
		reader->lifetimes = wrap_add(reader->lifetimes, count > 0 ? count : 0);
		return;
	}
	put(reader, "for<");
	for (int64_t i = 0; i < count && !reader->failed; i++) {
		if (i)
			put(reader, ", ");
		reader->lifetimes++;
		put_lifetime(reader, 1);
	}
	put(reader, "> ");
}

static void put_character(struct reader *reader, uint64_t value)
{
	static const char escaped[] = "\t\r\n\\'", letters[] = "trn\\'";
	const char *at = value && value < 128 ? strchr(escaped, (int)value) : NULL;
	char text[] = {'\\', '\0', '\0'};

	put(reader, "'");
	if (at) {
		text[1] = letters[at - escaped];
		put(reader, text);
	} else if (value >= ' ' && value <= '~') {
		text[0] = (char)value;
		put(reader, text);
	} else {
		put_number(reader, "\\u{%" PRIx64 "}", value);
	}
	put(reader, "'");
}

/* Hexadecimal digits up to "_", without zeros in front; returns how many. */
static size_t read_digits(struct reader *reader, uint64_t *value)
{
	size_t count = 0;

	*value = 0;
	while (reader->at < reader->end && !take(reader, '_')) {
		int digit = digit_of(take_any(reader));

		if (digit < 0 || digit > 15 || (!*value && !digit && peek(reader) != '_')) {
			fail(reader);
			return 0;
		}
		*value = *value * 16 + (uint64_t)digit;
		count++;
	}
	if (!count)
		fail(reader);
	return count;
}

/* The value of a constant of a basic type. */
static void read_value(struct reader *reader, char type)
{
	bool number = strchr("aslxnihtmyoj", type) != NULL;
	const char *start;
	uint64_t value;
	size_t digits;

	if (strchr("aslxni", type) && take(reader, 'n'))
		put(reader, "-");
	start = reader->name + reader->at;
	digits = read_digits(reader, &value);
	if (reader->failed)
		return;
	if (number && digits > 16) {
		put(reader, "0x");
		put_bytes(reader, start, digits);
	} else if (number) {
		put_number(reader, "%" PRIu64, value);
	} else if (type == 'b' && value <= 1 && digits == 1) {
		put(reader, value ? "true" : "false");
	} else if (type == 'c' && digits <= 6) {
		put_character(reader, value);
	} else {
		fail(reader);
	}
}

static void read_constant(struct reader *reader)
{
	char type = peek(reader);

	if (!enter(reader)) {
		leave(reader);
		return;
	}
	if (type == 'B') {
		read_back_reference(reader, read_constant);
	} else if (take(reader, 'p')) {
		put(reader, "_");
	} else if (type && strchr("aslxnihtmyojbc", type)) {
		reader->at++;
		read_value(reader, type);
	} else {
		fail(reader);
	}
	leave(reader);
}

/* --- Types --------------------------------------------------------------- */

static void read_generic_arguments(struct reader *reader)
{
	bool skip = reader->skip;

	if (!reader->generic_arguments)
		reader->skip = true;
	for (bool first = true; reader->at < reader->end && peek(reader) != 'E'; first = false) {
		if (!first)
			put(reader, ", ");
		if (take(reader, 'L'))
			put_lifetime(reader, read_base62(reader));
		else if (take(reader, 'K'))
			read_constant(reader);
		else
			read_type(reader);
	}
	reader->skip = skip;
}

/* Types up to "E"; returns how many. */
static size_t read_types(struct reader *reader)
{
	size_t count = 0;

	for (; reader->at < reader->end && peek(reader) != 'E'; count++) {
		if (count)
			put(reader, ", ");
		read_type(reader);
	}
	return count;
}

static void put_abi(struct reader *reader)
{
	struct identifier abi = read_plain_identifier(reader);

	if (abi.punycode)
		fail(reader);
	put(reader, "extern \"");
	for (size_t i = 0; i < abi.length && !reader->failed; i++)
		put_bytes(reader, abi.bytes[i] == '_' ? "-" : abi.bytes + i, 1);
	put(reader, "\" ");
}

static void read_function(struct reader *reader)
{
	read_binder(reader);
	if (take(reader, 'U'))
		put(reader, "unsafe ");
	if (take(reader, 'K')) {
		if (take(reader, 'C'))
			put(reader, "extern \"C\" ");
		else
			put_abi(reader);
	}
	put(reader, "fn(");
	read_types(reader);
	expect(reader, 'E');
	put(reader, ")");
	if (!take(reader, 'u')) {
		put(reader, " -> ");
		read_type(reader);
	}
}

/* A path whose generic arguments, if it has any, stay open for more; *open says so. */
static void read_open_path(struct reader *reader, bool *open)
{
	size_t behind = 0, end = reader->end;

	/* References to references lead further to the front each time. */
	while (peek(reader) == 'B' && !reader->skip) {
		size_t here = reader->at;
		int64_t place = (reader->at++, read_base62(reader));

		if (!behind)
			behind = reader->at;
		if (place < 0 || (uint64_t)place >= here) {
			fail(reader);
			return;
		}
		reader->at = (size_t)place;
		reader->end = here;
	}
	*open = !reader->failed && take(reader, 'I');
	read_path(reader, false);
	if (*open) {
		put(reader, "<");
		read_generic_arguments(reader);
		expect(reader, 'E');
	}
	if (behind) {
		reader->at = behind;
		reader->end = reader->failed ? behind : end;
	}
}

static void read_trait(struct reader *reader)
{
	bool open = false;

	read_open_path(reader, &open);
	while (take(reader, 'p')) {
		struct identifier name = read_plain_identifier(reader);

		put(reader, open ? ", " : "<");
		open = true;
		put_identifier(reader, &name);
		put(reader, " = ");
		read_type(reader);
	}
	if (open)
		put(reader, ">");
}

static void read_dynamic(struct reader *reader)
{
	int64_t lifetimes = reader->lifetimes, lifetime;

	put(reader, "dyn ");
	read_binder(reader);
	for (bool first = true; reader->at < reader->end && peek(reader) != 'E'; first = false) {
		if (!first)
			put(reader, " + ");
		read_trait(reader);
	}
	expect(reader, 'E');
	reader->lifetimes = lifetimes;
	expect(reader, 'L');
	lifetime = read_base62(reader);
	if (lifetime <= 0 || reader->failed)
		return;
	if (reader->text->length && reader->text->bytes[reader->text->length - 1] != ' ')
		put(reader, " ");
	put(reader, "+ ");
	put_lifetime(reader, lifetime);
}

static const char *basic_type(char c)
{
	static const char *const names[26] = {
		"i8",    "bool", "char", "f64", "str",  "f32",  NULL,  "u8", "isize",
		"usize", NULL,   "i32",  "u32", "i128", "u128", "_",   NULL, NULL,
		"i16",   "u16",  "()",   "...", NULL,   "i64",  "u64", "!",
	};

	return c >= 'a' && c <= 'z' ? names[c - 'a'] : NULL;
}

static void read_reference(struct reader *reader, bool mutable)
{
	int64_t lifetime = 0;

	put(reader, "&");
	if (take(reader, 'L'))
		lifetime = read_base62(reader);
	if (lifetime > 0) {
		put_lifetime(reader, lifetime);
		put(reader, " ");
	}
	if (mutable)
		put(reader, "mut ");
	read_type(reader);
}

static void read_array(struct reader *reader, bool sized)
{
	put(reader, "[");
	read_type(reader);
	if (sized) {
		put(reader, "; ");
		read_constant(reader);
	}
	put(reader, "]");
}

static void read_pointer(struct reader *reader, const char *word)
{
	put(reader, word);
	read_type(reader);
}

static void read_tuple(struct reader *reader)
{
	put(reader, "(");
	put(reader, read_types(reader) == 1 ? ",)" : ")");
	expect(reader, 'E');
}

/* What is behind the letter of a type that is made of others. */
static void read_compound(struct reader *reader, char letter)
{
	int64_t lifetimes = reader->lifetimes;

	switch (letter) {
	case 'A':
	case 'S':
		read_array(reader, letter == 'A');
		break;
	case 'T':
		read_tuple(reader);
		break;
	case 'R':
	case 'Q':
		read_reference(reader, letter == 'Q');
		break;
	case 'P':
		read_pointer(reader, "*const ");
		break;
	case 'O':
		read_pointer(reader, "*mut ");
		break;
	case 'F':
		read_function(reader);
		reader->lifetimes = lifetimes;
		break;
	default:
		read_dynamic(reader);
		break;
	}
}

static void read_type(struct reader *reader)
{
	char c = peek(reader);

	if (!enter(reader)) {
		leave(reader);
		return;
	}
	if (basic_type(c)) {
		reader->at++;
		put(reader, basic_type(c));
	} else if (c == 'B') {
		read_back_reference(reader, read_type);
	} else if (c && strchr("CMXYNI", c)) {
		read_path(reader, false);
	} else if (c && strchr("ASTRQPOFD", c)) {
		reader->at++;
		read_compound(reader, c);
	} else {
		fail(reader);
	}
	leave(reader);
}

/* --- Paths --------------------------------------------------------------- */

/* <T>, or <T as Trait>; the path of an implementation itself is not part of the name. */
static void read_implementation(struct reader *reader, char letter)
{
	bool skip = reader->skip;

	if (letter != 'Y') {
		reader->skip = true;
		read_disambiguator(reader);
		read_path(reader, false);
		reader->skip = skip;
	}
	put(reader, "<");
	read_type(reader);
	if (letter != 'M') {
		put(reader, " as ");
		read_path(reader, false);
	}
	put(reader, ">");
}

static void read_nested(struct reader *reader, bool separated)
{
	char space = take_any(reader), letter[] = {space, '\0'};
	struct identifier identifier;

	if (digit_of(space) < 10)
		fail(reader);
	read_path(reader, separated);
	identifier = read_identifier(reader);
	if (space >= 'a') {
		put(reader, "::");
		put_identifier(reader, &identifier);
		return;
	}
	put(reader, "::{");
	put(reader, space == 'C' ? "closure" : space == 'S' ? "shim" : letter);
	if (identifier.length) {
		put(reader, ":");
		put_identifier(reader, &identifier);
	}
	put_number(reader, "#%" PRId64 "}", (uint64_t)identifier.disambiguator);
}

static void read_separated_path(struct reader *reader)
{
	read_path(reader, true);
}

static void read_plain_path(struct reader *reader)
{
	read_path(reader, false);
}

/* separated: "::" stands before generic arguments. */
static void read_path(struct reader *reader, bool separated)
{
	struct identifier identifier;
	char letter = peek(reader);

	if (!enter(reader)) {
		leave(reader);
		return;
	}
	reader->at += letter && strchr("CMXYNI", letter);
	if (letter == 'C') {
		identifier = read_identifier(reader);
		put_identifier(reader, &identifier);
	} else if (letter == 'M' || letter == 'X' || letter == 'Y') {
		read_implementation(reader, letter);
	} else if (letter == 'N') {
		read_nested(reader, separated);
	} else if (letter == 'I') {
		read_path(reader, separated);
		put(reader, separated ? "::<" : "<");
		read_generic_arguments(reader);
		put(reader, ">");
		expect(reader, 'E');
	} else if (letter == 'B') {
		read_back_reference(reader, separated ? read_separated_path : read_plain_path);
	} else {
		fail(reader);
	}
	leave(reader);
}

bool rust_name(const char *name, bool generic_arguments, struct text *text)
{
	struct reader reader = {.text = text, .generic_arguments = generic_arguments};

	if (strncmp(name, "_R", 2) != 0)
		return false;
	reader.name = name + 2;
	/* What a linker added. */
	reader.end = strcspn(reader.name, ".");
	read_path(&reader, true);
	if (!reader.failed && reader.at < reader.end) {
		/* The crate that it was made for. */
		reader.skip = true;
		read_path(&reader, false);
	}
	return !reader.failed && reader.at == reader.end;
}
