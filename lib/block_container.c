/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "block_container.h"
#include "block_line.h"
#include "block_start.h"

void containers_init(struct container_stack *stack)
{
	stack->items = stack->fixed;
	stack->capacity = sizeof(stack->fixed) / sizeof(stack->fixed[0]);
	stack->depth = 0;
}

void containers_release(struct container_stack *stack)
{
	if (stack->items != stack->fixed)
		free(stack->items);
}

static struct container *innermost(struct container_stack *stack)
{
	return stack->depth ? &stack->items[stack->depth - 1] : NULL;
}

static void push(struct container_stack *stack, struct container container)
{
	if (stack->depth == stack->capacity) {
		struct container *old = stack->items;

		stack->capacity *= 2;
		stack->items = xreallocarray(old == stack->fixed ? NULL : old,
					     stack->capacity,
					     sizeof(*stack->items));
		if (old == stack->fixed)
			memcpy(stack->items, stack->fixed,
			       sizeof(stack->fixed));
	}
	stack->items[stack->depth++] = container;
}

/* "> ", of which the blank may be missing. */
static void skip_quote_marker(struct cursor *at)
{
	skip_to(at, at->nonspace + 1);
	if (on_space(at))
		skip_columns(at, 1);
}

/* Past the marker of an item; how far what belongs to it is indented. Before
 * code, and where nothing else follows, one blank is of the marker. */
static size_t skip_item_marker(struct cursor *at, size_t length)
{
	size_t width = indent(at) + length, before;
	struct cursor after;

	skip_to(at, at->nonspace + length);
	after = *at;
	before = at->column;
	while (at->column - before <= CODE_INDENT + 1 && on_space(at))
		skip_columns(at, 1);
	if (at->column > before && at->column - before <= CODE_INDENT &&
	    at->p < at->end)
		return width + (at->column - before);
	if (at->column > before) {
		*at = after;
		skip_columns(at, 1);
	}
	return width + 1;
}

void containers_open(struct container_stack *stack, struct cursor *at,
		     const struct start *start)
{
	struct container *outer = innermost(stack);
	struct container c = { .has_child = false };

	switch (start->type) {
	case START_QUOTE:
		skip_quote_marker(at);
		c.type = CONTAINER_QUOTE;
		break;
	case START_ITEM:
		c.type = CONTAINER_ITEM;
		c.amount = skip_item_marker(at, start->length);
		break;
	case START_FOOTNOTE:
		skip_to(at, at->nonspace + start->length);
		skip_columns(at, indent(at));
		c.type = CONTAINER_FOOTNOTE;
		break;
	default:
		if (outer && outer->type == CONTAINER_DIV) {
			outer->amount++;
			return;
		}
		c.type = CONTAINER_DIV;
		c.amount = 1;
	}
	push(stack, c);
}

static bool goes_into(const struct container *c, struct cursor *at)
{
	switch (c->type) {
	case CONTAINER_QUOTE:
		if (is_blank(at) || indent(at) >= CODE_INDENT ||
		    *at->nonspace != '>')
			return false;
		skip_quote_marker(at);
		return true;
	case CONTAINER_ITEM:
		if (indent(at) >= c->amount) {
			skip_columns(at, c->amount);
			return true;
		}
		if (!is_blank(at) || !c->has_child)
			return false;
		skip_columns(at, indent(at));
		return true;
	case CONTAINER_FOOTNOTE:
		if (indent(at) >= CODE_INDENT)
			skip_columns(at, CODE_INDENT);
		else if (!is_blank(at))
			return false;
		return true;
	case CONTAINER_DIV:
		return true;
	}
	return false;
}

size_t containers_match(struct container_stack *stack, struct cursor *at)
{
	size_t i = 0;

	while (i < stack->depth && goes_into(&stack->items[i], at))
		i++;
	return i;
}

void containers_have_child(struct container_stack *stack)
{
	if (stack->depth)
		innermost(stack)->has_child = true;
}

bool containers_wait(const struct container_stack *stack)
{
	size_t last = stack->depth - 1;

	return stack->depth && stack->items[last].type == CONTAINER_ITEM &&
	       !stack->items[last].has_child;
}

void containers_end_div(struct container_stack *stack)
{
	if (!--innermost(stack)->amount)
		stack->depth--;
}
