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
    DocumentKind.PRESERVATION_DECISION: "登存决",
    DocumentKind.EXTRACTION_RECORD: "取证",
    DocumentKind.DISTANCE_REPORT: "距核",
    DocumentKind.FILING_APPROVAL: "立案",
    DocumentKind.SUMMARY_DECISION: "当罚",
    DocumentKind.PENALTY_NOTICE: "罚告",
    DocumentKind.HEARING_NOTICE: "听通",
    DocumentKind.PENALTY_DECISION: "罚决",
    DocumentKind.NO_PENALTY_DECISION: "不罚",
    DocumentKind.SERVICE_RECEIPT: "送达",
    DocumentKind.TRANSFER_LETTER: "移送",
    DocumentKind.CLOSING_REPORT: "结案",
    DocumentKind.TIP_REPLY: "线复",
    DocumentKind.RECOMMENDATION_REPLY: "检复",
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
