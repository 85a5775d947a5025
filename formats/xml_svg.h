/* SPDX-License-Identifier: MIT */
/* SVG pictures from a manuscript, which anybody may have drawn. */
#ifndef XML_SVG_H
#define XML_SVG_H

#include "slice.h"

struct error;

/**
 * 0 when `bytes` are an SVG picture that a draft can carry as it is:
 * well-formed, no entities of its own, nothing that runs and nothing fetched
 * from elsewhere. Else ERROR_MALFORMED and why, "has a script".
 */
int svg_check(struct slice bytes, struct error *err);

#endif
