"""What a lead rests on, of the agency's own: venues, what was found there, and the summary of it in words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from backend.accounts.models import Agency
from backend.accounts.queries import area_names
from backend.accounts.scope import Person
from backend.core.settings import Settings
from backend.documents.blocks import Document, document, facts, heading, paragraph, seal, table
from backend.documents.law import basis, citations
from backend.documents.shown import day_shown, masked, sentence
from backend.inspections import queries as inspections
from backend.inspections.models import Standing, Violation
from backend.protected_sites import queries as sites
from backend.rulebook import queries as rulebook
from backend.screening.surroundings import surroundings
from backend.tasks.rules import DocumentKind
from backend.transfers.models import Transfer
from backend.transfers.rules import LeadKind
from backend.transfers.subjects import MOST_VENUES
from backend.venues import queries as venues
from backend.venues.models import Venue

LEADS = {
    LeadKind.CRIMINAL: "刑事", LeadKind.CIVIL: "民事", LeadKind.ADMINISTRATIVE: "行政",
    LeadKind.PUBLIC_INTEREST: "公益诉讼",
}  # fmt: skip
FIELDS = (  # all that a package says of anything
    "lead.kind", "lead.reason", "venue.name", "venue.address", "venue.credit_code", "violation.day",
    "violation.breach", "violation.clauses", "violation.standing", "distance.report", "record.kind",
    "record.number", "record.day", "photo.picture", "photo.day",
)  # fmt: skip
_STANDINGS = {Standing.FOUND: "检查发现", Standing.REVIEW: "待核实"}


def venues_of(session: Session, settings: Settings, transfer: Transfer, by: Person, on: date) -> list[Venue]:
    """The venues that a lead names; of a school's surroundings those where something was found."""
    if transfer.venue_ids or transfer.site_id is None:
        return [venues.venue(session, by.scope, one) for one in transfer.venue_ids]
    site = sites.site(session, by.scope, transfer.site_id)
    near = surroundings(session, settings, by.scope, site, on=on)
    around = list({row.venue.id: row.venue for row in near}.values())
    return [one for one in around if violations_at(session, by, [one])][:MOST_VENUES]


def violations_at(session: Session, by: Person, there: Iterable[Venue]) -> list[Violation]:
    """What the agency itself found at these venues and nobody took back, the newest first."""
    return [
        found
        for venue in there
        for found in inspections.violations_of_venue(session, by.scope, venue.id)
        if found.visit.agency_id == by.agency_id
    ]


def summary(
    session: Session, transfer: Transfer, agency: Agency, there: Sequence[Venue],
    found: Sequence[Violation], on: date,
) -> Document:  # fmt: skip
    """What the lead is about, in the shape of an issued document (线索情况说明).

    上海市未成年人保护条例 art. 70; 未成年人保护法 art. 106.
    """
    law = rulebook.current(session)
    title = f"{LEADS[LeadKind(transfer.lead_kind or '')]}线索情况说明"
    where = area_names(session, [transfer.area_code]).get(transfer.area_code, transfer.area_code)
    names = {one.id: one.name or one.ref for one in there}
    contents = [
        facts([("移送单位", agency.name_zh), ("接收机关", transfer.to_name), ("所在区域", where)]),
        paragraph(f"{transfer.to_name}："),
        heading("一、线索情况"),
        paragraph(sentence(masked(transfer.reason))),
        heading("二、涉及的场所"),
        table(
            ["序号", "场所", "地址", "统一社会信用代码"],
            [
                [str(no), names[one.id], one.address or "未登记", one.credit_code or "未登记"]
                for no, one in enumerate(there, 1)
            ],
        ),
        heading("三、检查发现"),
        table(["序号", "日期", "场所", "情形", "有关规定", "状态"], list(_rows(session, found, names))),
        paragraph("检查发现由本单位逐项记录，是否违法由有权机关依法认定；距离见随附的核查报告。"),
        heading("四、有关规定"),
        paragraph(basis(law, on, "sh-minors-regs:70.2", "minors-law:106")),
        paragraph("个人信息已经处理：不含未成年人、线索反映人和其他自然人的姓名；略去的内容见清单。"),
        seal(agency.name_zh, on),
    ]
    return document(DocumentKind.TRANSFER_LETTER, title, on, contents)


def _rows(session: Session, found: Sequence[Violation], names: dict[int, str]) -> Iterator[list[str]]:
    for no, one in enumerate(found, 1):
        law = rulebook.version(session, one.rulebook_version)
        duty = law.on(one.fact_on).duties.get(one.duty_id or "")
        yield [
            str(no), day_shown(one.fact_on), names.get(one.visit.venue_id or 0, ""),
            duty.breach.zh if duty else (one.duty_id or "其他"), citations(law, one.clauses, one.fact_on),
            _STANDINGS[Standing(one.standing)],
        ]  # fmt: skip
