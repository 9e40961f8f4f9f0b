"""A tablet for tests: a key of its own, and what it says when it is enrolled, as WebCrypto would."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask.testing import FlaskClient

from backend.accounts import actions
from backend.accounts.enrolment import challenge
from backend.core.deployment import Deployment


class TabletKey:
    """A pair of keys in a tablet."""

    def __init__(self) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        public = self._private.public_key()
        self.public = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, message: bytes) -> bytes:
        r, s = decode_dss_signature(self._private.sign(message, ec.ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def says(self, code: str, **more: Any) -> dict[str, Any]:
        """The body of an enrolment."""
        signature = self.sign(challenge(code, self.public))
        said = {"public_key": text(self.public), "signature": text(signature)}
        return {"code": code, "name": "平板7", "app_version": "1.0.0"} | said | more


def add_tablet(deployment: Deployment, **columns: Any) -> tuple[int, str]:
    """Admit an enrolled tablet; returns its id and its token."""
    now = datetime.now(UTC)
    known = {"name": "平板7", "areas": ["310101"], "expires_at": now + timedelta(days=90)}
    known["public_key"] = TabletKey().public
    with deployment.unit_of_work() as session:
        device, token = actions.add_device(session, **(known | columns), by="tester", now=now)
        return device.id, token


def text(content: bytes) -> str:
    return b64encode(content).decode()


def enrol(keeper: FlaskClient, tablet: FlaskClient, key: TabletKey | None = None, **whose: Any) -> Any:
    """A keeper offers a code and the tablet brings it; the answer to the tablet."""
    offered = keeper.post("/api/v1/device-enrolments", json={"name": "平板7"} | whose)
    assert offered.status_code == 201, offered.json
    return tablet.post("/tablet/enrolment", json=(key or TabletKey()).says(offered.json["code"]))
