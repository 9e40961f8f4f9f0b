"""Fifty planted names and resident IDs, wherever a form takes words: none lies anywhere in the clear."""

import re

import requests
from sqlalchemy import select

from backend.core.db import Base
from backend.inspections.models import Visit
from backend.intake import filer
from backend.intake.models import Envelope, State
from tests.core.test_personal_numbers import check_digit
from tests.forms.samples import PHOTO, cafe_submission
from tests.intake.tablet import FORM_DATA, basic, form_data
from tests.server import running

NAMES = [f"柳{first}{second}" for first in "槑囧烎嘂巭" for second in "一二三四五六七八九十"]
FIRST_17 = [
    f"3101012009{month:02}{day:02}00{n}" for month in range(1, 6) for day in range(1, 11) for n in [day % 10]
]
IDS = [first + check_digit(first) for first in FIRST_17]
WORDS = (
    "arrival/trigger_reason", "arrival/plan_number", "arrival/no_check_code_reason", "arrival/check_code",
    "arrival/officer_1_name", "arrival/officer_1_certificate", "arrival/no_second_officer_reason",
    "arrival/visit_reason", "arrival/officer_1_valid_to", "place/venue_id", "place/venue_name",
    "place/venue_address", "place/venue_licence", "place/no_position_reason", "place/position",
    "duties/ban_sign", "duties/ban_sign_note", "measures/order_text", "measures/remarks",
    "measures/measures_taken", "signatures/person_name", "signatures/person_position",
    "signatures/person_statement", "signatures/person_signing", "signatures/witness_name",
    "signatures/refusal_reason", "deviceid", "unheard_of", "duties/unheard_of", "start", "no_id_check_reason",
)  # fmt: skip


def planted(name: str, number: str) -> tuple[bytes, list[tuple[str, bytes]]]:
    """A form with a name and an ID in every place for words, in its file names and in its pictures."""
    text = f"{name} {number}"
    xml = cafe_submission(
        answers=dict.fromkeys(WORDS, text),
        id_checks=[{"id_check_note": text, "method": name, "covert_approval": text}],
        photos=[PHOTO | {"photo": f"{name}{number}.jpg", "caption": text, "officer": name, "sha256": name}],
        deprecated_id=text,
    )
    return xml, [(f"{name}{number}.jpg", text.encode()), (f"{number}.png", text.encode())]


def dump(deployment) -> bytes:
    """Every value of every row, as text."""
    with deployment.reading() as session:
        rows = [row for table in Base.metadata.sorted_tables for row in session.execute(select(table))]
    return b"\n".join(
        value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row
    )


def test_what_was_planted_is_found_nowhere_in_the_clear(deployment, forms, inspector):
    with running(deployment.settings) as base_url:
        for name, number in zip(NAMES, IDS, strict=True):
            answer = requests.post(
                f"{base_url}/openrosa/submission", data=form_data(*planted(name, number)), timeout=30,
                headers=basic("inspector") | {"Content-Type": FORM_DATA},
            )  # fmt: skip
            assert answer.status_code == 201
    while filer.file_waiting(deployment):
        pass
    with deployment.reading() as session:
        assert set(session.scalars(select(Envelope.state))) == {State.FILED}
        assert len(session.scalars(select(Visit.id)).all()) == 50

    clear = re.compile("|".join(NAMES + IDS).encode())
    assert clear.search(b"planted: " + IDS[7].encode())
    assert clear.findall(dump(deployment)) == []
    for path in deployment.settings.var_dir.rglob("*"):
        if path.is_file():
            assert clear.findall(path.read_bytes()) == [], path
            assert clear.findall(str(path).encode()) == []
