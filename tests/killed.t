#!/bin/sh
# SPDX-License-Identifier: MIT
# A command that is killed, before any call that writes to the disk, is healed
# by giving it again.
. "${0%/*}/lib.sh"

killer=$B/tests/tools/killer
[ -x "$killer" ] || skip_all "no $killer: make it first"
"$killer" -n 999 true || skip_all 'processes cannot be watched here'

# whole FOLDER: all that matters of a repository, its drafts and what else lies
# in the folder; not what is half written under a name of its own, here or in
# git's folder
whole() (
	cd "$1" || exit
	find . \( -path ./.git/objects -o -path ./.git/index \
		-o -path ./.git/logs -o -path "./.git/galley-*" \
		-o -path "./*.??????" -o -path "./*.epub.*" \) -prune \
		-o -type f -exec sha1sum {} + -o -print | sort -k 2
	git status --porcelain -uno
	git for-each-ref
	git fsck --strict --no-dangling 2>&1
)

# leaks cannot be looked for in a process that is watched
unwatched=$ASAN_OPTIONS:detect_leaks=0

# heals FOLDER COMMAND...: killed anywhere in that repository and given again,
# the command ends as if nothing had been, be its answer yes or no. With $step,
# only at every so manieth call
heals() {
	from=$1 answer=0
	shift
	rm -rf undisturbed
	cp -a "$from" undisturbed
	(cd undisturbed && "$@" >/dev/null 2>&1) || answer=$?
	[ "$answer" -le 1 ] || return
	whole undisturbed >undisturbed.state
	for n in $(seq 1 "${step:-1}" 10000); do
		rm -rf victim
		cp -a "$from" victim
		got=0
		(cd victim && ASAN_OPTIONS=$unwatched "$killer" -n "$n" "$@" \
			>/dev/null 2>&1) || got=$?
		[ "$got" = "$answer" ] && break
		(cd victim && exits "$answer" "$@") >log 2>&1 &&
			whole victim >victim.state &&
			diff undisturbed.state victim.state || {
			echo "killed before call $n, and not healed:"
			cat log
			return 1
		}
	done
	echo "killed $((n - 1)) times"
	[ "$n" -gt 3 ] && whole victim | diff undisturbed.state -
}

git init -q book && cd book || exit
printf '[book]\n\ttitle = The Fog\n' >galley.conf
printf -- '- [One](1.md)\n' >SUMMARY.md
printf '# One\n\nFirst words.\n' >1.md
git add . && git commit -qm one && cd ..
cp -a book opened
(cd opened && galley-round open --no-drafts) >/dev/null

check 'a round is opened' '
	heals book galley-round open -m words --due=2w -o drafts'
check 'a second round of the same commit is opened' '
	heals opened galley-round open --no-drafts second'
check 'a round is closed' '
	heals opened galley-round close'

# A book of two chunks whose readers sent corrections of both, one that does not
# fit and one that cannot be placed; the author is at work on a third file.
git init -q read && cd read || exit
printf '[book]\n\ttitle = The Fog\n' >galley.conf
printf -- '- [One](1.md)\n- [Two](2.md)\n' >SUMMARY.md
printf '# One\n\nThe fog came in at five, and nobody saw it.\n' >1.md
printf '# Two\n\nThe lamp was lit. The wind was cold.\n' >2.md
echo notes >notes.txt
git add . && git commit -qm one && galley-round open --no-drafts >/dev/null
# say NAME FILE SED: what a reader sends
say() {
	sed -i "$3" "$2" && git commit -qam "$1" \
		--author="$1 <$1@example.net>" &&
		git format-patch -1 --stdout && git reset -q --hard HEAD^
}
{
	say Ann 1.md 's/at five/at four/'
	say Ben 2.md 's/cold/icy/'
	say Cat 2.md 's/was lit/burnt/'
	say Dan 1.md 's/nobody/no one/'
	say Eve 2.md 's/cold/wet/' | sed '/^index/d; s/lamp/light/'
} >../mbox
sed -i 's/The lamp was lit/Somebody lit the lamp/' 2.md
git commit -qam more && echo unfinished >>notes.txt && cd ..
cp -a read collected
(cd collected && galley-collect ../mbox) >/dev/null

step=${KILLED_STEP:-8} # 1 takes long
check 'what readers sent is collected' '
	heals read galley-collect ../mbox'
check 'what they said is applied' '
	heals collected galley-apply --clean'
check 'it is collected and applied in one go' '
	heals read galley-am ../mbox'
check 'a commit of the author answers what they said' '
	(cd collected && galley-list -oq) >ids
	heals collected galley-apply --with=HEAD $(cat ids)'
check 'what they said is declined' '
	(cd collected && galley-list -oq) >ids
	heals collected galley-decline -m "it is meant so" $(cat ids)'

# Mails: in a Maildir each is there once, wherever it was interrupted; notes say
# the same, though they may have been written by two commits.
whole() (
	cd "$1" || exit
	find . -path ./.git -prune -o -type f ! -name "*.??????" \
		-exec sha1sum {} + | sort -k 2
	git for-each-ref | grep -v refs/notes/
	for ref in $(git for-each-ref --format="%(refname)" refs/notes); do
		echo "$ref"
		git ls-tree -r "$ref"
	done
	ls .git | grep "^galley-[^r]" || :
	git fsck --strict --no-dangling 2>&1
)
cp -a collected answered
(cd answered && galley-apply --clean; galley-decline -m no $(galley-list -oq)
	printf 'Ann <ann@example.net>\nBen <ben@example.net>\n' >readers
	echo readers >>.git/info/exclude) >log 2>&1
cp -a answered reread
(cd reread && galley-send -o ../old.mbox && galley-round open --no-drafts) \
	>log 2>&1
check 'a round is sent' '
	heals answered galley-send --outbox=outbox'
check 'readers are told what became of what they said' '
	heals answered galley-thanks --outbox=outbox'
check 'the same into an mbox' '
	heals answered galley-thanks -o out.mbox'
check 'a round with what changed since the last one is sent' '
	heals reread galley-send --since-last --outbox=outbox'

# A mailer that is killed with us, or after it had taken the mail, gets it once
# more: the same one, and only that.
cat >mailer <<'END'
#!/bin/sh
for to; do :; done
cat >half.killed || exit
id=$(sed -n 's/^Message-Id: //p' half.killed)
[ ! -e "sent-$to-$id" ] || echo "$to" >>again.killed
mv half.killed "sent-$to-$id"
END
chmod +x mailer
cp -a answered mailed
git -C mailed config sendemail.sendmailCmd "$directory/work/mailer"
# with COMMAND...: and nobody got more than one again
cat >with <<'END'
#!/bin/sh
"$@" || exit
[ "$(cat again.killed 2>/dev/null | wc -l)" -le 1 ] || echo >twice
END
chmod +x with
check 'a mailer gets a round for each reader once, and at most one again' '
	heals mailed ../with galley-send'
check 'and what became of what they said' '
	heals mailed ../with galley-thanks --send'
finished
