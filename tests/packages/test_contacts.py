"""How to reach whom, in a package: of the tablet's own agency, and nothing invented."""

from backend.accounts.contacts import set_contact
from backend.accounts.models import Agency

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
