"""A receiver as docs/sharing.md asks for one: a real HTTPS server that verifies signatures by hand.

It shares no code with what signs. What `how` names it does instead of answering well.
"""

import hashlib
import json
import re
import ssl
import threading
import time
from base64 import b64decode, b64encode, urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

NEEDED = ('"@method"', '"@target-uri"', '"content-type"', '"idempotency-key"', '"content-digest"')
WINDOW_S = 300
NONSENSE = (
    "",
    "receipt",
    'receipt=("@status',
    "receipt=1",
    'receipt=("@status");created=now',
    'receipt=();keyid="é"',
    'receipt=("@status" "content-digest");created=99999999999999999',
    'receipt=("@status" "nothing")',
)


class Refused(Exception):
    """Why a message is not taken."""


class Receiver:
    """Taken messages by their number; `refused` says why others were not."""

    def __init__(self, folder: Path) -> None:
        self.how, self.late_s, self.passed_s, self.keys = "well", 0, 0, {}
        self.taken, self.refused, self.nonces = {}, [], set()
        self.heard = 0  # requests, whatever became of them
        self.own = Ed25519PrivateKey.generate()
        self.ca = _certificates(folder)
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "server.pem")
        plain = self._server.socket
        self._server.socket = context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def authority(self) -> str:
        return f"localhost:{self._server.server_port}"

    @property
    def address(self) -> str:
        return f"https://{self.authority}/minors/in"

    @property
    def public_key(self) -> str:
        return b64encode(self.own.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()

    def trust(self, known: dict) -> None:
        """Take the sender's public keys as it publishes them."""
        self.keys = {one["kid"]: urlsafe_b64decode(one["x"] + "==") for one in known["keys"]}

    def take(self, headers, body: bytes) -> dict:
        """Verify a message and take it once; its receipt. Raises Refused."""
        if self.how == "changed on the way":
            body = body.replace(b'"rows"', b'"rovs"')
        self._verify(headers, body)
        message_id, sha256 = json.loads(body)["message_id"], hashlib.sha256(body).hexdigest()
        if headers["Idempotency-Key"] != f'"{message_id}"':
            raise Refused("number")
        if message_id not in self.taken:
            now = datetime.now(UTC).isoformat()
            self.taken[message_id] = {
                "message_id": message_id, "sha256": sha256, "received_at": now,
                "receipt_no": f"R-{len(self.taken) + 1}", "body": json.loads(body),
            }  # fmt: skip
        if self.taken[message_id]["sha256"] != sha256:
            raise Refused("one number, two bodies")
        return {name: value for name, value in self.taken[message_id].items() if name != "body"}

    def _verify(self, headers, body: bytes) -> None:
        digest = b64encode(hashlib.sha256(body).digest()).decode()
        if headers["Content-Digest"] != f"sha-256=:{digest}:":
            raise Refused("digest")
        said = headers["Signature-Input"].removeprefix("humiao=")
        covered = re.match(r"\(([^)]*)\)", said)[1].split(" ")
        if set(covered) != set(NEEDED):
            raise Refused("covered")
        known = dict(re.findall(r';(\w+)=("[^"]*"|\d+)', said))
        now = time.time() + self.passed_s + self.late_s
        if not int(known["created"]) - WINDOW_S <= now <= int(known["expires"]):
            raise Refused("window")
        if int(known["expires"]) - int(known["created"]) > WINDOW_S:
            raise Refused("window too long")
        values = {
            '"@method"': "POST", '"@target-uri"': self.address, '"content-type"': headers["Content-Type"],
            '"idempotency-key"': headers["Idempotency-Key"], '"content-digest"': headers["Content-Digest"],
        }  # fmt: skip
        lines = [f"{name}: {values[name]}" for name in covered] + [f'"@signature-params": {said}']
        key_id, nonce = known["keyid"].strip('"'), known["nonce"].strip('"')
        if key_id not in self.keys:
            raise Refused("key")
        signature = b64decode(headers["Signature"].removeprefix("humiao=:").removesuffix(":"))
        try:
            Ed25519PublicKey.from_public_bytes(self.keys[key_id]).verify(signature, "\n".join(lines).encode())
        except InvalidSignature:
            raise Refused("signature") from None
        if nonce in self.nonces:
            raise Refused("nonce")
        self.nonces.add(nonce)

    def signed(self, status: int, body: bytes) -> dict[str, str]:
        """Headers of an answer whose signature covers its status and its exact body."""
        digest = f"sha-256=:{b64encode(hashlib.sha256(body).digest()).decode()}:"
        said = f'("@status" "content-digest");created={int(time.time())};keyid="r";alg="ed25519"'
        base = f'"@status": {status}\n"content-digest": {digest}\n"@signature-params": {said}'
        signature = b64encode(self.own.sign(base.encode())).decode()
        return {
            "Content-Digest": digest,
            "Signature-Input": f"receipt={said}",
            "Signature": f"receipt=:{signature}:",
        }

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A sender that went away is none of the receiver's business."""


def _handler(receiver: Receiver):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            receiver.heard += 1
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if receiver.how in ("hangs", "drips"):
                return self._be_slow(drips=receiver.how == "drips")
            if receiver.how == "redirects":
                return self._say(307, b"", Location=f"https://{receiver.authority}/elsewhere")
            if receiver.how == "fails":
                return self._say(503, b"")
            try:
                receipt = receiver.take(self.headers, body)
            except Refused as refused:
                receiver.refused.append(str(refused))
                return self._say(403, b"")
            if receiver.how == "loses its answer":
                self.close_connection = True
                return None
            if receiver.how == "says too much":
                receipt["more"] = "x" * 200_000
            if receiver.how == "gives the receipt of another":
                receipt["sha256"] = "0" * 64
            said = b"thank you" if receiver.how == "gives no receipt" else json.dumps(receipt).encode()
            signed = receiver.signed(201, said)
            if receiver.how in NONSENSE:
                signed["Signature-Input"] = receiver.how
            if receiver.how == "signs another receipt":
                said = said.replace(b"R-", b"Q-")
            return self._say(201, said, **signed)

        def _be_slow(self, *, drips):
            """Answer never, or letter by letter, until the sender has gone away."""
            self.close_connection = True
            for _ in range(20):
                time.sleep(0.1)
                if drips:
                    self.wfile.write(b"x")

        def _say(self, status, body, **headers):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Tests are quiet."""

    return Handler


def _certificates(folder: Path) -> Path:
    """A CA of its own and a certificate for localhost; the file of the CA."""
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca = _certificate("示例 CA", ca_key, "示例 CA", ca_key, is_ca=True)
    server = _certificate("localhost", key, "示例 CA", ca_key, is_ca=False)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "server.pem").write_bytes(pem + server.public_bytes(Encoding.PEM))
    (folder / "ca.pem").write_bytes(ca.public_bytes(Encoding.PEM))
    return folder / "ca.pem"


def _certificate(name, key, issuer, issuer_key, *, is_ca):
    now = datetime.now(UTC)
    named, by = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in (name, issuer))
    builder = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
    )
    if not is_ca:
        names = x509.SubjectAlternativeName(
            [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
        )
        builder = builder.add_extension(names, critical=False)
    return builder.sign(issuer_key, SHA256())
