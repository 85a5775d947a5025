# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Shared helpers for the e-book quality tools; source it, do not run it.
#
# EBOOK_TOOLS_CACHE    where npm packages are kept
#                      (default: ${XDG_CACHE_HOME:-~/.cache}/ebook-tools)
# EBOOK_TOOLS_CHROMIUM browser to use (default: chromium, chromium-browser, google-chrome)
# EBOOK_TOOLS_JOBS     parallel jobs (default: number of processors)
# EBOOK_TOOLS_OFFLINE  1 = never install, fail when something is missing
# EBOOK_TOOLS_NO_SANDBOX 1 = start the browser without its sandbox (always so for root and in Ace)
#
# Exit statuses of all tools: 0 clean, 1 findings, 2 wrong usage, 3 a tool is missing or broke.

set -euo pipefail

tools_dir=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
: "${EBOOK_TOOLS_CACHE:=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/ebook-tools}"
: "${EBOOK_TOOLS_JOBS:=$(nproc 2>/dev/null || echo 2)}"
: "${EBOOK_TOOLS_OFFLINE:=0}"
export EBOOK_TOOLS_CACHE EBOOK_TOOLS_JOBS

die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 3; }
usage_error() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 2; }

work_dir=
make_work_dir() {
	work_dir=$(mktemp -d "${TMPDIR:-/tmp}/ebook-tools.XXXXXX") || die 'no temporary folder'
	trap 'rm -rf -- "$work_dir"' EXIT
}

# usage: the words at the top of the tool
usage() { sed -n '4,/^[^#]/s/^# \{0,1\}//p' "$0" >&2; exit 2; }

# install_packages PACKAGE...: Debian packages, if they are missing
install_packages() {
	[ "$EBOOK_TOOLS_OFFLINE" = 0 ] || die "missing: $* (EBOOK_TOOLS_OFFLINE is set)"
	sh "$tools_dir/deps.sh" "$@" || die "could not install: $*"
}

# need COMMAND PACKAGE...: makes sure that COMMAND exists.
need() {
	local cmd=$1
	shift
	command -v "$cmd" >/dev/null && return
	install_packages "$@"
	command -v "$cmd" >/dev/null || die "$cmd is still missing after installing $*"
}

need_java() { need java openjdk-17-jre-headless; }

need_node() {
	need node nodejs npm
	command -v npm >/dev/null || install_packages npm
	local major
	major=$(node -p 'process.versions.node.split(".")[0]')
	[ "$major" -ge 18 ] || die "Node.js 18 or newer is needed, found $(node -v)"
}

# need_npm GROUP: installs npm/GROUP/package-lock.json into the cache; sets npm_dir.
need_npm() {
	need_node
	local src=$tools_dir/npm/$1 key tmp
	key=$(cat "$src/package.json" "$src/package-lock.json" | sha256sum | cut -c1-16)
	npm_dir=$EBOOK_TOOLS_CACHE/npm/$1-$key
	[ -e "$npm_dir/.complete" ] && return
	[ "$EBOOK_TOOLS_OFFLINE" = 0 ] || die "npm packages of group '$1' are not in the cache"
	mkdir -p -- "$EBOOK_TOOLS_CACHE/npm"
	exec 9>"$EBOOK_TOOLS_CACHE/npm/.lock"
	flock 9
	if [ ! -e "$npm_dir/.complete" ]; then
		tmp=$(mktemp -d "$EBOOK_TOOLS_CACHE/npm/.new.XXXXXX")
		cp -- "$src/package.json" "$src/package-lock.json" "$tmp/"
		# No install scripts: they would fetch browsers or a Java runtime that are not needed.
		if ! (cd "$tmp" && PUPPETEER_SKIP_DOWNLOAD=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 \
			npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >"$tmp/npm.log" 2>&1; then
			tail -n 20 "$tmp/npm.log" >&2
			rm -rf -- "$tmp"
			die "npm could not install group '$1'"
		fi
		: >"$tmp/.complete"
		rm -rf -- "$npm_dir"
		mv -- "$tmp" "$npm_dir"
	fi
	exec 9>&-
}

# need_chromium: sets and exports EBOOK_TOOLS_CHROMIUM.
need_chromium() {
	local c
	if [ -z "${EBOOK_TOOLS_CHROMIUM:-}" ]; then
		for c in chromium chromium-browser google-chrome; do
			EBOOK_TOOLS_CHROMIUM=$(command -v "$c") && break
		done
		if [ -z "${EBOOK_TOOLS_CHROMIUM:-}" ]; then
			install_packages chromium fonts-dejavu-core fonts-liberation
			EBOOK_TOOLS_CHROMIUM=$(command -v chromium) || die 'no Chromium'
		fi
	fi
	export EBOOK_TOOLS_CHROMIUM
}

java_run() { java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.awt.headless=true "$@"; }
