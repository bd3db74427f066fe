/* SPDX-License-Identifier: MIT */
/* Names of Rust's v0 mangling; what is wanted is what pprof prints. */
#include "fixture.h"
#include "base/array.h"
#include "transform/rust_name.h"

/* want NULL: it is no name, or beyond the bounds. */
static void check(const char *name, bool generic_arguments, const char *want)
{
	struct text text = {0};
	bool good = rust_name(name, generic_arguments, &text);

	if (want && good)
		assert_string_equal(text_string(&text), want);
	else if (good != (want != NULL))
		fail_msg("%s: %s", name, good ? text_string(&text) : "is not read");
	text_clear(&text);
}

static void names_are_read_as_pprof_reads_them(void **state)
{
	static const char *const cases[][2] = {
		{"_RNvCs9_4shop4sell", "shop::sell"},
		{"_RNvNtCs9_4shop4cart3add.llvm.123", "shop::cart::add"},
		{"_RNCNvC4shop4sell0", "shop::sell::{closure#0}"},
		{"_RNCNvC4shop4sells1_0", "shop::sell::{closure#3}"},
		{"_RNSC4shop5reify", "shop::{shim:reify#0}"},
		{"_RNZC4shops_3odd", "shop::{Z:odd#1}"},
		{"_RINvC4shop4sellmE", "shop::sell::<u32>"},
		{"_RINvC4shop4sellAhj10_E", "shop::sell::<[u8; 16]>"},
		{"_RINvC4shop4sellKb1_Kc41_Kin7b_Kyffffffffffffffffff_E",
		 "shop::sell::<true, 'A', -123, 0xffffffffffffffffff>"},
		{"_RINvC4shop4sellKca_Kc27_Kc1f600_KpE",
		 "shop::sell::<'\\n', '\\'', '\\u{1f600}', _>"},
		{"_RINvC4shop4sellTmETEThjEE", "shop::sell::<(u32,), (), (u8, usize)>"},
		{"_RINvC4shop4sellFG_RL0_hEuE", "shop::sell::<for<'a> fn(&'a u8)>"},
		{"_RINvC4shop4sellFUKCPhEOcE",
		 "shop::sell::<unsafe extern \"C\" fn(*const u8) -> *mut char>"},
		{"_RINvC4shop4sellDG_INtC4shop5TraitRL0_hEp4ItemhEL_E",
		 "shop::sell::<dyn for<'a> shop::Trait<&'a u8, Item = u8>>"},
		{"_RNvMC4shopNtC4shop4Cart3add", "<shop::Cart>::add"},
		{"_RNvXC4shopNtC4shop4CartNtC4core5Clone5clone",
		 "<shop::Cart as core::Clone>::clone"},
		{"_RNvC4shopu3tda", "shop::\u00fc"},
		{"_RNvC4shop4sellC4main", "shop::sell"},
		{"_RINvC4shop4sellB0_E", "shop::sell::<shop::sell>"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check(cases[i][0], true, cases[i][1]);
	check("_RINvC4shop4sellTmEKb1_E", false, "shop::sell::<>");
	check("_RNvXC4shopINtC4shop4CarthENtC4core5Clone5clone", false,
	      "<shop::Cart<> as core::Clone>::clone");
}

static void what_is_no_name_stays(void **state)
{
	static const char *const names[] = {
		"",
		"_R",
		"_Z",
		"_RC",
		"_RB_",
		"_RNvB_1a",
		"_RINvB_1aE",
		"_RYB_B_",
		"_RMB_B_",
		"_RNvC4shop9sell",
		"_RNvC4shop4sell_",
		"_R0NvC4shop4sell",
		"_RNvC4shopu4____",
		"_RNvC4shop4se-l",
		"_RNvC4shop99999999999999999999sell",
		"_RINvC4shop4sellL0_E",
		"_RINvC4shop4sellKbn1_E",
		"_RINvC4shop4sellKc1234567_E",
		"_RINvC4shop4sellKh00_E",
		"_RINvC4shop4sellFGzzzzzzzzzz_hEuE",
		"_RINvC4shop4sellBzzzzzzzzzzzzzzzzzz_E",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		check(names[i], true, NULL);
}

/* before, `count` times `middle`, behind. */
static void check_long(const char *before, const char *middle, size_t count, const char *behind,
		       const char *want)
{
	struct text name = {0};

	text_add_string(&name, before);
	for (size_t i = 0; i < count; i++)
		text_add_string(&name, middle);
	text_add_string(&name, behind);
	check(name.bytes, true, want);
	text_clear(&name);
}

static void deep_names_end(void **state)
{
	(void)state;
	check_long("_RINvC1a1b", "R", 3, "hE", "a::b::<&&&u8>");
	check_long("_RINvC1a1b", "P", 20000, "hE", NULL);
	check_long("_R", "Nv", 20000, "C1a", NULL);
	check_long("_R", "I", 60000, "C1a", NULL);
	check_long("_R", "X", 60000, "C1a", NULL);
}

/* Each tuple holds the one before it twice: written out, there would be 2^30 of them. */
static void names_that_double_end(void **state)
{
	static const char name[] =
		"_RINvC1a1bTETB7_B7_ETB9_B9_ETBh_Bh_ETBp_Bp_ETBx_Bx_ETBF_BF_ETBN_BN_ETB"
		"V_BV_ETB13_B13_ETB1b_B1b_ETB1l_B1l_ETB1v_B1v_ETB1F_B1F_ETB1P_B1P_ETB1Z"
		"_B1Z_ETB29_B29_ETB2j_B2j_ETB2t_B2t_ETB2D_B2D_ETB2N_B2N_ETB2X_B2X_ETB37"
		"_B37_ETB3h_B3h_ETB3r_B3r_ETB3B_B3B_ETB3L_B3L_ETB3V_B3V_ETB45_B45_ETB4f"
		"_B4f_ETB4p_B4p_EE";

	(void)state;
	check(name, true, NULL);
	check(name, false, "a::b::<>");
}

static void any_bytes_are_read_within_bounds(void **state)
{
	struct random random = {fixture_seed()};

	(void)state;
	for (int i = 0; i < 50000; i++) {
		char name[64] = "_RINvC1a1b";
		struct text text = {0};

		random_text(&random, "BBCMXYNIETSAPORQFDLKUGupsabchmnv0123456789__", 50, name + 10);
		rust_name(name, i % 2, &text);
		text_clear(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_read_as_pprof_reads_them),
		cmocka_unit_test(what_is_no_name_stays),
		cmocka_unit_test(deep_names_end),
		cmocka_unit_test(names_that_double_end),
		cmocka_unit_test(any_bytes_are_read_within_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
