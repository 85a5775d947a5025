#!/bin/sh
# SPDX-License-Identifier: MIT
# Who has set up git send-email for an SMTP server can send: what msmtp is told.
# tests/heavy/smtp.t has a server.
. "${0%/*}/lib.sh"

# no COMMAND...: it fails
no() {
	! "$@"
}
git init -q book && cd book || exit
printf '[book]\n\ttitle = The Fog\n' >galley.conf
printf -- '- [One](1.md)\n' >SUMMARY.md
printf '# One\n\nFirst words.\n' >1.md
printf 'Ann <ann@example.net>\nBea <bea@example.net>\n' >readers
git add . && git commit -qm one
galley-round open --no-drafts >/dev/null && cd ..

# Keeps what it was told, a line a word, and the password.
mkdir bin && cat >bin/msmtp <<'END'
#!/bin/sh
printf '%s\n' "$@" >>"$SENT.words"
for word; do
	case $word in
	--passwordeval=*) sh -c "${word#*=}" >>"$SENT.password" ;;
	esac
done
cat >>"$SENT.mails"
exit "${MSMTP_STATUS:-0}"
END
cat >bin/helper <<'END'
#!/bin/sh
{ echo "$1"; cat; } >>"$SENT.asked"
[ "$1" != get ] || [ ! "$SECRET" ] || echo "password=$SECRET"
END
chmod +x bin/*
PATH=$directory/work/bin:$PATH SENT=$directory/work/sent GIT_TERMINAL_PROMPT=0
export SENT GIT_TERMINAL_PROMPT

# book KEY VALUE...: one with these settings of sendemail, in it
book() {
	cd "$directory/work"
	rm -rf one sent.*
	cp -R book one
	cd one
	git config credential.helper "$directory/work/bin/helper"
	while [ $# -gt 0 ]; do
		git config "sendemail.$1" "$2"
		shift 2
	done
}
check 'a server alone is told of in plain' '
	book smtpServer mx.example.org
	galley-send --to=ann
	diff - $SENT.words <<-END
		--host=mx.example.org
		--tls=off
		--port=25
		-i
		-f
		ada@example.org
		--
		ann@example.net
	END
	grep "^To: Ann" $SENT.mails
	no [ -e $SENT.asked ]'
check 'with a user, git credential knows the password, which no list shows' '
	book smtpServer mx.example.org smtpServerPort 587 smtpUser ada@home \
		smtpEncryption tls smtpDomain home.example.org
	SECRET="a \"b\" \$c" galley-send
	sed 10q $SENT.words | diff - /dev/fd/3 3<<-END
		--host=mx.example.org
		--tls=on
		--tls-starttls=on
		--tls-trust-file=system
		--port=587
		--auth=on
		--user=ada@home
		--passwordeval=cat <&3
		--domain=home.example.org
		-i
	END
	printf "%s\n" "a \"b\" \$c" "a \"b\" \$c" | diff - $SENT.password
	cat $SENT.asked
	grep -xE "get|store|erase" $SENT.asked | xargs | grep -x "get store"
	grep -x "protocol=smtp" $SENT.asked
	grep -x "host=mx.example.org:587" $SENT.asked
	grep -x "username=ada@home" $SENT.asked
	[ $(grep -c "^To:" $SENT.mails) = 2 ]'
check 'who is not let in does not try again and again' '
	book smtpServer mx.example.org smtpUser ada
	SECRET=old MSMTP_STATUS=77 exits 128 galley-send 2>err
	cat err
	grep "^fatal: .*msmtp. was not let in: user or password$" err
	grep -xE "get|store|erase" $SENT.asked | xargs | grep -x "get erase"
	[ $(grep -c "^To:" $SENT.mails) = 1 ]
	galley-send -n | wc -l | grep -x 2
	SECRET=new galley-send 2>err
	no grep . err
	galley-send -n >out
	no grep . out'
check 'without a password nothing is begun' '
	book smtpServer mx.example.org smtpUser ada
	exits 128 galley-send 2>err
	cat err
	grep "^fatal: no password for .ada. at mx.example.org:25: " err
	no [ -e $SENT.mails ]'
check 'all of it can be that of an identity' '
	book identity work smtpServer /nowhere work.smtpServer mx.example.org \
		work.smtpUser ada work.smtpPass geheim work.smtpAuth "LOGIN PLAIN" \
		work.smtpEncryption ssl work.smtpSSLCertPath ""
	galley-send --to=ann
	sed 8q $SENT.words | diff - /dev/fd/3 3<<-END
		--host=mx.example.org
		--tls=on
		--tls-starttls=off
		--tls-certcheck=off
		--port=465
		--auth=login
		--user=ada
		--passwordeval=cat <&3
	END
	grep -x geheim $SENT.password
	no [ -e $SENT.asked ]'
check 'ports have names, folders of certificates are none for msmtp' '
	port=25
	! getent services smtp/tcp || port=smtp
	book smtpServer mx.example.org smtpServerPort $port smtpSSL true \
		smtpSSLCertPath /etc/ssl/certs
	galley-send --to=ann
	grep -x -e "--port=25" $SENT.words
	grep -x -e "--tls-trust-file=system" $SENT.words
	git config sendemail.smtpSSLCertPath ca.pem
	galley-send --to=bea
	grep -x -e "--tls-trust-file=ca.pem" $SENT.words
	book smtpServer mx.example.org smtpSSL true smtpSSLCertPath /usr
	exits 128 galley-send 2>err
	grep "^fatal: sendemail.smtpSSLCertPath is a folder, ./usr.: " err'
check 'a setting that cannot be is named' '
	book smtpServer mx.example.org smtpEncryption yes
	exits 128 galley-send 2>err
	cat err
	grep "^fatal: sendemail.smtpEncryption .* not .yes.$" err
	book smtpServer mx.example.org smtpServerPort nowhere
	exits 128 galley-send 2>err
	grep "^fatal: sendemail.smtpServerPort: no port .*nowhere" err
	no [ -e $SENT.mails ]'
check 'no word of a setting is for a shell, or another option' '
	book smtpServer "mx; touch ../bait" smtpUser "\$(touch ../bait)" \
		smtpPass "\`touch ../bait\`" smtpDomain "--read-envelope-from"
	galley-send --to=ann
	grep -x -e "--host=mx; touch ../bait" $SENT.words
	grep -x -e "--domain=--read-envelope-from" $SENT.words
	no [ -e ../bait ]
	book smtpServer mx.example.org smtpUser "ada
host=evil.example.org"
	SECRET=x exits 128 galley-send 2>err
	cat err
	no [ -e $SENT.asked ]'
check 'without msmtp it is said what is missing' '
	book smtpServer mx.example.org
	PATH=$B/bin exits 128 galley-send 2>../err
	cat ../err
	grep "^fatal: .*mx.example.org., and msmtp, .* is not installed$" ../err
	[ $(wc -l <../err) = 1 ]'
check 'the file of the repository names no server' '
	book smtpServer /nowhere
	printf "[sendemail]\n\tsmtpServer = mx.example.org\n" >>galley.conf
	git commit -qam bait
	exits 128 galley-send 2>err
	grep "/nowhere" err
	no [ -e $SENT.words ]'
finished
