/* SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>

#include <openssl/evp.h>

#include "sha1.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static EVP_MD *method;	/* looked up once: each time takes as long as a page
			 * of text */

static void find_method(void)
{
	method = EVP_MD_fetch(NULL, "SHA1", NULL);
}

void sha1_init(struct sha1 *sha)
{
	pthread_once(&once, find_method);
	sha->context = EVP_MD_CTX_new();
	/* fails only without memory */
	if (!method || !sha->context ||
	    !EVP_DigestInit_ex(sha->context, method, NULL))
		abort();
}

void sha1_update(struct sha1 *sha, const void *data, size_t len)
{
	if (!EVP_DigestUpdate(sha->context, data, len))
		abort();
}

void sha1_final(unsigned char out[SHA1_SIZE], struct sha1 *sha)
{
	if (!EVP_DigestFinal_ex(sha->context, out, NULL))
		abort();
	EVP_MD_CTX_free(sha->context);
	sha->context = NULL;
}
