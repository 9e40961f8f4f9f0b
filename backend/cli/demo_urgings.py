"""An invented quarter that was kept, and a letter of the demo's coordinator with its answer."""

from datetime import timedelta

from backend.accounts.queries import agency_by_code
from backend.cli.common import now
from backend.cli.demo_tasks import person_of
from backend.core.days import today
from backend.core.deployment import Deployment
from backend.indicators import reports, urgings
from backend.maps.periods import Against, Period, Step


def urge(deployment: Deployment) -> None:
    """Keep the last quarter that is over; urge the culture bureau twice, which answers once."""
    quarter = Period.of(today(), Step.QUARTER).before(Against.PREVIOUS)
    with deployment.unit_of_work() as session:
        coordinator, supervisor = person_of(session, "coordinator"), person_of(session, "supervisor")
        area, culture = coordinator.scope.areas[0], agency_by_code(session, "demo-culture")
        reports.freeze(
            session, first_on=quarter.first, last_on=quarter.last, area_code=area, by=coordinator, now=now()
        )
        for subject, words, days in (
            ("寒假前复查安排", "请在寒假前完成学校周边已到期责令改正的复查，并回复安排。", 14),
            ("线索答复", "请核对本季度尚未答复的线索，逐件回复办理情况。", 7),
        ):
            letter = urgings.urge(
                session, area_code=area, to_agency_id=culture.id if culture else 0, subject=subject,
                words=words, due_on=today() + timedelta(days=days), by=coordinator, now=now(),
            )  # fmt: skip
        urgings.answer(session, letter, "已逐件核对，均已答复。", by=supervisor, now=now())
