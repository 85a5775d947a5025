/* SPDX-License-Identifier: MIT */
/* What makes drafts: said in them, so that one can be made again. */
#ifndef GENERATOR_H
#define GENERATOR_H

/** "galley 0.1" */
extern const char generator[];

#endif
