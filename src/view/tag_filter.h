/* SPDX-License-Identifier: MIT */
/*
 * tagfocus and tagignore: an expression [KEY=]VALUE over the labels of a
 * sample (internal/driver/driver_focus.go). VALUE is a range of numbers (5mb,
 * 5mb:, :5mb, 1kb:5mb) or a comma-separated list of regular expressions: with a
 * key any of them may match, without one each must match some "key:value".
 * pprof's ranges never match string labels, so shard=1 does not match the text
 * "1"; with string_ranges they match strings that are a number, with or without
 * a unit.
 */
#ifndef VIEW_TAG_FILTER_H
#define VIEW_TAG_FILTER_H

#include "base/error.h"
#include "profile/profile.h"

struct tag_filter;

/* units: from label_units_build; they and the profile must outlive the filter. NULL with an error. */
struct tag_filter *tag_filter_new(const struct profile *profile, const char *expression,
				  const char **units, bool string_ranges, struct error *error);
/* Returns false with an error if tag_filter_new would fail; error->at is the byte in the expression. */
bool tag_filter_check(const char *expression, struct error *error);

void tag_filter_free(struct tag_filter *filter);

/* True if the expression was parsed as a range of numbers. */
bool tag_filter_is_range(const struct tag_filter *filter);

bool tag_filter_matches(struct tag_filter *filter, uint32_t sample);

#endif
