/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "epub_write.h"
#include "format.h"
#include "markdown_write.h"
#include "page_write.h"
#include "site_write.h"

const struct format formats[] = {
	{ "epub", ".epub", epub_write },
	{ "html", ".html", page_write },
	{ "site", "", site_write },
	{ "md", ".md", markdown_write },
	{ NULL, NULL, NULL }
};

const struct format *format_named(const char *name)
{
	for (const struct format *f = formats; f->name; f++)
		if (!strcmp(f->name, name))
			return f;
	return NULL;
}

const struct format *format_of_path(const char *path)
{
	for (const struct format *f = formats; f->name; f++)
		if (*f->extension &&
		    slice_ends_with(slice_of(path), slice_of(f->extension)))
			return f;
	return NULL;
}
