#!/bin/sh
# SPDX-License-Identifier: MIT
# The settings of git send-email and a real SMTP server that wants TLS and a
# password: msmtp gets through with them, and only with them.
. "${0%/*}/../lib.sh"

for tool in msmtp openssl; do
	command -v $tool >/dev/null || skip_all "no $tool"
done
python=/usr/bin/python3 # Debian's, which has its packages
$python -c 'import aiosmtpd' 2>/dev/null || skip_all 'no aiosmtpd'
port=$((20000 + ($$ + 7000) % 20000))

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
	-addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem \
	2>/dev/null || exit
mkdir mail
$python "$project/tests/heavy/smtpd.py" $port cert.pem key.pem mail 2>smtpd.log &
trap "kill $!; leave" EXIT
for _ in $(seq 100); do
	[ ! -e mail/ready ] || break
	sleep 0.1
done

mkdir book && cd book && git init -q || exit
printf '# The Fog\n\nIt came up the hill.\n' >fog.md
printf -- '- [The Fog](fog.md)\n' >SUMMARY.md
printf '[book]\n\ttitle = The Fog\n' >galley.conf
for name in ann bea cat dan eve; do
	echo "$name <$name@example.net>"
done >readers
git add . && git commit -qm one
galley-round open --no-drafts >/dev/null
# no COMMAND...: it fails
no() {
	! "$@"
}
# setting KEY VALUE: of the author's git config
setting() {
	git config "sendemail.$1" "$2"
}
setting smtpServer localhost
setting smtpServerPort "$port"
setting smtpEncryption tls
setting smtpUser ada
setting smtpDomain home.example.org
setting smtpSSLCertPath "$directory/work/cert.pem"
cat >../helper <<'END'
#!/bin/sh
[ "$1" != get ] || echo "password=$(cat "${0%/*}/password")"
[ "$1" = get ] || echo "$1" >>"${0%/*}/told"
END
chmod +x ../helper
git config credential.helper "$directory/work/helper"
export GIT_TERMINAL_PROMPT=0
cd ..

# has NAME COUNT: that many mails came for that reader
has() {
	[ "$(cat "$directory/work/mail/$1@example.net" 2>/dev/null |
		grep -c "^To: $1")" = "$2" ]
}
check 'a wrong password is told at once, and nothing is sent' '
	echo wrong >password
	(cd book && exits 128 galley-send 2>../err)
	cat err smtpd.log mail/log
	grep "^fatal: .*msmtp. was not let in: user or password$" err
	[ $(wc -l <mail/log) = 1 ]
	grep -x erase told
	has ann 0'
check 'with the right one, by STARTTLS' '
	echo "ge \"heim\" \$1" >password
	rm told mail/log
	(cd book && galley-send --to=ann --to=bea)
	has ann 1 && has bea 1
	cat mail/log
	grep -c "^auth [A-Z]* right encrypted$" mail/log | grep -x 2
	grep -x "mail ada@example.org ann@example.net home.example.org" mail/log
	grep -x store told | wc -l | grep -x 1'
check 'and by TLS from the first byte, with a password that is set' '
	cd book
	setting smtpEncryption ssl
	setting smtpServerPort $((port + 1))
	setting smtpPass "ge \"heim\" \$1"
	galley-send --to=cat
	has cat 1'
check 'a server that nothing vouches for gets no password' '
	rm mail/log
	cd book
	git config --unset sendemail.smtpSSLCertPath
	exits 1 galley-send --to=dan 2>../err
	cat ../err
	no [ -e ../mail/log ]
	setting smtpSSLCertPath ""
	galley-send --to=dan
	has dan 1'
check 'without TLS, or a user, such a server takes nothing' '
	cd book
	setting smtpEncryption none
	setting smtpServerPort $port
	exits 1 galley-send --to=eve 2>../err
	cat ../err
	setting smtpEncryption tls
	git config --unset sendemail.smtpUser
	exits 1 galley-send --to=eve 2>../err
	cat ../err
	no grep plain ../mail/log
	has eve 0'
finished
