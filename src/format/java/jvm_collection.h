/* SPDX-License-Identifier: MIT */
/* What the readers of Java's collections share. */
#ifndef FORMAT_JAVA_JVM_COLLECTION_H
#define FORMAT_JAVA_JVM_COLLECTION_H

#include "format/stack_writer.h"
#include "profile/jvm_gc.h"

/* Adds the types of a profile of collections. */
void jvm_collection_types(struct stack_writer *writer);

/* "2.403" times scale, rounded; false if it is no number or too large. */
bool jvm_collection_number(struct span text, double scale, int64_t *value);

#endif
