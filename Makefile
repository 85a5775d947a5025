# SPDX-License-Identifier: MIT
# galley: see CONTRIBUTING.md. Everything that is built lies in $(B).
#
#	make		the programs, in build/bin/
#	make demo	a novella, its readers' mails, and what comes of them
#	make check	unit, fuzz corpus and command tests
#	make check-asan	the same under gcc's sanitizers
#	make check-drafts	validators, reading engines and a browser on drafts
#	make fuzz	search for trouble, FUZZ_SECONDS=60 for each target
#	make bench	speed, as ratios to pandoc and cmark
#	make install	knows DESTDIR and PREFIX; make uninstall
#	make V=1	says each command in full
#	make deps	what `make` and `make check` need from Debian; the
#			others call for theirs when something is missing

.DEFAULT_GOAL := all

B = build
VERSION = 0.1
PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man
BASH_COMPLETION_DIR = $(PREFIX)/share/bash-completion/completions
ZSH_COMPLETION_DIR = $(PREFIX)/share/zsh/site-functions

# One command a line: galley-<name>, its source cmd/<name>.c and its page
# cmd/<name>.1.
COMMANDS = \
	init \
	outline \
	check \
	export \
	round \
	send \
	collect \
	list \
	show \
	status \
	apply \
	decline \
	defer \
	review \
	redline \
	thanks \
	am \
	verify \
	join \
	split \
	credits \
	merge-file

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

# What is needed of Debian: to build and `make check`; for the drafts' judges;
# to fuzz; to compare speed.
PACKAGES = gcc libc6-dev make pkg-config git perl mandoc libgit2-dev \
	libunistring-dev libcmark-dev libxml2-dev libzip-dev libdeflate-dev \
	libjansson-dev uuid-dev libssl-dev libgmime-3.0-dev libqrencode-dev \
	libcmocka-dev
DRAFT_PACKAGES = openjdk-17-jre-headless nodejs npm python3 mupdf-tools \
	chromium epubcheck fonts-dejavu-core fonts-liberation unzip \
	golang-github-yuin-goldmark-dev msmtp python3-aiosmtpd \
	$(if $(wildcard /usr/sbin/sendmail),,opensmtpd)
FUZZ_PACKAGES = clang libclang-rt-14-dev
BENCH_PACKAGES = pandoc cmark zip wdiff
DEPS = sh tests/tools/deps.sh

LIBRARIES = libgit2 libcmark libxml-2.0 libzip libdeflate libcrypto jansson uuid \
	gmime-3.0 libqrencode
CMOCKA_LIBS = -lcmocka

# The libraries' flags, written to a file that make reads: where it is missing,
# make first runs the rule, which installs what is missing, then starts again.
ifneq ($(filter-out clean uninstall deps deps-%,$(or $(MAKECMDGOALS),all)),)
include $(B)/packages.mk
endif
$(B)/packages.mk: Makefile
	@$(DEPS) $(PACKAGES)
	@pkg-config --exists --print-errors $(LIBRARIES)
	@mkdir -p $(@D)
	@{ echo "PACKAGE_CFLAGS = $$(pkg-config --cflags $(LIBRARIES))"; \
	echo "PACKAGE_LIBS = $$(pkg-config --libs $(LIBRARIES)) \
		-lunistring"; } >$@

LIB_OBJECTS := $(patsubst %.c,$(B)/%.o,$(wildcard lib/*.c))
FORMATS_OBJECTS := $(patsubst %.c,$(B)/%.o,$(wildcard formats/*.c))
UNIT := $(patsubst tests/unit/%.c,$(B)/tests/unit/%,$(wildcard tests/unit/*.c))
FUZZ := $(patsubst tests/fuzz/%.c,$(B)/tests/fuzz/%,\
	$(filter-out tests/fuzz/replay.c,$(wildcard tests/fuzz/*.c)))
BENCH := $(patsubst tests/bench/%.c,$(B)/tests/bench/%,\
	$(wildcard tests/bench/*.c))
# What commands share; each links what it uses of it.
CMD_OBJECTS := $(patsubst %.c,$(B)/%.o,$(filter-out \
	cmd/galley.c $(COMMANDS:%=cmd/%.c),$(wildcard cmd/*.c)))
TOOLS := $(B)/tests/tools/killer $(B)/tests/tools/batch
PROGRAMS := $(B)/bin/galley \
	$(addprefix $(B)/bin/galley-,$(COMMANDS))

all: $(PROGRAMS)

# One short line for what is made; V=1 prints the command instead.
say = $(if $(V),,@echo '   $(1)' $@;)

# A layer sees only what it may include.
$(B)/lib/%.o:         INCLUDES = -iquote lib
$(B)/formats/%.o:     INCLUDES = -iquote lib -iquote formats -iquote $(B)
$(B)/cmd/%.o:         INCLUDES = -iquote lib -iquote formats -iquote cmd
$(B)/cmd/galley.o:    INCLUDES += -iquote $(B) -DVERSION='"$(VERSION)"'
$(B)/formats/generator.o: INCLUDES += -DVERSION='"$(VERSION)"'
$(B)/tests/%.o:       INCLUDES = -iquote lib -iquote formats -iquote tests

# A file's bytes as numbers, for #include in an array: "formats/epub.css.inc".
# An object that has one names it here.
BYTES = $(call say,GEN) perl -0777 -ne 'print join(",\n", unpack "c*"), "\n"' $< >$@
$(B)/%.inc: %
	@mkdir -p $(@D)
	$(BYTES)
$(B)/formats/epub_write.o: $(B)/formats/epub.css.inc \
	$(B)/formats/epub-media.css.inc $(B)/formats/epub-redline.css.inc
$(B)/formats/letter_texts.o: $(patsubst %,$(B)/%.inc,\
	$(wildcard formats/letters/*.txt))

# What galley lists: each command with the first line of its page.
$(B)/cmd/commands.inc: Makefile $(COMMANDS:%=cmd/%.1)
	@mkdir -p $(@D)
	$(call say,GEN) for name in $(COMMANDS); do \
		sed -n "s/^\.Nd \(.*\)/{ \"$$name\", \"\1\" },/p" cmd/$$name.1; \
	done >$@
$(B)/cmd/galley.o: $(B)/cmd/commands.inc

# The scripts of a page or site, one a line; put together, in this order, without
# indentation and comments. The first has what the others use.
DRAFT_SCRIPTS = \
	draft.js \
	draft_look.js \
	draft_search.js \
	draft_notes.js \
	draft_place.js \
	draft_changes.js \
	suggest_words.js \
	suggest_source.js \
	suggest_patch.js \
	suggest_mail.js \
	suggest_store.js \
	suggest_place.js \
	suggest_panel.js

$(B)/formats/scripts.js: $(DRAFT_SCRIPTS:%=formats/%) Makefile
	@mkdir -p $(@D)
	$(call say,GEN) perl -0777 -pe 's{^\s*/\*.*?\*/\n}{}gms; s{\s*/\*.*\*/$$}{}gm; s/^\s+//gm' \
		$(DRAFT_SCRIPTS:%=formats/%) >$@
$(B)/formats/scripts.js.inc: $(B)/formats/scripts.js
	$(BYTES)
$(B)/formats/web_frame.o: $(B)/formats/draft.css.inc \
	$(B)/formats/scripts.js.inc
$(B)/formats/web_words.o: $(B)/formats/draft.html.inc
$(B)/formats/web_redline.o: $(B)/formats/redline.css.inc

# A file's hash as a Content Security Policy names it, as a string of C; without
# the line end at its end, which some validators take away first.
HASH = $(call say,GEN) perl -MDigest::SHA=sha256_base64 -0777 -ne \
	's/\s+\z//; print "\"sha256-", sha256_base64($$_), "=\"\n"' $< >$@
$(B)/%.sha256: %
	@mkdir -p $(@D)
	$(HASH)
$(B)/formats/scripts.js.sha256: $(B)/formats/scripts.js
	$(HASH)
$(B)/formats/page_write.o: $(B)/formats/draft.css.sha256 \
	$(B)/formats/redline.css.sha256 $(B)/formats/scripts.js.sha256

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC) $(CC) $(INCLUDES) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/liblib.a: $(LIB_OBJECTS)
$(B)/libformats.a: $(FORMATS_OBJECTS)
$(B)/libcmd.a: $(CMD_OBJECTS)
$(B)/%.a:
	@rm -f $@
	$(call say,AR) $(AR) rcs $@ $^

LINK = $(call say,LINK) $(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) \
	$(filter %/libcmd.a,$^) $(B)/libformats.a $(B)/liblib.a \
	-Wl,--as-needed $(PACKAGE_LIBS)
ARCHIVES = $(B)/libformats.a $(B)/liblib.a

$(B)/bin/galley: $(B)/cmd/galley.o $(B)/libcmd.a $(ARCHIVES)
	@mkdir -p $(@D)
	$(LINK)

$(B)/bin/galley-%: $(B)/cmd/%.o $(B)/libcmd.a $(ARCHIVES)
	@mkdir -p $(@D)
	$(LINK)

# a command of several files names the others here
$(B)/bin/galley-round: $(B)/cmd/round_drafts.o $(B)/cmd/round_print.o
$(B)/bin/galley-redline: $(B)/cmd/redline_print.o \
	$(B)/cmd/redline_words.o $(B)/cmd/redline_summary.o

$(B)/tests/unit/%: $(B)/tests/unit/%.o $(B)/tests/novel.o $(ARCHIVES)
	$(LINK) $(CMOCKA_LIBS)

$(B)/tests/unit/prose_laws $(B)/tests/unit/prose_place: $(B)/tests/drift.o $(B)/tests/drift_text.o \
	$(B)/tests/drift_truth.o
$(B)/tests/unit/patch_damage: $(B)/tests/patch_samples.o
$(B)/tests/unit/epub_write $(B)/tests/unit/epub_readers: $(B)/tests/shelf.o

$(B)/tests/fuzz/%: $(B)/tests/fuzz/%.o $(B)/tests/fuzz/replay.o $(ARCHIVES)
	$(LINK)

$(B)/tests/tools/%: $(B)/tests/tools/%.o $(ARCHIVES)
	$(LINK)

# libFuzzer instead of replay.c; `make fuzz` builds these with clang
$(B)/fuzzers/%: $(B)/tests/fuzz/%.o $(ARCHIVES)
	@mkdir -p $(@D)
	$(LINK) -fsanitize=fuzzer

$(B)/tests/bench/%: $(B)/tests/bench/%.o $(B)/tests/novel.o $(ARCHIVES)
	$(LINK) -lm

CHECKS = $(sort $(wildcard tests/*.t))
# Not under sanitizers: what is of the sources, and what starts commands by
# hundreds, to kill them, which the other tests let run to their end.
NOT_ASAN = tests/headers.t tests/manual.t tests/deps.t tests/install.t \
	tests/killed.t tests/killer.t
# Which of a command's writes are interrupted: one in so many; 1 takes long.
KILLED_STEP = 16

check: all $(UNIT) $(FUZZ) $(TOOLS)
	@chmod +x tests/*.t || : # easily forgotten
	@# a home of its own: nothing may depend on who runs the tests
	@mkdir -p $(B)/home
	@printf '[user]\n\tname = Ada Author\n\temail = ada@example.org\n' \
		>$(B)/home/.gitconfig
	HOME="$(abspath $(B))/home" GIT_CONFIG_NOSYSTEM=1 \
	B="$(abspath $(B))" PATH="$(abspath $(B))/bin:$$PATH" \
		CMOCKA_MESSAGE_OUTPUT=TAP KILLED_STEP=$(KILLED_STEP) \
		prove -j4 --timer --exec '' $(CHECKS) $(UNIT) $(FUZZ)

# A report never passes for status 1, which means "no".
check-asan:
	ASAN_OPTIONS=exitcode=99:detect_leaks=1:detect_stack_use_after_return=1 \
	UBSAN_OPTIONS=print_stacktrace=1 \
	$(MAKE) check B=$(B)/asan SANITIZE=address,undefined \
		CHECKS="$(filter-out $(NOT_ASAN),$(CHECKS))"

CACHE = $(or $(EBOOK_TOOLS_CACHE),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/ebook-tools)
check-drafts: all $(BENCH) $(B)/tests/tools/markdown_html
	@$(DEPS) $(DRAFT_PACKAGES)
	EBOOK_TOOLS_CACHE=$(CACHE) tests/tools/fetch.sh
	B="$(abspath $(B))" sh tests/heavy/drafts.sh $(B)/drafts
	B="$(abspath $(B))" PATH="$(abspath $(B))/bin:$$PATH" \
		drafts="$(abspath $(B))/drafts" \
		EBOOK_TOOLS_CACHE=$(CACHE) EBOOK_TOOLS_OFFLINE=1 \
		prove -j2 --timer --exec '' tests/heavy/*.t

FUZZ_SECONDS = 60
TARGETS = $(notdir $(FUZZ))
fuzzers: $(TARGETS:%=$(B)/fuzzers/%)
fuzz:
	@$(DEPS) $(FUZZ_PACKAGES)
	$(MAKE) fuzzers B=$(B)/fuzz CC=clang \
		SANITIZE=fuzzer-no-link,address,undefined
	FUZZ_SECONDS=$(FUZZ_SECONDS) sh tests/tools/fuzz.sh $(B)/fuzz $(TARGETS)

bench: all $(BENCH)
	@$(DEPS) $(BENCH_PACKAGES)
	@B="$(abspath $(B))" PATH="$(abspath $(B))/bin:$$PATH" \
		sh tests/bench/run.sh $(BENCHES)

demo: all
	@B="$(abspath $(B))" PATH="$(abspath $(B))/bin:$$PATH" \
		sh samples/demo.sh

deps:
	@$(DEPS) $(PACKAGES)
deps-all:
	@$(DEPS) $(PACKAGES) $(DRAFT_PACKAGES) $(FUZZ_PACKAGES) $(BENCH_PACKAGES)

install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man1 \
		$(DESTDIR)$(BASH_COMPLETION_DIR) $(DESTDIR)$(ZSH_COMPLETION_DIR)
	install -m 755 $(PROGRAMS) $(DESTDIR)$(BINDIR)
	ln -sf galley $(DESTDIR)$(BINDIR)/git-galley
	install -m 644 cmd/galley.1 $(DESTDIR)$(MANDIR)/man1
	ln -sf galley.1 $(DESTDIR)$(MANDIR)/man1/git-galley.1
	for name in $(COMMANDS); do \
		install -m 644 cmd/$$name.1 \
			$(DESTDIR)$(MANDIR)/man1/galley-$$name.1 || exit; \
	done
	install -m 644 cmd/completion.bash \
		$(DESTDIR)$(BASH_COMPLETION_DIR)/galley
	install -m 644 cmd/_galley $(DESTDIR)$(ZSH_COMPLETION_DIR)/_galley

uninstall:
	rm -f $(addprefix $(DESTDIR)$(BINDIR)/,git-galley galley \
			$(addprefix galley-,$(COMMANDS))) \
		$(addprefix $(DESTDIR)$(MANDIR)/man1/,git-galley.1 galley.1 \
			$(patsubst %,galley-%.1,$(COMMANDS))) \
		$(DESTDIR)$(BASH_COMPLETION_DIR)/galley \
		$(DESTDIR)$(ZSH_COMPLETION_DIR)/_galley

clean:
	rm -rf $(B)

.PHONY: all check check-asan check-drafts fuzzers fuzz bench demo deps \
	deps-all install uninstall clean
.SECONDARY:
-include $(wildcard $(B)/*/*.d $(B)/*/*/*.d)
