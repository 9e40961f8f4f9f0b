"""How the demo's agencies number their documents, this year and next."""

from backend.accounts import queries
from backend.cli.common import BY
from backend.cli.demo_people import AGENCIES
from backend.core.days import today
from backend.core.deployment import Deployment
from backend.tasks import ledger
from backend.tasks.rules import NUMBER_PLACE, DocumentKind

_WORDS = {
    DocumentKind.INSPECTION_NOTICE: "检通",
    DocumentKind.INSPECTION_RECORD: "检录",
    DocumentKind.ORDER_TO_CORRECT: "责改",
    DocumentKind.PRESERVATION_LIST: "登存",
}


def lay_down(deployment: Deployment) -> None:
    """Lay a series down for each agency that inspects, each kind of document and both years."""
    with deployment.unit_of_work() as session:
        for code, (name, _, activities) in AGENCIES.items():
            agency = queries.agency_by_code(session, code)
            if agency is None or activities is None:
                continue
            who = name.removeprefix("示例区").removesuffix("（虚构）")
            for year in (today().year, today().year + 1):
                for kind, word in _WORDS.items():
                    pattern = f"示例{who}{word}〔{year}〕{NUMBER_PLACE}号"
                    ledger.add_series(
                        session, agency_id=agency.id, kind=kind, year=year, pattern=pattern, by=BY
                    )
