/*
 * The paths of all samples merged into a tree in depth-first order. Stack 0 is
 * the empty stack; a parent stands before its children and a subtree is the
 * contiguous range [s, end[s]). So a filter that looks towards the root is one
 * forward pass, a sum over subtrees one backward pass, "B is under A" two
 * comparisons.
 *
 *     main parse read        0 (empty)    end 4
 *     main read         ->   1 main       end 4
 *     main parse             2   parse    end 4
 *                            3     read   end 4  ...
 *
 * Stacks are made of frames: the outermost frame of a location is the parent
 * of those inlined into it. The paths are sorted, so that one pass over
 * neighbours finds what each shares with the one before; that beats a hash
 * trie six times over (doc/HACKING.md).
 */
#ifndef PROFILE_STACK_TREE_H
#define PROFILE_STACK_TREE_H

#include "base/error.h"
#include "profile/profile.h"

struct stack_tree {
	stack_id *parent; /* [0] = 0 */
	frame_id *frame;  /* [0] = NONE */
	stack_id *end;
	uint32_t count;         /* at least 1 */
	stack_id *sample_stack; /* by sample */
};

/* NULL with an error when 32 bits cannot number the stacks. */
struct stack_tree *stack_tree_build(const struct profile *profile, struct error *error);
void stack_tree_free(struct stack_tree *tree);

#endif
