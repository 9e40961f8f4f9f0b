"""Three invented tablets for the demo: one in use, one with ODK Collect, one that was lost."""

from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from backend.accounts import actions as accounts
from backend.accounts import queries
from backend.accounts.rules import Revoked
from backend.cli.common import BY, now
from backend.core.deployment import Deployment
from backend.packages.actions import take
from backend.venues import pinyin

_DAYS = 180
_TABLETS = (
    ("示例平板一", "inspector", True),
    ("示例平板二", "inspector2", False),
    ("示例平板三", "inspector2", True),
)


def equip(deployment: Deployment) -> None:
    """Admit them; the first takes its package, the last is refused. Nobody holds their keys."""
    tokens = []
    with deployment.unit_of_work() as session:
        pinyin.write(session, by=BY)
        for name, login, is_enrolled in _TABLETS:
            officer = queries.user_by_login(session, login)
            if officer is None:
                raise RuntimeError("the demo's inspectors are missing")
            device, token = accounts.add_device(
                session, name=name, areas=[area.code for area in officer.areas], user_id=officer.id,
                agency_id=officer.agency_id, public_key=_public_key() if is_enrolled else None,
                expires_at=now() + timedelta(days=_DAYS), by=BY, now=now(),
            )  # fmt: skip
            tokens.append(token)
        accounts.revoke_device(session, device.id, because=Revoked.LOST, by=BY, now=now())
    with deployment.reading() as session:
        found = queries.device_by_token(session, accounts.token_hash(session, "device", tokens[0]), now())
    if found:
        take(deployment, found[1], app_version="demo", now=now())


def _public_key() -> bytes:
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
