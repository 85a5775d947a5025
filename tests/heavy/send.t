#!/bin/sh
# SPDX-License-Identifier: MIT
# 500 readers and a real SMTP server that refuses some of them, and is gone in
# the middle of a mail: after a second run each has exactly one. And what
# Python's email module thinks of our mails.
. "${0%/*}/../lib.sh"

for tool in smtpd msmtp python3; do
	PATH=$PATH:/usr/sbin command -v $tool >/dev/null || skip_all "no $tool"
done
[ "$(id -u)" = 0 ] || skip_all 'the SMTP server needs root'
PATH=$PATH:/usr/sbin
port=$((20000 + $$ % 20000))
chmod 711 "$directory"
mkdir -m 777 mail

cat >smtpd.conf <<END
table bad { "r100@example.net", "r200@example.net", "r333@example.net" }
table everyone { "@" = "nobody" }
smtp max-message-size 20M
listen on 127.0.0.1 port $port hostname mail.example.net
action "keep" maildir "$PWD/mail/%{rcpt.user:raw}" virtual <everyone>
match from any for rcpt-to <bad> reject
match from any for domain "example.net" action "keep"
END

start_server() {
	smtpd -d -f "$PWD/smtpd.conf" >>smtpd.log 2>&1 &
	server=$!
	echo "$server" >server.pid
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		sleep 0.3
		msmtp --host=127.0.0.1 --port="$port" -S >/dev/null 2>&1 &&
			return
	done
	return 1
}
trap 'kill "$(cat "$directory/work/server.pid")" 2>/dev/null; leave' EXIT

# After 250 mails the server goes while it reads one, and does not come back.
cat >mailer <<END
#!/bin/sh
cd "$PWD" || exit 75
for to; do :; done
echo "\$to" >>tried
if ! [ -e again ] && [ "\$(wc -l <tried)" = 250 ]; then
	{ head -c 4000; sleep 0.2; kill -9 "\$(cat server.pid)"; sleep 0.2; cat; } |
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
for n in $(seq 1 500); do
	printf 'Reader %d <r%03d@example.net>\n' "$n" "$n"
done >readers
git config sendemail.sendmailCmd "$directory/work/mailer"
cd ..

# delivered: waits until the server has no more to do; how many have how many
delivered() {
	last=-1 now=$(find mail -path '*/new/*' -type f | wc -l)
	while [ "$now" != "$last" ]; do
		sleep 1.5
		last=$now now=$(find mail -path '*/new/*' -type f | wc -l)
	done
	find mail -path '*/new/*' -type f | cut -d/ -f2 | sort | uniq -c |
		awk '{ print $1 }' | sort | uniq -c | xargs
}

start_server || skip_all 'no SMTP server starts here'
check 'a server that goes in the middle leaves the rest for later' '
	(cd book; exits 1 galley-send >../out 2>../err)
	tail -n 3 err
	[ $(wc -l <out) = 247 ]
	[ $(grep -c "^error: .*refused$" err) = 2 ]
	grep "^hint: 253 not sent; the same command tries again$" err
	[ $(git -C book notes --ref=rounds show round/1 | wc -l) = 247 ]'
check 'after a second run each reader has exactly one' '
	: >again
	start_server
	(cd book; exits 1 galley-send >../out 2>../err)
	tail -n 3 err
	[ $(wc -l <out) = 250 ]
	delivered >counts
	cat counts
	[ "$(cat counts)" = "497 1" ]
	for n in 100 200 333; do ! [ -e mail/r$n ] || exit; done
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
	[ "$(python3 mails.py mail "Please read it down.")" = 497 ]'
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
