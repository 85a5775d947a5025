# SPDX-License-Identifier: MIT
# smtpd.py PORT CERTIFICATE KEY MAILS: an SMTP server on loopback that takes
# mails of "ada" alone, by STARTTLS at PORT and by TLS from the start at the
# one after it. Writes what comes to files called by the recipient, and to
# "log" what was tried; "ready" is there when it answers.
import hmac
import os
import signal
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

port, certificate, key, mails = sys.argv[1:]
password = b'ge "heim" $1'


def log(*words):
    with open(os.path.join(mails, "log"), "a") as out:
        print(*words, file=out)


def authenticate(server, session, envelope, mechanism, data):
    right = data.login == b"ada" and hmac.compare_digest(
        data.password, password)
    log("auth", mechanism, "right" if right else "wrong",
        "encrypted" if session.ssl or server.transport.get_extra_info(
            "sslcontext") else "plain")
    return AuthResult(success=right, handled=False)


class Handler:
    async def handle_DATA(self, server, session, envelope):
        for to in envelope.rcpt_tos:
            with open(os.path.join(mails, to), "ab") as out:
                out.write(envelope.content)
            log("mail", envelope.mail_from, to, session.host_name)
        return "250 taken"


context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(certificate, key)
same = {"hostname": "127.0.0.1", "authenticator": authenticate,
        "auth_required": True}
Controller(Handler(), port=int(port), tls_context=context,
           require_starttls=True, **same).start()
Controller(Handler(), port=int(port) + 1, ssl_context=context,
           auth_require_tls=False, **same).start()
open(os.path.join(mails, "ready"), "w").close()
signal.pause()
