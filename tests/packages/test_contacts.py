"""How to reach whom, in a package: of the tablet's own agency, and nothing invented."""

from backend.accounts.contacts import put_minor_contact, set_contact
from backend.accounts.models import Agency
from backend.accounts.rules import Role, ToCall
from backend.accounts.scope import Scope

EVERYWHERE = Scope(("",), None, None, Role.SYSTEM_ADMIN)

NOTHING = dict.fromkeys(("address", "phone", "complaint_phone", "email", "minors_phone"))


def test_what_nobody_entered_is_null(carrier):
    carrier.take()

    assert carrier.held["contacts"]["agency"] == NOTHING


def test_what_was_entered_comes_with_the_next_package(carrier, deployment, agency):
    carrier.take()
    with deployment.unit_of_work() as session:
        said = {"phone": "021-00000000", "address": "示例路1号"}
        set_contact(session, session.get_one(Agency, agency), said, by="tester")

    carrier.take()

    assert carrier.held["contacts"]["agency"] == NOTHING | said


def test_offices_of_the_tablets_areas_and_of_those_above_come_the_nearest_first(carrier, deployment):
    with deployment.unit_of_work() as session:
        for area, kind in (
            ("31", "other"), ("310101", "education"), ("310101", "police_station"), ("310104", "education"),
            ("310101001", "civil_affairs"),
        ):  # fmt: skip
            said = {
                "area_code": area,
                "kind": ToCall(kind),
                "name": f"{area} {kind}",
                "phone": "021-00000000",
            }
            put_minor_contact(session, EVERYWHERE, **said, by="tester")

    carrier.take()

    assert [(one["area_code"], one["kind"]) for one in carrier.held["contacts"]["areas"]] == [
        ("310101001", "civil_affairs"), ("310101", "police_station"), ("310101", "education"),
        ("31", "other"),
    ]  # fmt: skip


def test_public_numbers_come_each_with_the_clause_by_which_one_calls(carrier):
    carrier.take()

    numbers = {one["number"]: one["citation"][0] for one in carrier.held["contacts"]["public"]}
    assert list(numbers) == ["110", "12345", "12355"]
    assert numbers["110"].endswith("第九条第二款")
    assert numbers["12355"].endswith("第六十七条")
