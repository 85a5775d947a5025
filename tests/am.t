#!/bin/sh
# SPDX-License-Identifier: MIT
# In any repository of prose: patches by mail go into the text, or are kept.
. "${0%/*}/lib.sh"
. "$project/tests/handbook.sh"

# prose NAME: a repository without an outline, that has gone on since "base"
prose() {
	git init -q "$1" && cd "$1" || return
	mkdir text
	printf 'The ship lay off the bar, and nobody came. The wind was cold.

It rained all night. In the morning there was a boat.\n' >text/one.md
	printf '\\section{Fog}\nThe fog came in at five, and stayed for a week.
Nobody saw the lamp.\n' >text/fog.tex
	printf '<html xmlns="http://www.w3.org/1999/xhtml"><body>
<p>The lamp was lit at dusk, and put out at dawn.</p>
</body></html>\n' >text/lamp.xhtml
	printf '# Read me\n\nThis is a story of a lamp.\n' >README.md
	git add . && git commit -qm base && git tag base
	perl -pi -e 's/at five/at four/' text/fog.tex
	printf 'It was spring.\n\n' | cat - text/one.md >one &&
		mv one text/one.md
	perl -pi -e 's/It rained all night/There was rain/' text/one.md
	git commit -qam 'gone on'
}
prose book >/dev/null
(
	patch_by Md base text/one.md 's/nobody came/no one came/'
	patch_by Tex base text/fog.tex 's/a week/nine days/'
	patch_by Xhtml base text/lamp.xhtml 's/put out/put off/'
	patch_by Readme base README.md 's/a lamp/one lamp/'
) >../fit
patch_by Gone base text/one.md 's/rained all/snowed all/' >../gone
patch_by Same base text/fog.tex 's/at five/at four/' >../same
cd ..

check 'each kind of text is patched where it is now' '
	cp -R book fit.d && cd fit.d
	galley-am ../fit >out && cat out
	grep "no one came" text/one.md && grep "nine days" text/fog.tex
	grep "put off" text/lamp.xhtml && grep "one lamp" README.md
	git log -4 --reverse --format="%an %cn" | tee log
	[ "$(tr "\n" , <log)" = "Md Ada Author,Tex Ada Author,Xhtml Ada \
Author,Readme Ada Author," ]
	[ -z "$(git status --porcelain -uno)" ] && [ -z "$(galley-list -q)" ]
	git fsck --strict'
check 'twice is once' '
	cd fit.d && git rev-parse HEAD >../head && galley-am ../fit
	git rev-parse HEAD | diff ../head -'
check 'what does not fit is kept open, listed, and the answer is no' '
	cp -R book gone.d && cd gone.d
	cat ../gone ../fit >../both && exits 1 galley-am ../both >out
	cat out && grep "does not fit: Gone" out
	grep "^    text/one.md:5: the " out
	[ $(git rev-list --count base..) = 5 ]
	[ $(galley-list -oq | grep -c .) = 1 ]
	[ -z "$(git status --porcelain -uno)" ]
	# the author makes room for it, and gives it again
	perl -pi -e "s/There was rain/It rained all night/" text/one.md
	git commit -qam "as it was" && galley-am ../both
	grep "snowed all" text/one.md && [ -z "$(galley-list -oq)" ]'
check 'the text that says so already is not changed' '
	cp -R book same.d && cd same.d && galley-am ../same >out
	grep "already there: Same" out
	[ $(git rev-parse HEAD) = $(git -C ../book rev-parse HEAD) ]'
check 'what cannot be read is kept, too' '
	cp -R book lost.d && cd lost.d
	sed "s,text/one,text/two," ../gone >../cut
	exits 1 galley-am ../cut >out && cat out && grep "not placed: " out
	[ $(galley-list -oq | grep -c .) = 1 ]'
check 'a dry run says what fits, what not and why, and writes nothing' '
	cp -R book dry.d && cd dry.d
	cat ../gone ../fit ../same >../all
	sed "s,text/one,text/two,; s/Gone/Lost/" ../gone >>../all
	find . -type f -exec cksum {} + | sort >../before
	exits 1 galley-am -n ../all >../out
	find . -type f -exec cksum {} + | sort | diff ../before -
	cat ../out
	[ $(grep -c "^[0-9a-f]* fits: \(Md\|Tex\|Xhtml\|Readme\): " \
		../out) = 4 ]
	grep "^[0-9a-f]* already there: Same: " ../out
	grep -A 1 "^[0-9a-f]* does not fit: Gone: " ../out |
		grep "^    text/one.md:5: the "
	grep "not placed: " ../out
	tail -n 1 ../out | grep "^4 would be applied, 1 already there, 1 left$"
	# it is what is done then, line for line
	exits 1 galley-am ../all | sed "s/ applied: / fits: /
		s/^4 applied/4 would be applied/" | diff ../out -
	# what is there already is told of, too
	git reset -q --hard HEAD~4
	galley-am -n ../fit >out && [ $(grep -c " fits: " out) = 4 ]'
check 'a dry run takes a series in its order, and the newest version' '
	cp -R book series-n && cd series-n && git checkout -q base
	git config user.name Ann && git config user.email ann@example.net
	perl -pi -e "s/cold/icy/" text/one.md && git commit -qam One
	perl -pi -e "s/was icy/grew icy/" text/one.md && git commit -qam Two
	git format-patch -q -o ../sn base && git checkout -q main
	cat ../sn/0002* ../sn/0001* | galley-am -n >../out
	grep "^2 would be applied$" ../out
	git checkout -q --detach base && perl -pi -e "s/cold/raw/" text/one.md
	git commit -qam "Raw" && git format-patch -q --stdout -1 >../v1
	perl -pi -e "s/raw/chilly/" text/one.md
	GIT_COMMITTER_DATE=2026-01-09T00:00:00Z git commit -qa --amend -m Raw \
		--date=2026-01-09T00:00:00Z
	git format-patch -q -v2 --stdout -1 >../v2 && git checkout -q main
	cat ../v1 ../v2 | galley-am -n >../out
	[ $(grep -c " fits: " ../out) = 1 ]
	[ -z "$(galley-list -aq)" ]'
check 'nothing is half done when a file is in the way' '
	cp -R book way.d && cd way.d && echo mine >>text/fog.tex
	git rev-parse HEAD >../head
	exits 128 galley-am ../fit >../out 2>../err && cat ../err
	grep "^fatal: .*text/fog.tex" ../err && grep -w mine text/fog.tex
	git rev-parse HEAD | diff ../head -
	[ "$(git status --porcelain -uno)" = " M text/fog.tex" ]
	git checkout -q text/fog.tex && galley-am ../fit'
check 'git am takes the same mails where they were made' '
	cp -R book git.d && cd git.d && git checkout -q base
	git am -q ../fit && git rev-parse HEAD^{tree} >../tree
	git checkout -q --detach base && galley-am ../fit
	git rev-parse HEAD^{tree} | diff ../tree -'
check 'a series is applied in its order' '
	cp -R book series.d && cd series.d && git checkout -q base
	git config user.name Ann && git config user.email ann@example.net
	perl -pi -e "s/cold/icy/" text/one.md && git commit -qam One
	perl -pi -e "s/was icy/grew icy/" text/one.md && git commit -qam Two
	perl -pi -e "s/grew icy/turned icy/" text/one.md && git commit -qam 3
	git format-patch -q -o ../s base && git checkout -q main
	cat ../s/0003* ../s/0001* ../s/0002* | galley-am
	grep "The wind turned icy" text/one.md
	git log -3 --reverse --format=%s | tr "\n" " " | grep "^One Two 3 $"'
check 'a repository without commits is told so' '
	git init -q empty && cd empty && exits 128 galley-am ../fit 2>err
	cat err && grep "^fatal: " err'
finished
