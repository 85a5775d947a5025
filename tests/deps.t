#!/bin/sh
# SPDX-License-Identifier: MIT
# What make deps would install, with a package manager that only says what it
# was told.
. "${0%/*}/lib.sh"

mkdir fake
fake() {
	printf '#!/bin/sh\n%s\n' "$2" >"fake/$1"
	chmod +x "fake/$1"
}
fake dpkg-query 'cat <<END
ii  gcc c-compiler, gcc-x86-64-linux-gnu (= 4:12.2.0-3)
ii  nodejs npm, nodejs-dev
rc  mandoc
un  pandoc
END'
fake id 'echo "${fake_id:-0}"'
fake apt-get 'echo "apt-get $*" >>told
	[ -e lists ] || [ "$(echo "$*" | grep -c update)" = 1 ] || exit 100
	: >lists'
fake sudo 'echo "sudo $1 $2" >>told
	[ "$1" = -n ] && shift
	exec "$@"'
deps() {
	PATH=$PWD/fake:/usr/bin:/bin sh "$tools/deps.sh" "$@"
}

check 'all there: nothing said, nothing done' '
	rm -f told
	deps gcc npm c-compiler >out 2>&1
	! [ -s out ] && ! [ -e told ]'
check 'what is missing, or was removed, is named and installed' '
	rm -f told && : >lists
	deps gcc mandoc pandoc cmark >out 2>&1
	grep "^installing from Debian: mandoc pandoc cmark *$" out
	[ "$(wc -l <told)" = 1 ]
	grep "install --no-install-recommends mandoc pandoc cmark" told'
check 'package lists are refreshed only when they must be' '
	rm -f told lists
	deps cmark 2>out
	cat told
	[ "$(grep -c update told)" = 1 ] && [ "$(grep -c install told)" = 2 ]'
check 'whoever is not root goes by sudo, which never waits for a password' '
	rm -f told && : >lists
	fake_id=1000 deps cmark </dev/null
	grep "^sudo -n env" told
	grep "^apt-get .*install.* cmark" told'
check 'without sudo, the words for root are said' '
	rm -f told && mkdir -p bare && cp fake/* bare && rm bare/sudo
	for tool in sh awk cat env mktemp tail rm; do
		ln -sf "$(command -v $tool)" bare/
	done
	fake_id=1000 exits 1 env PATH="$PWD/bare" sh "$tools/deps.sh" cmark 2>err
	grep "^fatal: please install, as root: apt-get install cmark" err
	! [ -e told ]'
check 'what cannot be installed is fatal, with the last words of apt-get' '
	printf "#!/bin/sh\necho E: no such package\nexit 100\n" >fake/apt-get
	exits 1 deps cmark 2>err
	grep "^E: no such package" err && grep "^fatal: could not install: cmark" err'
check 'elsewhere than on Debian, the names are said and the build goes on' '
	rm bare/dpkg-query
	exits 0 env PATH="$PWD/bare" sh "$tools/deps.sh" cmark 2>err
	grep "^note: .*cmark" err'
finished
