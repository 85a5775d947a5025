#!/bin/sh
# SPDX-License-Identifier: MIT
#
# deps.sh PACKAGE...: installs the Debian packages that are missing, and says
# which. Nothing missing: nothing said, a few milliseconds.
set -eu

if ! command -v dpkg-query >/dev/null 2>&1; then
	echo "note: no Debian here; what is needed is called there: $*" >&2
	exit 0
fi

# what is installed, by its own name and by the names that it provides
missing=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package} ${Provides}\n' |
	awk -v wanted="$*" '
	$1 == "ii" { gsub(/\([^)]*\)|,/, ""); for (i = 2; i <= NF; i++) have[$i] }
	END {
		n = split(wanted, names, " ")
		for (i = 1; i <= n; i++)
			if (!(names[i] in have))
				printf "%s ", names[i]
	}')
[ "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
	as_root=sudo
	[ -t 0 ] || as_root='sudo -n'
	if ! command -v sudo >/dev/null 2>&1; then
		echo "fatal: please install, as root: apt-get install $missing" >&2
		exit 1
	fi
fi

echo "installing from Debian: $missing" >&2
apt() {
	# shellcheck disable=SC2086
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y \
		-o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" </dev/null
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086
if ! apt install --no-install-recommends $missing >"$log" 2>&1; then
	# package lists that are missing or old are the usual reason
	echo "refreshing the package lists" >&2
	apt update >>"$log" 2>&1 || :
	if ! apt install --no-install-recommends $missing >"$log" 2>&1; then
		tail -n 20 "$log" >&2
		echo "fatal: could not install: $missing" >&2
		exit 1
	fi
fi
