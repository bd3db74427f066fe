/* SPDX-License-Identifier: MIT */
/* What objdump writes, and the same from capstone; facts of pprof's internal/binutils/disasm_test.go. */
#include "symbol/instructions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "symbol/machine_code.h"

static void check(const struct instruction *item, uint64_t address, const char *text,
		  const char *function, const char *file, int64_t line)
{
	assert_int_equal(item->address, address);
	assert_string_equal(item->text, text);
	assert_string_equal(item->function, function);
	assert_string_equal(item->file, file);
	assert_int_equal(item->line, line);
}

static void both_tools_are_understood(void **state)
{
	static const char llvm[] = "a.out:\tfile format elf64-x86-64\n\n"
				   "Disassembly of section .text:\n\n"
				   "0000000000001270 <spin_alias>:\n"
				   "; spin():\n"
				   "; /app/src/mix.c:22\n"
				   "    1270:      \tleal\t-1(%rdi), %ecx\n"
				   "    127a:      \tje\t0x12b2 <spin_alias+0x42>\n\n"
				   "    1280: hlt\n";
	static const char gnu[] = "0000000000001000 <x>:\n"
				  "x():\n"
				  "/app/my:2 x.c:10 (discriminator 3)\n"
				  "    1000:\tcall   *0x8(%rax)\n"
				  "    1003:\tjmp    1000 <x>\n";
	struct instructions list = {0};
	(void)state;

	instructions_parse(&list, llvm, sizeof(llvm) - 1);
	assert_int_equal(list.count, 3);
	check(&list.items[0], 0x1270, "leal\t-1(%rdi), %ecx", "spin", "/app/src/mix.c", 22);
	check(&list.items[1], 0x127a, "je\t0x12b2 <spin_alias+0x42>", "spin", "/app/src/mix.c", 22);
	assert_int_equal(list.items[1].target, 0x12b2);
	/* What is not understood ends all that held. */
	check(&list.items[2], 0x1280, "hlt", "", "", 0);
	instructions_clear(&list);
	instructions_parse(&list, gnu, sizeof(gnu) - 1);
	assert_int_equal(list.count, 2);
	check(&list.items[0], 0x1000, "call   *0x8(%rax)", "x", "/app/my:2 x.c", 10);
	assert_int_equal(list.items[0].target, 0);
	assert_int_equal(list.items[1].target, 0x1000);
	instructions_clear(&list);
}

static void any_text_is_no_instruction(void **state)
{
	static const char *const texts[] = {"",
					    ":",
					    "():",
					    "1:",
					    "\n\n;",
					    "; ",
					    "ffffffffffffffffff: nop",
					    "():\n:9\nx:99999999999999999999"};
	struct instructions list = {0};
	(void)state;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		instructions_parse(&list, texts[i], strlen(texts[i]));
	assert_int_equal(list.count, 0);
	instructions_clear(&list);
}

static void no_tool_is_needed(void **state)
{
	const char *top = getenv("top_srcdir");
	struct instructions list = {0};
	struct text path = {0};
	struct error error;
	(void)state;

	text_printf(&path, "%s/tests/data/symbols/bin/mix_pie", top ? top : ".");
#ifdef HAVE_CAPSTONE
	assert_true(machine_code_read(&list, path.bytes, 0x1270, 0x12b5, false, &error));
	assert_int_equal(list.count, 28);
	assert_string_equal(list.items[0].text, "leal\t-1(%rdi), %ecx");
	assert_string_equal(list.items[0].function, "spin");
	assert_int_equal(list.items[3].target, 0x12b2);
	assert_false(machine_code_read(&list, path.bytes, 0x99000, 0x99001, false, &error));
	assert_non_null(strstr(error.message, "no code at 0x99000"));
	assert_false(machine_code_read(&list, "/nonexistent", 0, 1, false, &error));
#else
	assert_false(machine_code_read(&list, path.bytes, 0x1270, 0x12b5, false, &error));
	assert_non_null(strstr(error.message, "libcapstone-dev"));
#endif
	instructions_clear(&list);
	text_clear(&path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_tools_are_understood),
		cmocka_unit_test(any_text_is_no_instruction),
		cmocka_unit_test(no_tool_is_needed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
