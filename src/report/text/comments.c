/* SPDX-License-Identifier: MIT */
/* The comments of the profile: pprof's -comments. */
#include "report/list.h"

static bool write_comments(const struct report_input *input, const struct report *report, FILE *out,
			   struct error *error)
{
	const struct profile *profile = input->view->profile;

	(void)report;
	(void)error;
	for (uint32_t i = 0; i < profile->comment_count; i++)
		fprintf(out, "%s\n", profile_text(profile, profile->comments[i]));
	return true;
}

const struct report report_comments = {
	.name = "comments",
	.summary = "The comments of the profile, one a line",
	.write = write_comments,
};
