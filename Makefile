# SPDX-License-Identifier: MIT
# galley: see CONTRIBUTING.md. Everything that is built lies in $(B).

B = build
PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man
BASH_COMPLETION_DIR = $(PREFIX)/share/bash-completion/completions
ZSH_COMPLETION_DIR = $(PREFIX)/share/zsh/site-functions

# One command a line: galley-<name>, its source cmd/<name>.c and its page
# cmd/<name>.1.
COMMANDS =

CFLAGS = -O2 -g
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wmissing-prototypes \
	-Wno-unused-parameter
ifdef WERROR
WARNINGS += -Werror
endif
ifdef SANITIZE
SANITIZE_FLAGS = -fsanitize=$(SANITIZE) -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
endif
ALL_CFLAGS = -std=c17 -D_POSIX_C_SOURCE=200809L $(WARNINGS) $(CFLAGS) \
	$(SANITIZE_FLAGS) $(PACKAGE_CFLAGS)

# Debian packages: to build, to test, and what each library is called there.
PACKAGES = gcc make pkg-config git perl mandoc libgit2-dev libunistring-dev \
	libcmark-dev libxml2-dev libzip-dev libdeflate-dev libjansson-dev \
	uuid-dev libcmocka-dev
LIBRARIES = libgit2 libcmark libxml-2.0 libzip libdeflate jansson uuid
PACKAGE_CFLAGS := $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null)
PACKAGE_LIBS := $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null) \
	-lunistring
CMOCKA_LIBS = -lcmocka

LIB_OBJECTS := $(patsubst %.c,$(B)/%.o,$(wildcard lib/*.c))
FORMATS_OBJECTS := $(patsubst %.c,$(B)/%.o,$(wildcard formats/*.c))
UNIT := $(patsubst tests/unit/%.c,$(B)/tests/unit/%,$(wildcard tests/unit/*.c))
FUZZ := $(patsubst tests/fuzz/%.c,$(B)/tests/fuzz/%,\
	$(filter-out tests/fuzz/replay.c,$(wildcard tests/fuzz/*.c)))
PROGRAMS := $(addprefix $(B)/bin/galley-,$(COMMANDS))

all: $(PROGRAMS)

# A layer sees only what it may include.
$(B)/lib/%.o:         INCLUDES = -iquote lib
$(B)/formats/%.o:     INCLUDES = -iquote lib -iquote formats
$(B)/cmd/%.o:         INCLUDES = -iquote lib -iquote formats -iquote cmd
$(B)/tests/%.o:       INCLUDES = -iquote lib -iquote formats -iquote tests

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(INCLUDES) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/liblib.a: $(LIB_OBJECTS)
$(B)/libformats.a: $(FORMATS_OBJECTS)
$(B)/%.a:
	@rm -f $@
	$(AR) rcs $@ $^

LINK = $(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) \
	$(B)/libformats.a $(B)/liblib.a -Wl,--as-needed $(PACKAGE_LIBS)
ARCHIVES = $(B)/libformats.a $(B)/liblib.a

$(B)/bin/galley-%: $(B)/cmd/%.o $(B)/cmd/command.o $(ARCHIVES)
	@mkdir -p $(@D)
	$(LINK)

$(B)/tests/unit/%: $(B)/tests/unit/%.o $(ARCHIVES)
	$(LINK) $(CMOCKA_LIBS)

$(B)/tests/fuzz/%: $(B)/tests/fuzz/%.o $(B)/tests/fuzz/replay.o $(ARCHIVES)
	$(LINK)

check: all $(UNIT) $(FUZZ)
	PATH="$(abspath $(B))/bin:$$PATH" CMOCKA_MESSAGE_OUTPUT=TAP \
		prove -j4 --exec '' tests/*.t $(UNIT) $(FUZZ)

clean:
	rm -rf $(B)

.PHONY: all check clean
.SECONDARY:
-include $(wildcard $(B)/*/*.d $(B)/*/*/*.d)
