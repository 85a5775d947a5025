/* SPDX-License-Identifier: MIT */
/* Hosts of addresses. */
#ifndef URL_HOST_H
#define URL_HOST_H

#include <stdbool.h>

/**
 * Can what stands after "://" be a host, and a port? Validators refuse a book
 * for one that can't (RFC 3986, 3.2), and for IPv6. True without "://".
 */
bool url_host_is_possible(const char *url);

#endif
