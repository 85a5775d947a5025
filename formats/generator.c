/* SPDX-License-Identifier: MIT */
#include "generator.h"

const char generator[] = "galley " VERSION;
