"""Two invented sweeps of the demo's coordinator: one under way, and one around the demo's school, closed."""

from datetime import timedelta

from sqlalchemy import func, select

from backend.cli.common import now
from backend.cli.demo_tasks import person_of
from backend.cli.demo_visits import SEEN, inspectors, send
from backend.core.days import SHANGHAI, today
from backend.core.deployment import Deployment
from backend.intake import filer
from backend.planning import actions, queries
from backend.planning.rules import Proposal
from backend.planning.zone import zone_of
from backend.protected_sites.models import Site
from backend.venues.models import Venue

_BUSY_SCHOOL = "海鸥第十小学"
Sent = list[tuple[int, str]]  # venue, activity


def sweep(deployment: Deployment) -> None:
    """Send whoever is proposed; visit a part of the first zone and all of the second, and close that one."""
    with deployment.reading() as session:
        own = person_of(session, "school").scope.site_id
        busy = session.scalar(select(func.min(Site.id)).where(Site.name == _BUSY_SCHOOL))
    _, sent = _begin(deployment, busy, "秋季校园周边环境综合整治", "示例整治〔2026〕1号", 500.0)
    _visit(deployment, sent[:3])
    over, sent = _begin(deployment, own, "开学季校园周边环境综合整治", "示例整治〔2026〕2号", 1000.0)
    _visit(deployment, sent)
    with deployment.unit_of_work() as session:
        person = person_of(session, "coordinator")
        found = queries.sweep(session, person.scope, over, to_change=True)
        words = "已按计划检查；未检查和未改正的，由各单位跟进。"
        actions.close(session, found, words, by=person, now=now())


def _begin(
    deployment: Deployment, site_id: int | None, name: str, number: str, radius_m: float
) -> tuple[int, Sent]:
    """Open one, approved and published today, and make the tasks that are proposed.

    Returns its id, and where nobody was before.
    """
    said = {
        "site_id": site_id, "name": name, "radius_m": radius_m, "from_on": today(),
        "until_on": today() + timedelta(days=14), "approved_by": "示例区妇儿工委办（虚构）",
        "approved_on": today(), "document_no": number, "published_on": today(),
    }  # fmt: skip
    with deployment.unit_of_work() as session:
        person = person_of(session, "coordinator")
        opened = actions.open_sweep(session, said, by=person, now=now())
        places = [
            place
            for place in zone_of(session, deployment.settings, opened, today()).places
            if place.proposal in (Proposal.JOINT, Proposal.SINGLE)
        ]
        pairs = {(place.venue.id, agency) for place in places for agency in place.agency_ids}
        actions.make_tasks(session, deployment.settings, opened, pairs, by=person, now=now())
        never = (place for place in places if place.last is None)
        return opened.id, [(place.venue.id, line.near.activity) for place in never for line in place.lines]


def _visit(deployment: Deployment, sent: Sent) -> None:
    """Visit each; at the first one something is found."""
    people = inspectors(deployment)
    for turn, (venue_id, activity) in enumerate(sent):
        with deployment.reading() as session:
            venue = session.execute(select(Venue.id, Venue.place).where(Venue.id == venue_id)).one()
        login = next(login for login, person in people.items() if person.scope.concerns(activity))
        answers = SEEN[activity][0] if turn == 0 else {}
        begun = now().astimezone(SHANGHAI) - timedelta(minutes=20 + 5 * turn)
        send(deployment, activity, venue, answers, begun, login, people[login])
    while filer.file_waiting(deployment):
        pass
