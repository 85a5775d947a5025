#!/bin/sh
# SPDX-License-Identifier: MIT
# A round goes out to its readers, to each once, with a copy of their own.
. "${0%/*}/lib.sh"
. "$project/tests/handbook.sh"

# mail FOLDER NAME: the one mail there to that reader: its head with folds
# undone, its words with lines joined again; without what is attached
mail() {
	[ "$(grep -l "^To: $2" "$1"/*/* | wc -l)" = 1 ] &&
		grep -l "^To: $2" "$1"/*/* | xargs cat |
		perl -MMIME::QuotedPrint -0777 -ne '
			my ($head, $body) = split /\n\n/, $_, 2;
			$head =~ s/\n[ \t]+/ /g;
			$body =~ s/\n--=_galley_\S+\n.*name=.*//s;
			$body = decode_qp($body)
				if /quoted-printable/;
			$body =~ s/(?<!--) \n(?:> )?/ /g;
			print "$head\n\n$body"'
}
# attached FOLDER NAME [N]: the file in that mail, or the one after it
attached() {
	grep -l "^To: $2" "$1"/*/* | xargs cat |
		perl -MMIME::Base64 -0777 -ne '
			BEGIN { $n = pop }
			@files = /\n\n([A-Za-z0-9+\/=\n]+)\n\n(?=--=_galley)/g
				or die;
			print decode_base64($files[$n])' "${3:-0}"
}
# no COMMAND...: it fails
no() {
	! "$@"
}
handbook first
cat >first/readers <<'END'
# who gets it
Ann Reader <ann@example.net>
Bea <bea@example.net> lang=de format=page
Cat <cat@example.net> format=link
Dan <dan@example.net> stop
../../x <dots@example.net> format=none
END
(cd first && echo readers >>.git/info/exclude && printf '[review]
	site = https://example.org/mill/\n' >>galley.conf &&
	git commit -qam site && GIT_COMMITTER_DATE=2026-03-02T00:00:00Z \
	galley-round open --no-drafts --due=2026-12-24 -m 'Hello.

This is a long line of the words to readers that an editor broke
at some seventy columns.
- a list
- of two' third) >log 2>&1 || exit

check 'the list says who gets what' '
	cd first
	galley-send -n >out 2>err
	cat out err
	diff - out <<-END
		Ann Reader <ann@example.net>: epub and link
		Bea <bea@example.net>: html and link
		Cat <cat@example.net>: link
		../../x <dots@example.net>: words alone
	END
	grep "^hint: 1 wants no more mails$" err
	no ls .git/galley*
	no git rev-parse -q --verify refs/notes/rounds'
check 'each gets one mail, with a copy of their own' '
	cp -R first sent
	cd sent
	galley-send --outbox=../box >out
	[ $(ls ../box/new | wc -l) = 4 ]
	no ls ../box/tmp/*
	mail ../box "Ann Reader" >../ann
	cat ../ann
	code=$(sed -n "s/^Subject: .* \(R.....\)\].*/\1/p" ../ann)
	grep "^Subject: \[keeping-a-tide-mill rthird $code\] Keeping a Tide" \
		../ann
	grep "^Message-Id: <galley.rthird.$code.[0-9a-f]*@example.org>$" ../ann
	grep "^Reply-To: millers@example.org$" ../ann
	grep "^List-Unsubscribe: <mailto:millers@example.org?subject=%5B.*stop>$" \
		../ann
	grep "^Auto-Submitted: auto-generated$" ../ann
	grep "^Dear Ann Reader,$" ../ann
	grep "^Hello.$" ../ann
	grep "editor broke at some seventy columns.$" ../ann
	grep -x -e "- of two" ../ann
	grep "until 2026-12-24.$" ../ann
	grep "here: https://example.org/mill/$" ../ann
	grep -x -e "-- " ../ann
	no grep "since round" ../ann
	attached ../box "Ann Reader" >../ann.epub
	ls -l ../ann.epub
	perl -0777 -ne "exit !/^PK.*application\/epub/s" ../ann.epub
	mail ../box Bea | grep "^Guten Tag Bea,$"
	attached ../box Bea | grep -i "^<!doctype html>"
	mail ../box Cat >text
	no grep attached text
	mail ../box ".*dots@" >text
	no grep http text'
check 'that is noted, without their addresses' '
	cd sent
	git notes --ref=rounds show round/third >note
	cat note
	[ $(wc -l <note) = 4 ]
	grep -c "^2026-01-02T03:04:05Z sent R" note
	no grep example.net note
	no ls .git/galley*
	git fsck --strict
	[ $(git rev-list --count refs/notes/rounds) = 1 ]'
check 'nobody gets it twice; who comes to the list later gets it' '
	cd sent
	galley-send --outbox=../box >out 2>err
	no [ -s out ]
	grep "^hint: 4 had round .third. before$" err
	echo "Eve <eve@example.net>" >>readers
	sed -i "s/ stop//" readers
	galley-send --outbox=../box >out
	cat out
	[ $(wc -l <out) = 2 ]
	[ $(ls ../box/new | wc -l) = 6 ]'
check 'what has changed is counted from the round that this reader had' '
	cp -R first since
	cd since
	galley-send -r 1 --to=ann \
		--outbox=../box1
		galley-send -r 2 --to=bea --outbox=../box2
	galley-send -n | grep "^Ann Reader .*, had round 1$"
	galley-send --outbox=../box3 >out
	cat out
	mail ../box3 "Ann Reader" >ann
	cat ann
	grep "^What has changed since round 1, which you had last:$" ann
	grep -x -e "- Foreword: places changed: [12]" ann
	mail ../box3 Bea >bea
	cat bea
	grep "^Seit Runde 2, die Sie zuletzt hatten, hat .* nichts" bea
	mail ../box3 Cat >text
	no grep "since round" text'
check 'the changes since the round that each had last go with it, if asked for' '
	cp -R first marked
	cd marked
	for who in ann bea cat dots; do
		galley-send -r 1 --to=$who@example.net --outbox=../old >/dev/null
	done
	echo "Bob <bob@example.net> format=page" >>readers
	echo "Bud <bud@example.net>" >>readers
	galley-send -r 2 --to=bob --to=bud --outbox=../old >/dev/null
	printf "[review]\nredline = https://example.org/{since}-{round}/\n" \
		>>galley.conf
	git commit -qam redline
	GIT_COMMITTER_DATE=2026-06-02T00:00:00Z \
		galley-round open --no-drafts fourth >/dev/null
	galley-send -n --since-last >out
	cat out
	diff - out <<-END
		Ann Reader <ann@example.net>: epub and link, redline since round 1
		Bea <bea@example.net>: html and link, redline since round 1
		Cat <cat@example.net>: link, had round 1
		../../x <dots@example.net>: words alone, had round 1
		Bob <bob@example.net>: html and link, redline since round 2
		Bud <bud@example.net>: epub and link, redline since round 2
	END
	galley-send --since-last --outbox=../marks | diff out -
	mail ../marks "Ann Reader" >ann
	cat ann
	name="keeping-a-tide-mill-round-fourth-[0-9a-f]*-since-round-1.epub"
	grep "^- Foreword: places" ann
	grep "every change marked, are attached: $name$" ann
	grep "every change marked, are here: https://example.org/1-fourth/$" ann
	galley-redline -o same.epub --changed -t epub round/1 round/fourth
	attached ../marks "Ann Reader" 1 | cmp - same.epub
	attached ../marks "Ann Reader" | no cmp - same.epub
	grep -A 1 -h "^Content-Type: app" ../marks/new/* | grep -c "$name" |
		grep -x 1
	galley-redline -o same.html --changed -t html round/1 round/fourth
	attached ../marks Bea 1 | cmp - same.html
	[ -z "$(attached ../marks Bea 2)" ]
	mail ../marks Bea | grep "hängen an: .*-since-round-1.html$"
	mail ../marks Cat | grep "are here: https://example.org/1-fourth/$"
	mail ../marks ".*dots@" >dots
	grep "^- Foreword: places" dots
	no grep "every change" dots
	attached ../marks Bob 1 | no cmp -s - same.html
	GIT_COMMITTER_DATE=2026-07-02T00:00:00Z \
		galley-round open --no-drafts fifth >/dev/null
	galley-send --since-last --outbox=../again --to=bud |
		grep "^Bud .*link, had round fourth$"
	mail ../again Bud | grep "^Nothing has changed"
	[ -z "$(attached ../again Bud 1)" ]
	no ls .git/galley*
	echo "redline = http://example.org/{since}" >>galley.conf
	git commit -qam wrong
	GIT_COMMITTER_DATE=2026-08-02T00:00:00Z \
		galley-round open --no-drafts >/dev/null
	exits 128 galley-send --since-last --outbox=../wrong 2>err
	grep "^fatal: galley.conf: review.redline is no https address" err
	no [ -e ../wrong ]'
check 'one reader, by name, address or code' '
	cp -R first one
	cd one
	galley-send -n --to=cat --to=BEA@example.net |
		cut -d" " -f1 | xargs | grep -x "Cat Bea"
	code=$(sed -n "s/.* \(R.....\)\].*/\1/p" ../ann)
	galley-send -n --to=$code | grep "^Ann"
	exits 128 galley-send -n --to=zoe 2>err
	grep "^fatal: no reader .zoe. in .readers.$" err
	exits 128 galley-send -n --to=example 2>err
	cat err'
check 'who has no name is not greeted by an address' '
	cp -R first nameless
	cd nameless
	echo "<no.name@example.net> format=none" >readers
	galley-send -o - >mbox
	cat mbox
	grep "^To: no.name@example.net$" mbox
	no grep "^Dear" mbox
	sed -n "/^$/,\$p" mbox | sed -n 2p | grep "^Hello.$"'
check 'drafts are for the author to send' '
	cp -R first draft
	cd draft
	galley-send --draft --outbox=../box4 --to=cat
	ls ../box4/cur
	ls ../box4/cur | grep ":2,DS$"
	no ls ../box4/new/*'
check 'a bare repository sends, too' '
	git clone -q --bare first bare.git
	cd bare.git
	exits 128 galley-send -n 2>err
	cat err
	grep "no readers" err'

check 'a line of the list that is wrong is told before anything is sent' '
	cp -R first wrong
	cd wrong
	echo "Fay <fay@example.net> format=doc" \
		>>readers
		exits 128 galley-send --outbox=../box5 2>err
	grep "^fatal: readers:7: .*not as .doc.$" err
	sed -i "s/ format=doc/ lnag=de/" readers
	exits 128 galley-send --outbox=../box5 2>err
	cat err
	grep "^fatal: readers:7: neither" err
	no [ -e ../box5 ]'
check 'a letter that is wrong, too' '
	cp -R first syntax
	cd syntax
	mkdir letters
	printf "[subject]\n{titel}\n" >letters/send.de.txt
	exits 128 galley-send --outbox=../box5 2>err
	cat err
	grep "^fatal: letters/send.de.txt:2: nothing is called" err
	no [ -e ../box5 ]
	printf "[subject]\nNeu: {title}\n" >letters/send.de.txt
	galley-send --outbox=../box6 >out
	mail ../box6 Bea | grep "^Subject: Neu: Keeping a Tide Mill$"'
check 'a round that is closed or not there is not sent' '
	cp -R first closed
	cd closed
	galley-round close third >out
	exits 128 galley-send --outbox=../box5 2>err
	cat err
	grep "^fatal: round .third. is closed$" err
	exits 128 galley-send -r 9 2>err
	grep "no round named .9" err'
check 'no setting brings in a header or a file' '
	cp -R first evil
	cd evil
	cat >>galley.conf <<-"END"
		[book]
		title = "Mill\nBcc: all@example.org"
		[review]
		address = "x@y?bcc=all@example.org"
		letters = ../../../etc
		readers = ../first/readers
	END
	git commit -qam evil
	GIT_COMMITTER_DATE=2026-04-02T00:00:00Z \
		galley-round open --no-drafts evil >out
	exits 128 galley-send --outbox=../box7 2>err
	cat err
	sed -i "/readers =/d; s/^letters.*//" galley.conf
	git commit -qam less
	GIT_COMMITTER_DATE=2026-05-02T00:00:00Z \
		galley-round open --no-drafts less >out
	galley-send --outbox=../box7
	mail ../box7 "Ann Reader" >ann
	sed "/^$/q" ann
	sed "/^$/q" ann >text
	no grep -i "^bcc" text
	no ls ../x*'

mkdir bin && cat >bin/mailer <<'END'
#!/bin/sh
for to; do :; done
echo "$to" >>"$SENT.log"
case $to in
cat*) exit 67 ;;
bea*) [ -e "$SENT.up" ] || exit 75 ;;
dots*) [ -e "$SENT.up" ] || exit 69 ;;
esac
cat >"$SENT.$to"
END
chmod +x bin/mailer
export SENT="$directory/work/by-mailer"
check 'who is refused is named, the rest goes on, and again' '
	cp -R first mailer
	cd mailer
	git config sendemail.sendmailCmd "$directory/work/bin/mailer"
	exits 1 galley-send >out 2>err
	cat out err
	[ $(wc -l <out) = 1 ]
	grep "^error: Cat <cat@example.net>: refused$" err
	grep "^hint: 3 not sent; the same command tries again$" err
	touch $SENT.up
	exits 1 galley-send >out 2>err
	[ $(wc -l <out) = 2 ]
	[ $(grep -c ann@ $SENT.log) = 1 ]
	[ $(grep -c cat@ $SENT.log) = 2 ]'
check 'a run that was killed goes on, and says whose mail is in doubt' '
	cp -R first killed
	cd killed
	rm -f $SENT.*
	git config sendemail.sendmailCmd "$directory/work/bin/kill"
	cat >../bin/kill <<-"END"
		#!/bin/sh
		for to; do :; done
		echo "$to" >>"$SENT.log"
		case $to in
		bea*) [ -e "$SENT.up" ] || { kill -9 $PPID; sleep 0.1; } ;;
		esac
		cat >>"$SENT.$to"
	END
	chmod +x ../bin/kill
	touch $SENT.log
	exits 137 galley-send
	[ -s .git/galley-sent ]
	touch $SENT.up
	galley-send 2>err
	cat err $SENT.log
	grep "^warning: .* the mail to Bea <bea@example.net> was .* twice$" err
	sort $SENT.log | uniq -d | grep -x bea@example.net
	[ $(sort -u $SENT.log | wc -l) = 4 ]
	# what it had at the first time was a whole mail, the same
	perl -0777 -ne "\$h = length() / 2; exit(substr(\$_, 0, \$h) ne
		substr(\$_, \$h))" $SENT.bea@example.net
	no [ -e .git/galley-sent ]
	[ $(git notes --ref=rounds show round/third | wc -l) = 4 ]'
check 'two at the same time do not send twice' '
	cp -R first both
	cd both
	rm -f $SENT.*
	touch $SENT.up
	cat >../bin/slow <<-"END"
		#!/bin/sh
		for to; do :; done
		echo "$to" >>"$SENT.log"
		[ -e "$SENT.other" ] || { : >"$SENT.other"
			galley-send --outbox=../never 2>"$SENT.err"
			echo "$?" >"$SENT.status"; }
		cat >/dev/null
	END
	chmod +x ../bin/slow
	git config sendemail.sendmailCmd "$directory/work/bin/slow"
	galley-send
	cat $SENT.err
	grep -x 128 $SENT.status
	grep "^fatal: mails are being sent" $SENT.err
	no [ -e ../never ]'
check 'an answer is about the round that it answers, and from that reader' '
	cp -R first answered
	cd answered
	galley-send -r 1 --outbox=../box8
	id=$(mail ../box8 "Ann Reader" | sed -n "s/^Message-Id: //p")
	{
		printf "From: Ann Reader <ann@home.example>\nSubject: Re: hello\n"
		printf "Date: Fri, 1 May 2026 00:00:00 +0000\n"
		printf "Message-ID: <a@b>\nIn-Reply-To: %s\n\n" "$id"
		printf "It is too long.\n"
	} >../answer.eml
	galley-collect ../answer.eml
	git log -1 --format=%B%n%ae $(galley-list -oq) >text
	cat text
	grep "^Round: 1$" text
	grep "^ann@example.net$" text'
check 'who wants no more mails is told of, with the line to change' '
	cp -R first stopped
	cd stopped
	for who in "Ann Reader <ann@example.net>" "Zoe <zoe@example.net>" \
		"Dan <dan@example.net>"; do
		printf "From x@y Fri Jan  2 03:04:05 2026\nFrom: %s\n" "$who"
		printf "Subject: [keeping-a-tide-mill r1 R7K3QX] stop\n\n\n"
	done >../stop.mbox
	galley-collect ../stop.mbox >out
	cat out
	[ -z "$(galley-list -aq)" ]
	grep -A 1 "^! Ann Reader <ann@example.net> wants no more mails$" out |
		grep -x "    add . stop. to line 2 of .readers."
	grep -A 1 "^! Zoe" out | grep "is not in the list of readers$"
	no grep Dan out
	sed -i "2s/$/ stop/" readers
	galley-send -n >out
	no grep "^Ann" out'
check 'misuse' '
	cd first
	exits 129 galley-send --draft 2>/dev/null
	exits 129 galley-send --outbox=a -o b 2>/dev/null
	exits 129 galley-send ann 2>/dev/null
	exits 129 galley-send -o "" 2>err'
finished
