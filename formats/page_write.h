/* SPDX-License-Identifier: MIT */
/*
 * A draft as one HTML file that needs no other: pictures, style and script
 * are in it, and its policy lets nothing else in. Written as it is read, one
 * chapter in memory at a time.
 */
#ifndef PAGE_WRITE_H
#define PAGE_WRITE_H

#include "book.h"

book_writer page_write;

#endif
