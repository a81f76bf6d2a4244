"""The peers of tests/bench/line.py: servers and clients that run at the two ends of an emulated line.

serve FOLDER KIND        send FOLDER KIND COUNT         KIND: requests, smtp, tcp
"""

import asyncio
import datetime
import json
import os
import smtplib
import socket
import ssl
import sys
import time
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

HOST = "127.77.0.2"
PORT = 8443
NAME = "relay.example.org"
TEXT = ("Trưa nay Bộ Ngoại giao sở tại mời lên trao công hàm về lịch làm việc của đoàn. " * 9).encode()[:500]
PATIENCE_S = 300


def chain(folder: Path) -> None:
    """Make root, intermediate and server certificates with RSA keys of 2048 bits, as public ones have."""
    now = datetime.datetime.now(datetime.UTC)
    issuer_key = issuer = None
    made: list[tuple[x509.Certificate, rsa.RSAPrivateKey]] = []
    for name in ("Bench Root", "Bench Issuing CA R3", NAME):
        key = rsa.generate_private_key(65537, 2048)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer or subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=90))
            .add_extension(x509.BasicConstraints(ca=name != NAME, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        if name == NAME:
            builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        if issuer_key is not None:
            identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
            builder = builder.add_extension(identifier, critical=False)
        made.append((builder.sign(issuer_key or key, hashes.SHA256()), key))
        issuer_key, issuer = key, subject
    pem = [each.public_bytes(serialization.Encoding.PEM) for each, _ in made]
    (folder / "root.pem").write_bytes(pem[0])
    (folder / "chain.pem").write_bytes(pem[2] + pem[1])
    (folder / "key.pem").write_bytes(
        made[2][1].private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def serve(folder: Path, kind: str) -> None:
    """Take what comes until the process is ended."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "chain.pem", folder / "key.pem")
    if kind == "requests":
        server = HTTPServer((HOST, PORT), _Taker)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.serve_forever()
    elif kind == "smtp":
        asyncio.run(_mail(context))
    else:
        _echo()


class _Taker(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Take a message and say so as a JSON service does."""
        self.rfile.read(int(self.headers["Content-Length"]))
        answer = json.dumps({"status": "stored", "id": os.urandom(16).hex()}).encode()
        self.send_response(201)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


async def _mail(context: ssl.SSLContext) -> None:
    from aiosmtpd.smtp import SMTP

    class Taker:
        async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802 - aiosmtpd's name
            return "250 2.0.0 Ok: queued as 4D1F2A0B3C"

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Taker(), hostname=NAME, tls_context=context, require_starttls=True, loop=loop), HOST, PORT
    )
    await server.serve_forever()


def _echo() -> None:
    listening = socket.create_server((HOST, PORT))
    while True:
        taken, _ = listening.accept()
        with taken, taken.makefile("rb") as stream:
            while head := stream.read(4):
                stream.read(int.from_bytes(head))
                taken.sendall(bytes(16))


def send(folder: Path, kind: str, count: int) -> None:
    """Hand over `count` messages on one connection; print the seconds they took."""
    began = time.perf_counter()
    if kind == "requests":
        _send_requests(folder, count)
    elif kind == "smtp":
        _send_mail(folder, count)
    else:
        _send_tcp(folder, count)
    print(json.dumps({"seconds": time.perf_counter() - began}))


def _send_requests(folder: Path, count: int) -> None:
    import requests
    from requests.adapters import HTTPAdapter

    class Named(HTTPAdapter):
        """The server's name without a resolver."""

        def init_poolmanager(self, *args: object, **kwargs: object) -> None:
            super().init_poolmanager(*args, server_hostname=NAME, assert_hostname=NAME, **kwargs)  # type: ignore[arg-type]

    body = json.loads((folder / "requests.json").read_bytes())
    with requests.Session() as session:
        session.mount("https://", Named())
        session.headers["Authorization"] = "Bearer " + "a" * 43
        for _ in range(count):
            answer = session.post(
                f"https://{HOST}:{PORT}/api/v1/messages", json=body, verify=str(folder / "root.pem"), timeout=PATIENCE_S
            )
            answer.raise_for_status()


def _send_mail(folder: Path, count: int) -> None:
    context = ssl.create_default_context(cafile=folder / "root.pem")
    with smtplib.SMTP(timeout=PATIENCE_S) as server:
        server._host = NAME  # type: ignore[attr-defined]  # the server's name without a resolver
        server.connect(HOST, PORT)
        server._host = NAME  # type: ignore[attr-defined]
        server.starttls(context=context)
        for _ in range(count):
            mail = EmailMessage()
            mail["From"], mail["To"], mail["Subject"] = "paris@example.org", "ha-noi@example.org", "..."
            mail["Date"] = "Thu, 26 Nov 2026 10:00:00 +0100"
            mail["Message-ID"] = "<0123456789.abcdef@example.org>"
            mail.set_content((folder / "mail").read_text())
            server.send_message(mail)


def _send_tcp(folder: Path, count: int) -> None:
    body = (folder / "envelope").read_bytes()
    with socket.create_connection((HOST, PORT), timeout=PATIENCE_S) as line:
        for _ in range(count):
            line.sendall(len(body).to_bytes(4) + body)
            got = b""
            while len(got) < 16:
                got += line.recv(16)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(Path(sys.argv[2]), sys.argv[3])
    else:
        send(Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
