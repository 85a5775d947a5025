/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include <openssl/evp.h>

#include "sha1.h"

void sha1_init(struct sha1 *sha)
{
	sha->context = EVP_MD_CTX_new();
	/* fails only without memory */
	if (!sha->context ||
	    !EVP_DigestInit_ex(sha->context, EVP_sha1(), NULL))
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
