#!/bin/sh
# SPDX-License-Identifier: MIT
# Each reader is told once what became of what they said.
. "${0%/*}/lib.sh"
. "$project/tests/handbook.sh"

of() {
	galley-list -aq --from="$1"
}
# mail FOLDER NAME: the one mail there to that reader, its lines joined again
mail() {
	[ "$(grep -l "^To: $2" "$1"/new/* | wc -l)" = 1 ] &&
		grep -l "^To: $2" "$1"/new/* | xargs cat |
		perl -MMIME::QuotedPrint -0777 -ne '
			my ($head, $body) = split /\n\n/, $_, 2;
			$head =~ s/\n[ \t]+/ /g;
			$body = decode_qp($body)
				if $head =~ /quoted-printable/;
			$body =~ s/ \n(?:> )?/ /g;
			print "$head\n\n$body"'
}
# no COMMAND...: it fails
no() {
	! "$@"
}
handbook first
(
	cd first
	patch_by Ann round/1 foreword.md s/simplest/plainest/
	patch_by Ben round/1 foreword.md s/simplest/plainest/
	message='Owners

They own it.' patch_by Cat round/1 foreword.md s/keepers/owners/
	patch_by Cat round/2 glossary.md s/The/A/
	patch_by Dan round/1 foreword.md 's/carry its/take its/; s/a wall/walls/'
	patch_by Eve round/2 glossary.md \
		's/The great tide/{==The great tide==}{>>how great?<<}/'
	patch_by Fay round/1 foreword.md 's/nineteen/twenty/'
) >mbox
cp -R first decided
(
	cd decided && galley-collect ../mbox >/dev/null
	galley-decline -m 'it is meant
so' "$(of Cat | head -n 1)"
	galley-defer -m 'until spring' "$(of Cat | tail -n 1)"
	galley-apply "$(of Ann)"
	galley-apply "$(of Dan).1"
	galley-decline -m no "$(of Dan).2"
	sed -i 's/nineteen/twenty/' foreword.md && git commit -qam own &&
		galley-apply "$(of Fay)"
) >log 2>&1
git -C decided notes --ref=comments list >/dev/null || exit

check 'without a target, it says what would be sent' '
	cp -R decided n
	cd n
	galley-thanks >out
	cat out
	diff - out <<-END
		Ann <ann@example.net>: 1 answer: 1 applied
		Ben <ben@example.net>: 1 answer: 1 applied
		Dan <dan@example.net>: 1 answer: 1 applied
		Fay <fay@example.net>: 1 answer: 1 already
		Cat <cat@example.net>: 2 answers: 1 declined, 1 deferred
	END
	galley-thanks -n --send | diff out -
	galley-thanks -n --from=cat >cat
	grep Cat out | diff cat -
	no git notes --ref=comments show $(of Ann)
	no ls .git/galley-*'
check 'each reader gets one mail, each comment is mentioned once' '
	cp -R decided sent
	cd sent
	galley-thanks --outbox=../box >out
	galley-thanks -n >again
	no [ -s again ]
	[ $(ls ../box/new | wc -l) = 5 ]
	[ -z "$(ls ../box/tmp ../box/cur |
		grep -v :)" ]
	mail ../box Cat >../cat.txt
	cat ../cat.txt
	grep -c "^> They own it.$" ../cat.txt | grep -x 1
	grep "^This stays as it is: it is meant so$" ../cat.txt
	grep "^This has to wait a little: until spring$" ../cat.txt
	id=$(git log -1 --format=%B $(of Ann) | sed -n "s/^Message-Id: //p")
	mail ../box Ann >../ann.txt
	cat ../ann.txt
	grep "^In-Reply-To: <$id>$" ../ann.txt
	grep "^References: <$id>$" ../ann.txt
	grep "^> .*simplest" ../ann.txt
	grep "^> → .*plainest" ../ann.txt
	grep "^It reads: “.*plainest.*”$" ../ann.txt
	mail ../box Dan >../dan.txt
	cat ../dan.txt
	grep "in the text now" ../dan.txt
	grep "as it is: no$" ../dan.txt
	mail ../box Fay | grep "mended already"'
check 'that is noted on each comment, in one commit' '
	cd sent
	id=$(sed -n "s/^Message-Id: //p" ../ann.txt)
	git notes --ref=comments show $(of Ann) |
		grep -x "2026-01-02T03:04:0[0-9]Z answered $id applied"
	[ $(git log --format=%s refs/notes/comments | grep -c "were sent") = 1 ]
	no ls .git/galley-*
	git fsck --strict'
check 'what was put off is answered again when it is decided' '
	cp -R sent later
	cd later
	galley-apply $(of Cat | tail -n 1)
	galley-thanks >out
	diff - out <<-END
		Cat <cat@example.net>: 1 answer: 1 applied
	END
	galley-thanks --outbox=../box2
	galley-thanks >out
	no [ -s out ]
	mail ../box2 Cat >text
	cat text
	[ "$(grep -c "^> →" text)" = 1 ]
	grep "in the text now" text'
check 'an mbox gets them, and keeps what it had' '
	cp -R decided mboxed
	cd mboxed
	printf "From x@y Fri Jan  2 03:04:05 \
2026\nFrom: x@y\nSubject: kept\n\nkept\n\n" >../out.mbox
	galley-thanks -o ../out.mbox
	grep -c "^From " ../out.mbox | grep -x 6
	grep "^kept$" ../out.mbox
	galley-thanks -o - >out
	no [ -s out ]'
check 'an mbox that cannot be written leaves all unanswered' '
	cp -R decided full
	cd full
	exits 128 galley-thanks -o ../none/out.mbox 2>err
	cat err
	grep "^fatal: cannot write" err
	[ $(galley-thanks | wc -l) = 5 ]'

check 'the author looks at them first, and drops what should wait' '
	cp -R decided edited
	cd edited
	cat >../edit <<-"END"
		#!/bin/sh
		cat "$1" >../all.txt
		perl -0pi -e "s/=== answer [^\n]*\n[^=]*They own(?:(?!===).)*//s;
			s/=== mail \d+: Ben.*?(?==== mail)//s;
			s/Dear Ann/Dearest Ann/" "$1"
	END
	chmod +x ../edit
	GIT_EDITOR=../edit galley-thanks -i --outbox=../box3
	[ $(ls ../box3/new | wc -l) = 4 ]
	mail ../box3 Ann | grep Dearest
	mail ../box3 Cat >text
	no grep "They own" text
	galley-thanks >out
	cat out
	diff - out <<-END
		Ben <ben@example.net>: 1 answer: 1 applied
		Cat <cat@example.net>: 1 answer: 1 declined
	END'
check 'what the author makes unreadable is not sent' '
	cp -R decided mixed
	cd mixed
	for change in "s/=== answer \K\w/0/" "s/^Subject:.*//m" \
		"s/=== mail \d+/=== mail 9/" "s/(=== answer \w+\n)/\$1\$1/" \
		"s/=== end/=== and/" "s/^/hello\n/"; do
		change=$change GIT_EDITOR="perl -0pi -e \"\$change\"" \
			exits 128 galley-thanks -i --outbox=../box4 2>err
		cat err
		grep "^fatal: GALLEY_THANKS:[0-9]*: .*nothing" err
		no [ -e ../box4 ]
	done
	GIT_EDITOR="truncate -s 0" galley-thanks -i --outbox=../box4
		no ls ../box4/new/*
	exits 128 env GIT_EDITOR=false galley-thanks -i --outbox=../box4'

check 'the author writes the letter' '
	cp -R decided letter
	cd letter
	mkdir letters
	echo "Cat <CAT@example.net> lang=de-AT" >readers
	printf "[letter]\nHallo {name}!\n\n{answers}\n[declined-why]\n{why}.\n" \
		>letters/thanks.de.txt
	galley-thanks --outbox=../box5
	mail ../box5 Cat >text
	cat text
	grep "^Hallo Cat!$" text
	grep "^it is meant so.$" text
	grep "^Content-Language: de$" text
	grep "^Das muss noch etwas warten: until spring$" text
	mail ../box5 Ann | grep "^Dear Ann,$"'
check 'a letter with bad syntax is told, and nothing is sent' '
	cp -R decided syntax
	cd syntax
	mkdir letters
	echo "Cat <cat@example.net> lang=de" >readers
	printf "[letter]\n\nHallo {nam}!\n" >letters/thanks.de.txt
	for target in --send --outbox=../box6 "-o ../out6" -n; do
		exits 128 galley-thanks $target 2>err
		cat err
		grep "^fatal: letters/thanks.de.txt:3: nothing is called .{nam}" \
			err
	done
	no [ -e ../box6 ]
	no [ -e ../out6 ]'
check 'who has no address, or wants no mails, is named' '
	cp -R first unreachable
	cd unreachable
	sed "s/ann@example.net/ann@mail.invalid/g" ../mbox >../mbox2
	galley-collect ../mbox2 >/dev/null
	galley-decline -m no $(galley-list -oq) >/dev/null
	echo "Ben <ben@example.net> stop" >readers
	galley-thanks --outbox=../box7 2>err
	cat err
	[ $(ls ../box7/new | wc -l) = 4 ]
	grep "^warning: .Ann. has no address: 1 answer not sent$" err
	grep "^warning: .Ben. wants no more mails: 1 answer not sent$" err'

check 'who wrote from two addresses gets one mail, by .mailmap' '
	cp -R decided mapped
	cd mapped
	cat >.mailmap <<-"END"
		Ann Reader <home@example.net> <ann@example.net>
		Ann Reader <home@example.net> <BEN@example.net>
		<cat@example.org> <cat@example.net>
	END
	galley-thanks >out
	cat out
	grep -x "Ann Reader <home@example.net>: 2 answers: 2 applied" out
	grep "^Cat <cat@example.org>: 2" out
	[ $(wc -l <out) = 4 ]
	for who in ben home "Ann R"; do
		galley-thanks -n --from="$who" | grep "^Ann Reader <h.*: 2 answers"
	done
	galley-thanks --outbox=../box10 --from=ben
	mail ../box10 "Ann Reader <home@example.net>" >text
	cat text
	grep "^Dear Ann Reader,$" text
	[ $(grep -c "^> .*simplest" text) = 2 ]
	[ $(grep "^References:" text | grep -o "<" | wc -l) = 2 ]
	galley-thanks -n | wc -l | grep -x 3
	echo "Cat <cat@example.net> stop" >readers
	galley-thanks --outbox=../box10 2>err
	grep "^warning: .Cat. wants no more mails: 2 answers not sent$" err'

# A mailer that keeps what it is given, and refuses some.
mkdir bin && cat >bin/mailer <<'END'
#!/bin/sh
for to; do :; done
echo "$*" >>"$SENT.log"
case $to in
cat*) exit 67 ;;
dan*) exit 75 ;;
esac
cat >"$SENT.$to"
END
cp bin/mailer bin/bait && chmod +x bin/*
export SENT="$directory/work/by-mailer" bait="$directory/work/bait"

check 'they go by the program that git send-email uses' '
	cp -R decided mailer
	cd mailer
	git config sendemail.sendmailCmd "$directory/work/bin/mailer --flag"
	exits 1 galley-thanks --send >out 2>err
	cat out err
	grep "^error: Cat <cat@example.net>: refused$" err
	grep "^error: Dan <dan@example.net>: .*did not take it (status 75)" err
	[ $(wc -l <out) = 3 ]
	ls $SENT.ann@example.net
	grep -x -e "--flag -i -f ada@example.org -- ann@example.net" $SENT.log
	rm $SENT.log
	exits 1 galley-thanks --send
	cat $SENT.log
	[ $(wc -l <$SENT.log) = 2 ]'
check 'an identity is as git has it, and a shell where one is needed' '
	cp -R decided identity
	cd identity
	git config sendemail.identity work
	git config sendemail.smtpServer /nowhere
	git config sendemail.work.smtpServer "$directory/work/bin/mailer"
	git config sendemail.work.from "Ada at Work <work@example.org>"
	git config sendemail.work.envelopeSender bounces@example.org
	galley-thanks --send --from=ann
	cat $SENT.ann@example.net
	grep "^From: Ada at Work <work@example.org>" $SENT.ann@example.net
	grep -e "-f bounces@example.org -- ann" $SENT.log
	git config sendemail.work.sendmailCmd "W=\$HOME; cat >../shell; true"
	galley-thanks --send --from=ben
	grep "^To: Ben" ../shell'
check 'nothing that is tracked names the program' '
	cp -R decided bait
	cd bait
	printf "[sendemail]\n\tsendmailCmd = touch %s\n\tsmtpServer = /bin/touch
[galley]\n\tsendmail = touch %s\n[review]\n\tletters = |touch %s\n" \
		"$bait.1" "$bait.2" "$bait.3" >>galley.conf
	git commit -qam bait
	# and no mail of ours goes to the mailer of this machine
	git config sendemail.smtpServer /nowhere
	exits 128 galley-thanks --send --from=ann 2>err
	cat err
	grep "/nowhere" err
	no ls $bait.*'
check 'a program that is not there is fatal, and nothing is noted' '
	cp -R decided gone
	cd gone
	git config sendemail.sendmailCmd \
		/nowhere/at/all
		exits 128 galley-thanks --send 2>err
	cat err
	grep "^fatal: ./nowhere/at/all. cannot be run$" err
	[ $(galley-thanks | wc -l) = 5 ]
	[ $(wc -l <err) = 1 ]'

check 'no header follows from what a reader is called' '
	cp -R first evil
	cd evil
	{
		printf "From x@y Fri Jan  2 03:04:05 2026\n"
		printf "From: =?utf-8?q?Mal=0ABcc:_all=40example.org=0A?= "
		printf "<mal@example.net>\nSubject: =?utf-8?q?x=0ABcc:_y?=\n"
		printf "Message-ID: <a@b>\n"
		printf "\nBcc: z\n\nround 1\n\nFrom here on it is dull.\n\n"
		printf "From x@y Fri Jan  2 03:04:05 2026\n"
		printf "From: \"../../x\" <dots@example.net>\nSubject: hello\n"
		printf "\nIt is good.\n\n"
	} >../evil.mbox
	galley-collect ../evil.mbox
	galley-decline -m "no
Bcc: all@example.org" $(galley-list -oq)
	galley-thanks --outbox=../box8
	cat ../box8/new/*
	sed "/^$/,\$d" ../box8/new/* >text
	no grep -i "^bcc" text
	[ $(ls ../box8/new | wc -l) = 2 ]
	ls -a .. >names
	no grep "^x" names
	galley-thanks >out
	no [ -s out ]'
check 'misuse' '
	cd decided
	exits 129 galley-thanks --send -o x 2>/dev/null
	exits 129 galley-thanks -i 2>/dev/null
	exits 129 galley-thanks ann 2>/dev/null
	exits 129 galley-thanks --outbox= 2>/dev/null'
finished
