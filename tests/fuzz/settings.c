/* SPDX-License-Identifier: MIT */
/* galley.conf and book.toml: what is read can be written and read again. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "error.h"
#include "settings.h"
#include "strbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_round_trip(const struct settings *first)
{
	struct settings second = SETTINGS_INIT;
	struct strbuf text = STRBUF_INIT;
	struct error err = ERROR_INIT;

	settings_write(&text, first);
	assert(!settings_parse(&second, strbuf_slice(&text), "again", &err));
	assert(first->count == second.count);
	for (size_t i = 0; i < first->count; i++) {
		assert(!strcmp(first->items[i].key, second.items[i].key));
		assert(!strcmp(first->items[i].value, second.items[i].value));
	}
	settings_release(&second);
	strbuf_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice source = { (const char *)data, size };
	struct settings conf = SETTINGS_INIT, toml = SETTINGS_INIT;
	struct error err = ERROR_INIT;

	if (!settings_parse(&conf, source, "galley.conf", &err))
		check_round_trip(&conf);
	if (!settings_parse_book_toml(&toml, source, "book.toml", &err))
		check_round_trip(&toml);
	settings_release(&conf);
	settings_release(&toml);
	return 0;
}
