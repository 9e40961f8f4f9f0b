"""Pictures of children are kept on a basis that somebody noted; where nobody did, a supervisor sees it."""

import pytest
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from backend.retention.models import ProcessingBasis
from tests.forms.samples import PHOTO
from tests.retention import keeping
from tests.retention.keeping import YEARS, confirm, run

CONSENT = {"kind": "guardian_consent", "form": "written", "given_by": "parent", "given_on": "2026-11-20"}
DUTY = {"kind": "statutory_duty", "clause": "pipl:13.1(3)"}
LISTED = 'href="/visits/1#child-data"'


def note(client, said=CONSENT):
    return client.post("/visits/1/basis", data=said)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({}, 422),
        (CONSENT | {"form": "whispered"}, 422),
        (CONSENT | {"given_by": "neighbour"}, 422),
        (CONSENT | {"given_on": ""}, 422),
        (CONSENT | {"given_on": "2999-01-01"}, 422),
        (CONSENT | {"reference": "13912345678"}, 422),
        (DUTY | {"clause": "pipl:28.1"}, 422),
        (DUTY | {"clause": "nothing"}, 422),
        (DUTY | {"kind": "curiosity"}, 422),
    ],
)
def test_a_basis_that_is_none_is_refused(deployment, supervisor, visit, said, status):
    assert note(supervisor, said).status_code == status
    with deployment.reading() as session:
        assert session.scalars(select(ProcessingBasis)).all() == []


def test_a_visit_without_pictures_of_children_needs_none(deployment, tablet, supervisor):
    keeping.visit(deployment, tablet, photos=[PHOTO])

    assert LISTED not in supervisor.get("/child-data").text
    assert note(supervisor).status_code == 409


@pytest.mark.parametrize("columns", [{"areas": ("310104",)}, {"agency_id": None}])
def test_nobody_sees_or_notes_what_is_not_theirs(people, visit, columns):
    stranger = people(Role.SUPERVISOR, **columns)

    assert LISTED not in stranger.get("/child-data").text
    assert note(stranger).status_code == 404


@pytest.mark.parametrize("said", [CONSENT, DUTY])
def test_a_missing_basis_is_listed_with_its_law_until_it_is_noted(people, supervisor, visit, said):
    page = supervisor.get("/child-data").text
    assert LISTED in page
    assert "《中华人民共和国个人信息保护法》（2021-08-20公布）第三十一条第一款" in page
    assert "缺少处理依据" in supervisor.get("/visits/1").text

    page = note(people(Role.INSPECTOR), said).text

    assert "缺少处理依据" not in page
    assert ("书面，父母，2026-11-20" if said is CONSENT else "第十三条第一款第（三）项") in page
    assert LISTED not in supervisor.get("/child-data").text


def test_the_newest_basis_counts_and_the_older_one_stays(people, supervisor, visit):
    note(supervisor, DUTY)
    note(people(Role.INSPECTOR), CONSENT)

    bases = supervisor.get("/api/v1/visits/1/processing-bases").json

    assert [one["kind"] for one in bases] == ["guardian_consent", "statutory_duty"]
    assert bases[0]["seen_by"] != bases[1]["seen_by"]


def test_where_the_paper_lies_is_shown_on_the_record_only(deployment, supervisor, visit):
    note(supervisor, CONSENT | {"reference": "卷宗 2026-17"})

    assert "卷宗 2026-17" not in supervisor.get("/visits/1").text
    assert "卷宗 2026-17" in supervisor.post("/visits/1").text
    with deployment.reading() as session:
        deeds = list(session.scalars(select(AuditEntry.deed).where(AuditEntry.subject == "visit:1")))
        assert deeds[-2:] == ["retention.note_basis", "visit.read_record"]


def test_once_the_pictures_are_gone_no_basis_is_missing(deployment, supervisor, visit):
    confirm(deployment, {"photo_minor": 1})
    run(deployment, "2027-11-21")

    assert LISTED not in supervisor.get("/child-data").text
    assert "缺少处理依据" not in supervisor.get("/visits/1").text


def test_evidence_of_a_consent_keeps_the_key_until_its_own_period_is_over(deployment, supervisor, visit):
    note(supervisor)
    confirm(deployment, {name: years for name, years in YEARS.items() if name != "consent_evidence"})
    run(deployment, "2200-01-01")
    assert supervisor.get("/api/v1/visits/1/record").status_code == 200

    confirm(deployment, YEARS)
    run(deployment, "2200-01-01")

    assert supervisor.get("/api/v1/visits/1/record").status_code == 410
