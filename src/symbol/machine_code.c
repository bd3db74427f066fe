/* SPDX-License-Identifier: MIT */
#include "symbol/machine_code.h"

#ifdef HAVE_CAPSTONE

#include <capstone/capstone.h>
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "symbol/binary_query.h"
#include "symbol/elf_file.h"
#include "transform/demangle.h"

enum { LONGEST = 16 << 20 }; /* bytes of one function */

static const struct {
	uint16_t machine;
	cs_arch arch;
	cs_mode mode;
} machines[] = {
	{EM_X86_64, CS_ARCH_X86, CS_MODE_64},     {EM_386, CS_ARCH_X86, CS_MODE_32},
	{EM_AARCH64, CS_ARCH_ARM64, CS_MODE_ARM}, {EM_ARM, CS_ARCH_ARM, CS_MODE_ARM},
	{EM_PPC64, CS_ARCH_PPC, CS_MODE_64},      {EM_S390, CS_ARCH_SYSZ, CS_MODE_BIG_ENDIAN},
};

static bool open_machine(const struct elf_file *elf, csh *handle, bool intel)
{
	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++) {
		cs_mode mode = machines[i].mode;

		if (machines[i].machine != elf->machine)
			continue;
		if (elf->big)
			mode |= CS_MODE_BIG_ENDIAN;
		if (cs_open(machines[i].arch, mode, handle) != CS_ERR_OK)
			return false;
		if (machines[i].arch == CS_ARCH_X86)
			cs_option(*handle, CS_OPT_SYNTAX,
				  intel ? CS_OPT_SYNTAX_INTEL : CS_OPT_SYNTAX_ATT);
		cs_option(*handle, CS_OPT_SKIPDATA, CS_OPT_ON);
		cs_option(*handle, CS_OPT_DETAIL, CS_OPT_ON);
		return true;
	}
	return false;
}

/* The bytes of [start, end), as far as a section of code has them; *length is set to how many. */
static char *read_code(const struct elf_file *elf, uint64_t start, uint64_t end, uint64_t *length)
{
	for (uint32_t i = 0; i < elf->section_count; i++) {
		const struct elf_section *section = &elf->sections[i];
		uint64_t skipped = start - section->address;

		if (!(section->flags & SHF_EXECINSTR) || section->type == SHT_NOBITS ||
		    start < section->address || skipped >= section->size)
			continue;
		*length = section->size - skipped;
		if (end > start && end - start < *length)
			*length = end - start;
		if (*length > LONGEST)
			*length = LONGEST;
		return elf_read(elf, section->offset + skipped, *length);
	}
	return NULL;
}

/* An operand that is the address where a jump or call goes. */
static uint64_t target_of(csh handle, const cs_insn *found)
{
	if (!found->id || (!cs_insn_group(handle, found, CS_GRP_JUMP) &&
			   !cs_insn_group(handle, found, CS_GRP_CALL)))
		return 0;
	return strncmp(found->op_str, "0x", 2) == 0 || strncmp(found->op_str, "#0x", 3) == 0
		       ? strtoull(found->op_str + (*found->op_str == '#'), NULL, 16)
		       : 0;
}

static void decode(struct instructions *list, csh handle, const char *bytes, uint64_t length,
		   uint64_t start)
{
	const uint8_t *at = (const uint8_t *)bytes;
	size_t left = length;
	cs_insn *found = cs_malloc(handle);

	while (cs_disasm_iter(handle, &at, &left, &start, found)) {
		struct instruction item = {.address = found->address, .function = "", .file = ""};
		struct text text = {0};

		text_add_string(&text, found->mnemonic);
		if (*found->op_str)
			text_printf(&text, "\t%s", found->op_str);
		item.text = arena_text(&list->arena, text.bytes, text.length);
		item.target = target_of(handle, found);
		array_push(list->items, list->count, list->capacity, item);
		text_clear(&text);
	}
	cs_free(found, 1);
}

/* As objdump has it: the function that the linker knows, and the innermost line. */
static void take_place(void *context, uint32_t index, const struct symbol_frame *frames,
		       uint32_t count)
{
	struct instructions *list = context;
	struct instruction *item = &list->items[index];
	struct text function = {0};

	if (count && !demangle_as_llvm(frames[count - 1].function, &function)) {
		text_reset(&function);
		text_add_string(&function, frames[count - 1].function);
	}
	/* objdump writes "NAME():", whether the name ends so or not. */
	if (function.length > 2 && strcmp(function.bytes + function.length - 2, "()") == 0)
		function.length -= 2;
	item->function = arena_text(&list->arena, text_string(&function), function.length);
	text_clear(&function);
	if (!count || !frames[0].line)
		return;
	item->file = arena_text(&list->arena, frames[0].file, strlen(frames[0].file));
	item->line = (int64_t)frames[0].line;
}

static void ignore_note(void *context, const char *message)
{
	(void)context;
	(void)message;
}

static void add_places(struct instructions *list, const char *path)
{
	const struct symbol_sink sink = {take_place, ignore_note, list};
	struct binary_query query = {.path = path, .count = (uint32_t)list->count};
	uint64_t *addresses = alloc_zero(list->count, sizeof(*addresses));
	struct error ignored;

	for (size_t i = 0; i < list->count; i++)
		addresses[i] = list->items[i].address;
	query.addresses = addresses;
	binary_query_run(&query, &sink, NULL, &ignored);
	free(addresses);
	/* Functions and lines hold until the next one. */
	for (size_t i = 1; i < list->count; i++) {
		struct instruction *item = &list->items[i];

		if (!*item->function)
			item->function = item[-1].function;
		if (item->line)
			continue;
		item->line = item[-1].line;
		item->file = item[-1].file;
	}
}

bool machine_code_read(struct instructions *list, const char *path, uint64_t start, uint64_t end,
		       bool intel, struct error *error)
{
	struct elf_file elf;
	uint64_t length;
	char *bytes;
	csh handle;
	bool good;

	if (!elf_open(&elf, path, error))
		return false;
	bytes = read_code(&elf, start, end, &length);
	good = bytes && open_machine(&elf, &handle, intel);
	if (!bytes)
		error_set(error, "%s: there is no code at 0x%llx", path, (unsigned long long)start);
	else if (!good)
		error_set(error,
			  "%s: instructions of this machine (ELF number %u) are not known to "
			  "capstone; install llvm-objdump or objdump",
			  path, elf.machine);
	if (good) {
		decode(list, handle, bytes, length, start);
		cs_close(&handle);
		add_places(list, path);
	}
	free(bytes);
	elf_close(&elf);
	return good;
}

#else

bool machine_code_read(struct instructions *list, const char *path, uint64_t start, uint64_t end,
		       bool intel, struct error *error)
{
	(void)list;
	(void)path;
	(void)start;
	(void)end;
	(void)intel;
	return error_set(error,
			 "no llvm-objdump or objdump on the PATH, and ncprof was built "
			 "without capstone (Debian package libcapstone-dev); install one of them");
}

#endif
