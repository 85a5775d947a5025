/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "url_host.h"

bool url_host_is_possible(const char *url)
{
	const char *p = strstr(url, "://"), *end, *at, *port;

	if (!p)
		return true;
	p += 3;
	end = p + strcspn(p, "/?#");
	at = memchr(p, '@', (size_t)(end - p));
	if (at)
		p = at + 1;
	port = memchr(p, ':', (size_t)(end - p));
	if (port && port + 1 + strspn(port + 1, "0123456789") == end &&
	    end - port <= 6)
		end = port;
	if (p == end || *p == '.')
		return false;
	for (; p < end; p++)
		if (strchr(" \t\"%<>[\\]^`{|}*@:", *p) ||
		    (*p == '.' && p[1] == '.'))
			return false;
	return true;
}
