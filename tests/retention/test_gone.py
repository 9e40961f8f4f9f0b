"""What was planted opens no more: not with every key of the deployment, not from the bare files."""

import itertools
import zlib
from contextlib import suppress

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.core.db import Base
from backend.core.sealed import VisitKeyRow, open_sealed
from backend.intake.models import Envelope, EnvelopeFile
from tests.forms.samples import PHOTO
from tests.retention import keeping
from tests.retention.keeping import CHILD, YEARS, confirm, run

WORDS = ("柳槑", "囧烎", "嘂巭", "picture of a door", "picture of a child", "槑烎号卷宗", "巭文书", "启封嘂")
PLANTED = {"measures/remarks": "柳槑", "duties/ban_sign_note": "囧烎", "signatures/person_name": "嘂巭"}


@pytest.fixture
def planted(deployment, tablet, supervisor, people):
    """A word in every place that is sealed: forms, photos, their names, reasons, notes, references."""
    photos = [PHOTO | {"caption": "柳槑"}, CHILD]
    visit_id = keeping.visit(deployment, tablet, answers=PLANTED, photos=photos)
    visit = f"/api/v1/visits/{visit_id}"
    asked = {"visit_id": visit_id, "reason": "启封嘂巭"}
    assert supervisor.post("/api/v1/unseal-requests", json=asked).status_code == 201
    hold = supervisor.post(f"{visit}/holds", json={"reason": "lawsuit", "note": "巭文书"}).json
    supervisor.post(f"/api/v1/holds/{hold['id']}/lifting", json={"because": "ended"})
    basis = {"kind": "guardian_consent", "form": "written", "given_by": "parent", "given_on": "2026-11-20",
             "reference": "槑烎号卷宗"}  # fmt: skip
    assert people(Role.INSPECTOR).post(f"/visits/{visit_id}/basis", data=basis).status_code == 200


def values(deployment):
    """Every value of every row, and every file."""
    with deployment.reading() as session:
        rows = [row for table in Base.metadata.sorted_tables for row in session.execute(select(table))]
    found = [value for row in rows for value in row]
    kept = [value if isinstance(value, bytes) else str(value).encode() for value in found]
    files = (path for path in deployment.settings.var_dir.rglob("*") if path.is_file())
    return kept + [path.read_bytes() for path in files]


def contexts(deployment):
    """Every place that sealed content may be bound to."""
    with deployment.reading() as session:
        yield from ("file", "metadata", "hold:1", "basis:1")
        for envelope in session.scalars(select(Envelope)):
            one = envelope.instance_id
            yield from (f"xml:{one}", f"visit:{one}", f"file:{one}:name", f"unseal:{envelope.visit_no}")
            for stored in session.scalars(select(EnvelopeFile.stored)):
                yield f"file:{one}:{stored}"


def opened_with_every_key(deployment):
    """All that opens, and all that then opens with it."""
    keys, blobs, places = deployment.keys, values(deployment), list(contexts(deployment))
    secrets = [
        *keys.roots.values(),
        *keys.sharings.values(),
        keys.hash_key,
        keys.signing_key,
        keys.package_key,
    ]
    with deployment.reading() as session:
        for row in session.scalars(select(VisitKeyRow).where(VisitKeyRow.wrapped.is_not(None))):
            secrets.append(keys.unwrap(row.wrapped, f"visit:{row.visit_id}"))
    found, sealed = list(blobs), [blob for blob in blobs if blob.startswith(b"HMS1")]
    for secret in secrets:  # grows while it is walked
        for blob, place in itertools.product(sealed, places):
            with suppress(InvalidTag):
                clear = open_sealed(secret, blob, place)
                secrets += [clear] if len(clear) == 32 else []
                found.append(clear)
                with suppress(zlib.error):
                    found.append(zlib.decompress(clear))
    return found


def words_in(found):
    return {word for word in WORDS if any(word.encode() in one for one in found)}


def test_what_was_planted_opens_before_and_never_after(deployment, planted):
    confirm(deployment, YEARS)
    assert words_in(values(deployment)) == set()
    assert words_in(opened_with_every_key(deployment)) == set(WORDS)

    run(deployment, "2031-11-21")

    assert words_in(opened_with_every_key(deployment)) == set()


def test_destroyed_keys_are_left_in_no_file(deployment, planted):
    if not deployment.is_sqlite:
        pytest.skip("only on SQLite: the files of PostgreSQL belong to its server")
    confirm(deployment, YEARS)
    with deployment.reading() as session:
        secrets = [row.wrapped for row in session.scalars(select(VisitKeyRow))]
        secrets += session.scalars(select(EnvelopeFile.sealed_key)).all()
        secrets += [session.scalars(select(Envelope.sealed)).one()[100:200]]
    deployment.forget()
    assert left(deployment, secrets) == len(secrets)

    run(deployment, "2031-11-21")

    assert left(deployment, secrets) == 0


def left(deployment, secrets):
    files = [path.read_bytes() for path in deployment.settings.var_dir.rglob("*") if path.is_file()]
    return sum(any(secret in file for file in files) for secret in secrets)
