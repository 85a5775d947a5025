#!/bin/sh
# SPDX-License-Identifier: MIT
# Many readers and a real SMTP server that refuses some of them, and is gone in
# the middle of a mail: after a second run each has exactly one. And what
# Python's email module thinks of our mails.
. "${0%/*}/../lib.sh"

for tool in smtpd msmtp python3; do
	PATH=$PATH:/usr/sbin command -v $tool >/dev/null || skip_all "no $tool"
done
[ "$(id -u)" = 0 ] || skip_all 'the SMTP server needs root'
PATH=$PATH:/usr/sbin
# a server has one queue, whatever its settings: it would deliver those, too
[ -z "$(find /var/spool/smtpd/queue /var/spool/smtpd/offline -type f)" ] ||
	skip_all 'mails of this machine wait in /var/spool/smtpd'
readers=${SEND_READERS:-150} # 500 take minutes
half=$((readers / 2))
port=$((20000 + $$ % 20000))
chmod 711 "$directory"
mkdir -m 777 mail

cat >smtpd.conf <<END
table bad { "r010@example.net", "r020@example.net", "r$readers@example.net" }
table everyone { "@" = "nobody" }
smtp max-message-size 20M
listen on 127.0.0.1 port $port hostname mail.example.net
action "keep" maildir "$PWD/mail/%{rcpt.user:raw}" virtual <everyone>
match from any for rcpt-to <bad> reject
match from any for domain "example.net" action "keep"
END

server_answers() {
	msmtp --host=127.0.0.1 --port="$port" -S >/dev/null 2>&1
}

# It is several processes, and those that outlive a kill may still take the mail:
# a group of its own, so that all go at once.
start_server() {
	for _ in $(seq 20); do
		! server_answers || { sleep 0.5; continue; }
		setsid smtpd -d -f "$PWD/smtpd.conf" >>smtpd.log 2>&1 &
		server=$!
		echo "$server" >server.pid
		for _ in $(seq 40); do
			sleep 0.3
			kill -0 "$server" 2>/dev/null || break
			! server_answers || return 0
		done
	done
	tail -n 20 smtpd.log
	return 1
}
trap 'kill -s TERM -- "-$(cat "$directory/work/server.pid")" 2>/dev/null; leave' EXIT

# After half of the mails the server goes while it reads one, and does not come back.
cat >mailer <<END
#!/bin/sh
cd "$PWD" || exit 75
for to; do :; done
echo "\$to" >>tried
if ! [ -e again ] && [ "\$(wc -l <tried)" = $half ]; then
	{ head -c 4000; sleep 0.2; kill -s KILL -- "-\$(cat server.pid)"; sleep 0.2; cat; } |
		msmtp --host=127.0.0.1 --port=$port "\$@"
	exit
fi
exec msmtp --host=127.0.0.1 --port=$port "\$@"
END
chmod +x mailer

mkdir book && cd book && git init -q || exit
printf '# The Fog\n\nIt came up the hill.\n' >fog.md
printf -- '- [The Fog](fog.md)\n' >SUMMARY.md
printf '[book]\n\ttitle = The Fog\n' >galley.conf
git add . && git commit -qm one
galley-round open --no-drafts -m 'Please read it down.' >/dev/null
for n in $(seq 1 $readers); do
	printf 'Reader %d <r%03d@example.net>\n' "$n" "$n"
done >readers
git config sendemail.sendmailCmd "$directory/work/mailer"
cd ..

# delivered COUNT: waits until that many are there, and a little longer for
# more; how many have how many
delivered() {
	for _ in $(seq 120); do
		[ "$(find mail -path '*/new/*' -type f | wc -l)" -lt "$1" ] ||
			break
		sleep 0.5
	done
	sleep 2
	find mail -path '*/new/*' -type f | cut -d/ -f2 | sort | uniq -c |
		awk '{ print $1 }' | sort | uniq -c | xargs
}

start_server || skip_all 'no SMTP server starts here'
check 'a server that goes in the middle leaves the rest for later' '
	(cd book; exits 1 galley-send >../out 2>../err)
	tail -n 3 err
	[ $(wc -l <out) = $((half - 3)) ]
	[ $(grep -c "^error: .*refused$" err) = 2 ]
	grep "^hint: $((readers - half + 3)) not sent; the same command tries again$" err
	[ $(git -C book notes --ref=rounds show round/1 | wc -l) = $((half - 3)) ]'
check 'after a second run each reader has exactly one' '
	: >again
	start_server
	(cd book; exits 1 galley-send >../out 2>../err)
	tail -n 3 err
	[ $(wc -l <out) = $((readers - half)) ]
	delivered $((readers - 3)) >counts
	cat counts
	[ "$(cat counts)" = "$((readers - 3)) 1" ]
	for n in 010 020 $readers; do ! [ -e mail/r$n ] || exit; done
	(cd book; exits 1 galley-send >../out 2>../err)
	! [ -s out ]
	[ $(grep -c "^error: .*refused$" err) = 3 ]'

cat >mails.py <<'END'
import email, email.policy, pathlib, sys
ids = set()
for path in pathlib.Path(sys.argv[1]).glob('**/new/*'):
    mail = email.message_from_bytes(path.read_bytes(),
                                    policy=email.policy.default)
    for part in mail.walk():
        assert not part.defects, (path, part.defects)
    for name in ('From', 'To', 'Subject', 'Date', 'Message-ID'):
        assert len(mail.get_all(name)) == 1, (path, name)
        assert not mail[name].defects, (path, name, mail[name].defects)
    assert len(mail['To'].addresses) == 1, path
    assert mail['Message-ID'] not in ids, path
    ids.add(mail['Message-ID'])
    words = mail.get_body(('plain',)).get_content()
    assert sys.argv[2] in words, (path, words)
print(len(ids))
END
check 'Python finds nothing wrong with them' '
	[ "$(python3 mails.py mail "Please read it down.")" = $((readers - 3)) ]'
check 'nor with answers to the mails of a dozen readers' '
	cp "$samples/readers.mbox" .
	galley split "$samples/the-tide-table.md" tide >log
	cd tide
	git config sendemail.sendmailCmd false
	GIT_COMMITTER_DATE=2026-10-02T00:00:00Z galley-round open --no-drafts
	galley-collect ../readers.mbox || :
	galley-list -oq | sed 3q | galley-defer -m "once more" --stdin
	galley-apply --clean || :
	galley-list -oq | galley-decline -m "it is meant so" --stdin
	galley-thanks --outbox=../answers >out
	[ "$(python3 ../mails.py ../answers "The Tide Table")" = \
		$(wc -l <out) ]
	# every comment once, in the mail to its reader
	cat ../answers/new/* | grep -c "^> " | xargs test 20 -le
	galley-thanks >out
	! [ -s out ]'
finished
