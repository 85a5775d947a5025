/* SPDX-License-Identifier: MIT */
#include "markdown_reader.h"

void markdown_extend(struct reader *r, struct node *node)
{
}
