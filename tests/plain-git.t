#!/bin/sh
# SPDX-License-Identifier: MIT
# What galley keeps is plain git: cherry-picked, mailed and reverted as any
# commit is.
. "${0%/*}/lib.sh"
. "$project/tests/handbook.sh"

# state COMMENT: what became of it
state() {
	galley-list -a --json | perl -0ne '
		print $1 if /"id": "'"$1"'".*?"state": "(\w+)"/s'
}
# the book with one comment, $id, in a folder
commented() {
	cp -R "$directory/work/one" "$1" && cd "$1" && id=$(galley-list -q)
}
refs() {
	git for-each-ref refs/comments
}
handbook one
(
	cd one && message='Plain, not simple

It is *plain*. See:

- the glossary
	and "the log"' patch_by 'Zoë Reader' round/1 foreword.md \
		s/simplest/plainest/ >../mail
	galley-collect ../mail
) >/dev/null

check 'a comment that is cherry-picked is applied' '
	commented picked
	git cherry-pick $id
	[ $(state $id) = applied ] && grep plainest foreword.md
	galley-apply $id
	git fsck --strict'
check 'and so it is with -x, and with other words around it' '
	commented picked-x
	git cherry-pick -x $id && [ $(state $id) = applied ]
	git reset -q --hard HEAD^ && [ $(state $id) = open ]
	git cherry-pick --no-commit $id && git commit -qm "Mine

Comment: $id"
	[ $(state $id) = applied ]'
check 'reverted it is open again; the revert reverted, it is applied' '
	commented reverted
	galley-apply $id && [ $(state $id) = applied ]
	git revert --no-edit HEAD && [ $(state $id) = open ]
	grep simplest foreword.md
	git revert --no-edit HEAD && [ $(state $id) = applied ]
	git revert --no-edit HEAD && [ $(state $id) = open ]
	galley-apply $id && [ $(state $id) = applied ]
	grep plainest foreword.md
	git reset -q --hard round/2 && [ $(state $id) = open ]'
check 'a pick that is reverted is open again' '
	commented pick-reverted
	git cherry-pick $id && git revert --no-edit HEAD
	[ $(state $id) = open ]'
check 'as a patch that is mailed, it is the same comment again' '
	commented mailed && refs >../before
	git format-patch -1 --stdout $id >../own
	again() {
		galley-collect "$@" >../out
		grep "^1 already known$" ../out && refs | diff ../before -
	}
	again ../own
	git update-ref -d $(git for-each-ref --format="%(refname)" \
		refs/comments)
	galley-collect ../own && refs | diff ../before -
	git clone -q "$made.git" ../other && cd ../other
	galley-collect ../own && refs | diff ../before -'
# sent ENCODING: the mail on stdin as `git send-email` of somebody else sends it
sent() {
	perl -MMIME::Base64 -MMIME::QuotedPrint -0777 -ne '
		BEGIN { $e = shift }
		my ($head, $body) = /^From .*?\n(.*?\n)\n(.*)/s;
		my ($from) = $head =~ /^From: (.*)\n/m;
		my ($subject) = $head =~ /^(Subject: .*\n(?:[ \t].*\n)*)/m;
		$from =~ s/=\?UTF-8\?q\?(.*?)\?=/decode_qp($1)/e;
		$body = "From: $from\n\n$body";
		$body = encode_base64($body) if $e eq "base64";
		$body = encode_qp($body) if $e eq "quoted-printable";
		print "From ada\@example.org Thu Jan  1 00:00:00 1970\n",
			"From: Cat Colleague <cat\@example.org>\n",
			"To: ada\@example.org\n", $subject,
			"Date: Mon,  2 Mar 2026 10:11:12 +0200\n",
			"Message-Id: <20260302101112.1-1-$e\@example.org>\n",
			"X-Mailer: git-send-email 2.39.5\nMIME-Version: 1.0\n",
			"Content-Type: text/plain; charset=UTF-8\n",
			"Content-Transfer-Encoding: $e\n\n$body\n"' "$1"
}
check 'and when git send-email has been at it' '
	git clone -q "$made.git" sent && cd sent
	for encoding in 8bit quoted-printable base64; do
		sent $encoding <../own >../sent.mbox
		[ -z "$(galley-list -q)" ]
		galley-collect ../sent.mbox
		refs | diff ../before -
		git update-ref -d $(git for-each-ref \
			--format="%(refname)" refs/comments)
	done
	sed "1,/^$/ {
		s/^Date: .*/Date: Tue, 3 Mar 2026 00:00:00 +0000/
		s/=?.*?=/Somebody/
	}" ../own | galley-collect \
		--from="Zoë Reader <zo.reader@example.net>" >out
	grep "Zoë Reader: Plain" out && refs | diff ../before -'
check 'and when its reader wrote no more than a subject' '
	git clone -q "$made.git" short && cd short
	(cd ../one && patch_by Ben round/1 foreword.md s/keepers/owners/) |
		galley-collect
	refs >../short.refs && git format-patch -1 --stdout \
		$(galley-list -q) >../short.mbox
	git clone -q "$made.git" ../long && cd ../long
	sent base64 <../short.mbox | galley-collect
	refs | diff ../short.refs -'
check 'git am takes it where its reader was' '
	git clone -q "$made.git" am && cd am && git checkout -q round/1
	git am -q ../own && grep plainest foreword.md
	[ "$(git log -1 --format="%an %ad")" = \
		"Zoë Reader Sat Feb 14 09:00:00 2026 +0100" ]
	# and as it is the comment, that is applied
	git fetch -q ../mailed "refs/comments/*:refs/comments/*"
	[ $(state $(galley-list -aq)) = applied ]'
check 'another reader who forwards it says the same' '
	commented forwarded
	sed "s/Zo=C3=AB/Ben/; s/zo.reader/ben/; s/^From: .*/From: Ben <b@x.org>/" \
		../mail >../ben
	galley-collect ../ben && [ $(galley-list -oq | grep -c .) = 2 ]
	[ $(galley-list | grep -c "^[0-9a-f]\{8\} ") = 1 ]'
check 'git merge of a branch where it was applied applies it' '
	commented merged
	git checkout -q -b side && galley-apply $id
	git checkout -q main && [ $(state $id) = open ]
	echo >>colophon.md && git commit -qam more && git merge -q --no-edit side
	[ $(state $id) = applied ]'
check 'a rebase of what was applied keeps it applied' '
	commented rebased
	galley-apply $id && git branch keep && git reset -q --hard HEAD^
	echo >>colophon.md && git commit -qam more
	git rebase -q HEAD keep && [ $(state $id) = applied ]'
finished
