/* SPDX-License-Identifier: MIT */
#include <uniwidth.h>

#include "display_width.h"

size_t display_width(unsigned codepoint)
{
	int width = uc_width((ucs4_t)codepoint, "UTF-8");

	return width > 0 ? (size_t)width : 0;
}
