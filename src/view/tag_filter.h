/* SPDX-License-Identifier: MIT */
/*
 * tagfocus and tagignore: an expression [KEY=]VALUE over the labels of a
 * sample (internal/driver/driver_focus.go). VALUE is a range of numbers (5mb,
 * 5mb:, :5mb, 1kb:5mb) or a comma-separated list of regular expressions: with
 * a key any of them may match, without one each must match some "key:value".
 * pprof's ranges never meet string labels, so that shard=1 misses the text "1";
 * with string_ranges they meet those that are a number, with a unit or without.
 */
#ifndef VIEW_TAG_FILTER_H
#define VIEW_TAG_FILTER_H

#include "base/error.h"
#include "profile/profile.h"

struct tag_filter;

/* units: of label_units_build; must outlive the filter, as must the profile. NULL if a pattern does not compile. */
struct tag_filter *tag_filter_new(const struct profile *profile, const char *expression,
				  const char **units, bool string_ranges, struct error *error);
/* False with an error, as tag_filter_new would return NULL; error->at is the byte of the expression. */
bool tag_filter_check(const char *expression, struct error *error);

void tag_filter_free(struct tag_filter *filter);

/* True if the expression was taken for a range of numbers. */
bool tag_filter_is_range(const struct tag_filter *filter);

bool tag_filter_matches(struct tag_filter *filter, uint32_t sample);

#endif
