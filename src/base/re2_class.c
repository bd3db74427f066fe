/* SPDX-License-Identifier: MIT */
#include "base/re2_class.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define MAX_RUNE 0x10ffff
#define FIRST_SURROGATE 0xd800
#define LAST_SURROGATE 0xdfff

/* --- Characters --------------------------------------------------------------------------------- */

const char *re2_broken_text(const char *text)
{
	size_t left = strlen(text);

	while (left) {
		uint32_t rune;
		size_t size = utf8_decode(text, left, &rune);

		if (size == 1 && rune == UTF8_BROKEN)
			return text;
		text += size;
		left -= size;
	}
	return NULL;
}

uint32_t re2_take_rune(const char **at)
{
	uint32_t rune;

	*at += utf8_decode(*at, strlen(*at) < 4 ? strlen(*at) : 4, &rune);
	return rune;
}

static bool is_alphanumeric(uint32_t rune)
{
	return (rune >= '0' && rune <= '9') || ((rune | 32) >= 'a' && (rune | 32) <= 'z');
}

void re2_add_literal(struct text *out, uint32_t rune)
{
	char bytes[4];

	/* No text has one, and PCRE2 wants none. */
	if (rune >= FIRST_SURROGATE && rune <= LAST_SURROGATE) {
		text_add_string(out, "(?:(?!))");
	} else if (rune < ' ' || rune == 0x7f) {
		text_printf(out, "\\x{%x}", (unsigned)rune);
	} else {
		if (rune < 0x80 && !is_alphanumeric(rune) && rune != '_')
			text_add_char(out, '\\');
		text_add(out, bytes, utf8_encode(rune, bytes));
	}
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* What follows "\x". */
static bool take_hex(const char **at, uint32_t *rune)
{
	const char *digit = *at;

	*rune = 0;
	if (*digit != '{') {
		if (hex_value(digit[0]) < 0 || hex_value(digit[1]) < 0)
			return false;
		*rune = (uint32_t)(hex_value(digit[0]) * 16 + hex_value(digit[1]));
		*at += 2;
		return true;
	}
	for (digit++; hex_value(*digit) >= 0; digit++) {
		*rune = *rune * 16 + (uint32_t)hex_value(*digit);
		if (*rune > MAX_RUNE)
			return false;
	}
	if (*digit != '}' || digit == *at + 1)
		return false;
	*at = digit + 1;
	return true;
}

/* Up to three octal digits; \1 to \7 alone would be references, which RE2 has not. */
static bool take_octal(const char **at, uint32_t *rune)
{
	const char *digit = *at;

	if (*digit != '0' && (digit[1] < '0' || digit[1] > '7'))
		return false;
	*rune = 0;
	for (int i = 0; i < 3 && *digit >= '0' && *digit <= '7'; i++, digit++)
		*rune = *rune * 8 + (uint32_t)(*digit - '0');
	*at = digit;
	return true;
}

bool re2_escape(const char **at, uint32_t *rune, const char **problem)
{
	static const char controls[] = "a\af\fn\nr\rt\tv\v";
	const char *next = *at + 1;
	char c = *next;

	*problem = c ? "invalid escape sequence" : "trailing backslash at end of expression";
	if (c == 'x') {
		next++;
		if (!take_hex(&next, rune))
			return false;
	} else if (c >= '0' && c <= '7') {
		if (!take_octal(&next, rune))
			return false;
	} else if (c && (unsigned char)c < 0x80 && !is_alphanumeric((unsigned char)c)) {
		*rune = (unsigned char)c;
		next++;
	} else {
		const char *control = NULL;

		for (const char *pair = controls; *pair && !control; pair += 2)
			if (*pair == c)
				control = pair + 1;
		if (!control)
			return false;
		*rune = (unsigned char)*control;
		next++;
	}
	*at = next;
	return true;
}

/* --- Sets of characters ------------------------------------------------------------------------- */

/* The items of a class as PCRE2 has them, without the brackets. */
struct set {
	struct text items;
	bool fold;
};

static void add_range(struct set *set, uint32_t low, uint32_t high)
{
	if (low >= FIRST_SURROGATE && low <= LAST_SURROGATE)
		low = LAST_SURROGATE + 1;
	if (high >= FIRST_SURROGATE && high <= LAST_SURROGATE)
		high = FIRST_SURROGATE - 1;
	if (low > high)
		return;
	text_printf(&set->items, "\\x{%x}", (unsigned)low);
	if (high > low)
		text_printf(&set->items, "-\\x{%x}", (unsigned)high);
}

/* Classes of ASCII as pairs of first and last. */
static const struct {
	const char *name, *pairs;
} classes[] = {
	{"alnum", "09AZaz"},   {"alpha", "AZaz"},
	{"ascii", "\x01\x7f"},                                /* and NUL */
	{"blank", "\t\t  "},   {"cntrl", "\x01\x1f\x7f\x7f"}, /* and NUL */
	{"digit", "09"},       {"graph", "!~"},
	{"lower", "az"},       {"print", " ~"},
	{"punct", "!/:@[`{~"}, {"space", "\t\r  "},
	{"upper", "AZ"},       {"word", "09AZ__az"},
	{"xdigit", "09AFaf"},
};

/* Other forms of the letters s and k: the long s and the Kelvin sign. */
static const uint32_t folded[] = {0x17f, 0x212a};

static bool has_letter(const char *pairs, char letter)
{
	for (; *pairs; pairs += 2)
		if (letter >= pairs[0] && letter <= pairs[1])
			return true;
	return false;
}

/* Classes that hold NUL are written with 1, as the texts here end with NUL. */
static bool has_nul(const char *pairs)
{
	return *pairs == '\x01';
}

static void add_pairs(struct set *set, const char *pairs)
{
	if (has_nul(pairs))
		add_range(set, 0, 0);
	for (; *pairs; pairs += 2)
		add_range(set, (unsigned char)pairs[0], (unsigned char)pairs[1]);
}

/*
 * The complement. Where case does not matter it is that of all forms of the
 * letters: PCRE2 would add the forms of what is left instead.
 */
static void add_complement(struct set *set, const char *pairs)
{
	bool fold = set->fold && (has_letter(pairs, 's') || has_letter(pairs, 'S'));
	uint32_t next = has_nul(pairs);

	if (set->fold && has_letter(pairs, 'a') != has_letter(pairs, 'A'))
		pairs = "AZaz";
	for (; *pairs; pairs += 2) {
		if ((unsigned char)pairs[0] > next)
			add_range(set, next, (uint32_t)(unsigned char)pairs[0] - 1);
		next = (uint32_t)(unsigned char)pairs[1] + 1;
	}
	for (size_t i = 0; fold && i < sizeof(folded) / sizeof(*folded); i++) {
		add_range(set, next, folded[i] - 1);
		next = folded[i] + 1;
	}
	add_range(set, next, MAX_RUNE);
}

static void add_class(struct set *set, const char *pairs, bool negated)
{
	if (negated)
		add_complement(set, pairs);
	else
		add_pairs(set, pairs);
}

/* One of classes[] by its name, or NULL. */
static const char *find_class(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (strlen(classes[i].name) == length && !memcmp(classes[i].name, name, length))
			return classes[i].pairs;
	return NULL;
}

/* \d, \s, which has no vertical tab, \w and their complements. */
static void add_perl_class(struct set *set, char letter)
{
	const char *pairs = (letter | 32) == 'd'   ? "09"
			    : (letter | 32) == 'w' ? "09AZ__az"
						   : "\t\n\f\r  ";

	add_class(set, pairs, letter < 'a');
}

/* --- Properties --------------------------------------------------------------------------------- */

/* Long names of categories, in the form of property_name. */
static const char *const categories[][2] = {
	{"Any", "Any"},
	{"Casedletter", "L&"},
	{"Closepunctuation", "Pe"},
	{"Cntrl", "Cc"},
	{"Combiningmark", "M"},
	{"Connectorpunctuation", "Pc"},
	{"Control", "Cc"},
	{"Currencysymbol", "Sc"},
	{"Dashpunctuation", "Pd"},
	{"Decimalnumber", "Nd"},
	{"Digit", "Nd"},
	{"Enclosingmark", "Me"},
	{"Finalpunctuation", "Pf"},
	{"Format", "Cf"},
	{"Initialpunctuation", "Pi"},
	{"Lc", "L&"},
	{"Letter", "L"},
	{"Letternumber", "Nl"},
	{"Lineseparator", "Zl"},
	{"Lowercaseletter", "Ll"},
	{"Mark", "M"},
	{"Mathsymbol", "Sm"},
	{"Modifierletter", "Lm"},
	{"Modifiersymbol", "Sk"},
	{"Nonspacingmark", "Mn"},
	{"Number", "N"},
	{"Openpunctuation", "Ps"},
	{"Other", "C"},
	{"Otherletter", "Lo"},
	{"Othernumber", "No"},
	{"Otherpunctuation", "Po"},
	{"Othersymbol", "So"},
	{"Paragraphseparator", "Zp"},
	{"Privateuse", "Co"},
	{"Punct", "P"},
	{"Punctuation", "P"},
	{"Separator", "Z"},
	{"Spaceseparator", "Zs"},
	{"Spacingmark", "Mc"},
	{"Surrogate", "Cs"},
	{"Symbol", "S"},
	{"Titlecaseletter", "Lt"},
	{"Unassigned", "Cn"},
	{"Uppercaseletter", "Lu"},
};

/* The categories of one and two letters, as "C", "Cc", ... */
static bool is_category(const char *name)
{
	static const char *const letters[] = {"Ccfosn",   "Lultmo", "Mnec", "Ndlo",
					      "Pcdseifo", "Smcko",  "Zslp"};

	for (size_t i = 0; i < sizeof(letters) / sizeof(*letters); i++)
		if (*name == letters[i][0])
			return !name[1] || (strchr(letters[i] + 1, name[1]) && !name[2]);
	return false;
}

/* Go's form of a name: a capital letter, then small ones; no blanks, "-" or "_". */
static bool property_name(const char *from, size_t length, char *name, size_t size)
{
	size_t used = 0;

	for (; length; length--, from++) {
		char c = *from;

		if (c == '_' || c == '-' || c == ' ')
			continue;
		if (!is_alphanumeric((unsigned char)c) || used + 1 >= size)
			return false;
		if (used == 0 && c >= 'a' && c <= 'z')
			c = (char)(c - 32);
		else if (used && c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		name[used++] = c;
	}
	name[used] = '\0';
	return used > 0;
}

/* PCRE2 knows scripts by short names of four letters, too; RE2 does not. */
static bool is_short_name(const char *name)
{
	static const char *const whole[] = {"Ahom", "Cham", "Kawi", "Lisu", "Miao",
					    "Modi", "Newa", "Thai", "Toto"};

	for (size_t i = 0; i < sizeof(whole) / sizeof(*whole); i++)
		if (strcmp(whole[i], name) == 0)
			return false;
	return strlen(name) == 4;
}

/* Writes the property under PCRE2's name; whether there is such a script is PCRE2's to say. */
static void add_property(struct set *set, const char *name, bool negated)
{
	const char *found = is_category(name) ? name : NULL;
	char letter = negated ? 'P' : 'p';

	for (size_t i = 0; !found && i < sizeof(categories) / sizeof(*categories); i++)
		if (strcmp(categories[i][0], name) == 0)
			found = categories[i][1];
	/* A letter in one case stands for those in the other. */
	if (found && set->fold &&
	    (!strcmp(found, "Lu") || !strcmp(found, "Ll") || !strcmp(found, "Lt")))
		found = "L&";
	if (strcmp(name, "Assigned") == 0)
		text_printf(&set->items, "\\%c{Cn}", negated ? 'p' : 'P');
	else if (strcmp(name, "Ascii") == 0)
		add_class(set, "\x01\x7f", negated);
	else
		text_printf(&set->items, "\\%c{%s%s}", letter,
			    found ? "" : "sc:", found ? found : name);
}

static bool take_property(struct set *set, const char **at, const char **problem)
{
	const char *from = *at + 2, *to, *behind;
	bool negated = (*at)[1] == 'P';
	char name[64];

	*problem = "invalid character class range";
	if (*from == '{') {
		from++;
		to = strchr(from, '}');
		if (!to)
			return false;
		behind = to + 1;
		if (*from == '^') {
			negated = !negated;
			from++;
		}
	} else {
		to = behind = from + (*from != '\0');
	}
	if (!property_name(from, (size_t)(to - from), name, sizeof(name)))
		return false;
	if (is_short_name(name) && strcmp(name, "Mark") != 0)
		return false;
	add_property(set, name, negated);
	*at = behind;
	return true;
}

/* --- Classes ------------------------------------------------------------------------------------ */

bool re2_starts_class(const char *at)
{
	return at[0] == '\\' && at[1] && strchr("dDsSwWpP", at[1]);
}

/* \d and its like, or a property. */
static bool take_escaped_class(struct set *set, const char **at, const char **problem)
{
	if (((*at)[1] | 32) == 'p')
		return take_property(set, at, problem);
	add_perl_class(set, (*at)[1]);
	*at += 2;
	return true;
}

/* One end of a range. */
static bool take_member(const char **at, uint32_t *rune, const char **problem)
{
	*problem = "missing closing ]";
	if (!**at)
		return false;
	if (**at == '\\')
		return re2_escape(at, rune, problem);
	*rune = re2_take_rune(at);
	return true;
}

/* A character, or two with "-" between them. */
static bool take_range(struct set *set, const char **at, const char **problem)
{
	const char *start = *at;
	uint32_t low, high;

	if (!take_member(at, &low, problem))
		return false;
	high = low;
	if ((*at)[0] == '-' && (*at)[1] && (*at)[1] != ']') {
		(*at)++;
		if (!take_member(at, &high, problem))
			return false;
		if (high < low) {
			*at = start;
			*problem = "invalid character class range";
			return false;
		}
	}
	add_range(set, low, high);
	return true;
}

/* One item between the brackets. */
static bool take_item(struct set *set, const char **at, const char **problem)
{
	const char *end = (*at)[0] == '[' && (*at)[1] == ':' ? strstr(*at + 2, ":]") : NULL;

	if (end) {
		bool negated = (*at)[2] == '^';
		const char *name = *at + 2 + negated, *pairs;

		*problem = "invalid character class range";
		pairs = find_class(name, (size_t)(end - name));
		if (!pairs)
			return false;
		add_class(set, pairs, negated);
		*at = end + 2;
		return true;
	}
	if (re2_starts_class(*at))
		return take_escaped_class(set, at, problem);
	return take_range(set, at, problem);
}

/* Writes the set; one that is empty matches nothing, or, negated, everything. */
static void write_set(const struct set *set, bool negated, struct text *out)
{
	bool empty = !set->items.length;

	text_add_string(out, negated != empty ? "[^" : "[");
	if (empty)
		text_add_string(out, "\\x{0}-\\x{10ffff}");
	else
		text_add(out, set->items.bytes, set->items.length);
	text_add_char(out, ']');
}

bool re2_class(const char **at, bool fold, struct text *out, const char **problem)
{
	struct set set = {.fold = fold};
	bool negated = false, good = true, first = true;

	if (**at == '\\') {
		good = take_escaped_class(&set, at, problem);
	} else {
		(*at)++;
		negated = **at == '^';
		*at += negated;
		for (; good && (**at != ']' || first); first = false)
			good = take_item(&set, at, problem);
		*at += good;
	}
	if (good)
		write_set(&set, negated, out);
	text_clear(&set.items);
	return good;
}
