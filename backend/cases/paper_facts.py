"""Documents of a case, made of what the case knows (party, officers, clauses, ruling) and of a short form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from backend.accounts.scope import Person
from backend.cases import papers, queries
from backend.cases.deadlines import midnight
from backend.cases.errors import PaperRefused
from backend.cases.models import Case
from backend.cases.notices import CLOSURE, told_closure
from backend.cases.penalty_queries import Opened, opened, taken_up
from backend.cases.rules import TRANSFERRED, may_ask_for_hearing
from backend.core.days import day_of
from backend.core.errors import InvalidInput
from backend.core.settings import Settings
from backend.documents import facts
from backend.documents.blocks import Document
from backend.documents.cases import closing_report, filing_approval, transfer_letter
from backend.documents.distance_report import distance_report
from backend.documents.measured import distance_facts
from backend.documents.on_the_spot import summary_decision
from backend.documents.penalties import hearing_notice, no_penalty_decision, penalty_decision, penalty_notice
from backend.documents.preservation import extraction_record, preservation_decision, preservation_list
from backend.documents.public import may_be_person
from backend.documents.replies import service_receipt
from backend.rulebook import queries as rulebook
from backend.rulebook.procedure import Ruling
from backend.rulebook.rows import Penalty
from backend.tasks.rules import DocumentKind
from backend.venues.models import Venue

_KINDS = {
    Penalty.WARNING: "警告", Penalty.CONFISCATION: "没收违法所得、非法财物", Penalty.CLOSURE: CLOSURE,
    Penalty.REVOCATION: "吊销许可证件", Penalty.BAR: "限制从业", Penalty.DETENTION: "行政拘留",
}  # fmt: skip
Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Making:
    """A case in whose name a document is made."""

    session: Session
    found: Case
    on: date

    def of_case(self, said: Said) -> dict[str, Any]:
        """What every document of the case says."""
        agency = self.found.agency
        return {
            "agency": agency.name_zh, "on": self.on, "cause": said["cause"], "party": self._party(),
            "officers": tuple(
                facts.Officer(name=one.user.display_name, certificate_no=one.certificate_no)
                for one in self.found.officers_now
            ),
            "case_number": self.found.text, "contact": facts.Contact.of(agency),
        }  # fmt: skip

    def _party(self) -> facts.Party:
        proposal = self.found.proposal
        return party_of(self.found.venue, is_person=bool(proposal and proposal.said["is_person"]))

    def reasoned(self, said: Said, bases: tuple[str, ...]) -> dict[str, Any]:
        broken = dict.fromkeys(clause for one in self.found.violations for clause in one.violation.clauses)
        return self.of_case(said) | {
            "facts": said["facts"], "evidence": said["evidence"], "reasons": said["reasons"],
            "broken": tuple(broken), "bases": bases,
        }  # fmt: skip

    def ruling(self, outcome: Ruling) -> Opened:
        """The proposal on which the reviewer decided like this. Raises PaperRefused."""
        one = opened(self.found.proposal) if self.found.proposal else None
        if one is None or one.chosen is None or one.chosen.outcome is not outcome:
            raise PaperRefused(because="ruling_missing")
        return one

    def bases(self, one: Opened) -> tuple[str, ...]:
        """The clauses by which it is punished, or by which it is not; never one that nobody has read."""
        chosen = one.counts
        clauses = [clause for candidate, _ in taken_up(one, chosen) for clause in candidate.clauses]
        clauses += [c for ground in one.laid.grounds if ground.id == chosen.ground for c in ground.clauses]
        return tuple(dict.fromkeys(clauses))

    def sanctions(self, one: Opened, closed_for: str) -> tuple[facts.Sanction, ...]:
        """Each penalty that was chosen, with its amount. InvalidInput: a closure needs a length."""
        made: list[facts.Sanction] = []
        for item in one.counts.items:
            for kind in item.kinds:
                if kind is Penalty.CLOSURE and not closed_for:
                    raise InvalidInput(paper_closed_for="required")
                length = closed_for if kind is Penalty.CLOSURE else ""
                gains = one.said.amounts.gains if kind is Penalty.CONFISCATION else None
                made.append(facts.Sanction(text=_KINDS[kind] + length, yuan=gains or None))
            if item.yuan is not None:
                made.append(facts.Sanction(text="罚款", yuan=Decimal(item.yuan)))
        return tuple(made)


def party_of(venue: Venue, *, is_person: bool = False) -> facts.Party:
    """A natural person where the officer says so, or where the operator's name may be one's."""
    return facts.Party(
        name=venue.operator_name or venue.name or venue.ref, credit_code=venue.credit_code,
        licence_no="、".join(sorted(one.number for one in venue.licences)) or None,
        address=venue.address, is_person=is_person or may_be_person(venue.operator_name or ""),
    )  # fmt: skip


def draft(
    session: Session, settings: Settings, found: Case, kind: DocumentKind, said: Said, *, by: Person, on: date
) -> Document:
    """A document of a case as it would be issued. Raises PaperRefused, InvalidInput, NotFound."""
    if kind not in papers.kinds_now(session, found, by, on):
        raise PaperRefused(because="not_now")
    making, law = Making(session, found, on), rulebook.current(session)
    if kind is DocumentKind.DISTANCE_REPORT:
        measured = distance_facts(session, settings, by.scope, found.venue, found.agency, on=on)
        return distance_report(law, measured)
    make, facts_of = _MAKERS[kind]
    return make(law, facts_of(making, said))


def _filing(one: Making, said: Said) -> facts.FilingFacts:
    known = one.of_case(said)
    return facts.FilingFacts(
        **known, source=said["source"], found_on=one.found.found_on, facts=said["facts"],
        evidence=said["evidence"], officers_proposed=known["officers"],
        clauses=tuple(
            dict.fromkeys(clause for row in one.found.violations for clause in row.violation.clauses)
        ),
        is_within_two_years=queries.limitation_of(one.session, one.found).in_time,
    )  # fmt: skip


def _preservation(one: Making, said: Said) -> facts.PreservationFacts:
    items = tuple(facts.Item(**dict(zip(_ITEM, _columns(line), strict=False))) for line in said["items"])
    return facts.PreservationFacts(
        **one.of_case(said), items=items, reason=said["reason"], kept_at=said["kept_at"],
        settle_by=said["settle_by"], is_urgent=said["is_urgent"], signatures=_signing(),
    )  # fmt: skip


_ITEM = ("name", "specification", "quantity", "state", "place")


def _columns(line: str) -> list[str]:
    """What stands between bars: name | specification | quantity | state | place."""
    return [part.strip() for part in line.replace("｜", "|").split("|")][: len(_ITEM)]


def _signing() -> tuple[facts.Signed, ...]:
    return (facts.Signed(label="当事人"), facts.Signed(label="执法人员一"), facts.Signed(label="执法人员二"))


def _extraction(one: Making, said: Said) -> facts.ExtractionFacts:
    rows = [(*_columns(line), "", "")[:3] for line in said["extracted"]]
    extracted = tuple(
        facts.Extracted(what=what, carrier=carrier, how=how, made_at=said["made_at"])
        for what, carrier, how in rows
    )
    return facts.ExtractionFacts(
        **one.of_case(said), place=said["place"], made_by=said["made_by"], extracted=extracted,
        is_original=said["is_original"], why_no_original=said["why_no_original"] or None,
        signatures=_signing(),
    )  # fmt: skip


def _notice(one: Making, said: Said) -> facts.ProposalFacts:
    ruled = one.ruling(Ruling.PENALTY)
    clock = queries.procedure_of(one.session, one.found, one.on).clocks["statement"]
    return facts.ProposalFacts(
        **one.reasoned(said, one.bases(ruled)), sanctions=one.sanctions(ruled, said["closed_for"]),
        statement_days=clock.count if clock.confirmed else None,
        may_be_heard=said["may_be_heard"] or may_ask_for_hearing(ruled.counts),
    )  # fmt: skip


def _hearing(one: Making, said: Said) -> facts.HearingFacts:
    return facts.HearingFacts(
        **one.of_case(said), at=said["at"], place=said["place"], chair=said["chair"],
        clerk=said["clerk"] or None, secret_because=said["secret_because"] or None,
    )  # fmt: skip


def _summary(one: Making, said: Said) -> facts.SummaryFacts:
    """By what the officers themselves propose: nobody reviews what is decided on the spot."""
    proposed = opened(one.found.proposal)  # type: ignore[arg-type]  # without one it is not made now
    if not _began(one.found) <= said["decided_at"] <= datetime.now(UTC):
        raise InvalidInput(paper_decided_at="not_during_the_visit")
    why = said["person_signing"]
    receives = facts.Signed(label="当事人", state="refused" if why else "pending", reason=why or None)
    return facts.SummaryFacts(
        **one.reasoned(said, one.bases(proposed)), place=said["place"], decided_at=said["decided_at"],
        heard=said["heard"], sanctions=one.sanctions(proposed, ""), payment=_payment(said),
        remedies=_remedies(one, said), signatures=(receives, *_signing()[1:]),
    )  # fmt: skip


def _began(found: Case) -> datetime:
    """When the first visit of the case began; where no tablet said when, the day of it."""
    visits = [one.violation.visit for one in found.violations]
    return min(one.started_at or midnight(one.fact_on) for one in visits)


def _payment(said: Said) -> facts.Payment:
    paid = {name: said[name] or None for name in ("bank", "account_name", "account", "online")}
    return facts.Payment(**paid)


def _decision(one: Making, said: Said) -> facts.DecisionFacts:
    ruled = one.ruling(Ruling.PENALTY)
    if (told := told_closure(one.session, one.found)) is not None and said["closed_for"] != told:
        raise InvalidInput(paper_closed_for="not_as_told")
    return facts.DecisionFacts(
        **one.reasoned(said, one.bases(ruled)), procedure=said["procedure"], heard=said["heard"],
        sanctions=one.sanctions(ruled, said["closed_for"]), payment=_payment(said),
        remedies=_remedies(one, said), told_number=said["told_number"] or None,
        is_published=said["is_published"],
    )  # fmt: skip


def _no_penalty(one: Making, said: Said) -> facts.NoPenaltyFacts:
    return facts.NoPenaltyFacts(
        **one.reasoned(said, one.bases(one.ruling(Ruling.NO_PENALTY))), procedure=said["procedure"],
        heard=said["heard"], education=said["education"], remedies=_remedies(one, said),
    )  # fmt: skip


def _remedies(one: Making, said: Said) -> facts.Remedies:
    return facts.Remedies(
        reconsider_at=said["reconsider_at"] or None, sue_at=said["sue_at"] or None,
        under_tobacco_law=one.found.authority == "TOBACCO", sue_period=said["sue_period"] or None,
    )  # fmt: skip


def _service(one: Making, said: Said) -> facts.ServiceFacts:
    known = one.of_case(said)
    rows = [papers.issued_one(one.session, one.found, number) for number in said["served"]]
    served = tuple(facts.Served(title=row.title, number=row.number.text, pages=row.pages) for row in rows)
    return facts.ServiceFacts(
        **{name: known[name] for name in ("agency", "on", "cause", "party", "officers")}, documents=served,
        way=said["way"], place=said["place"], refused_because=said["refused_because"] or None,
        note=said["note"] or None,
    )  # fmt: skip


def _transfer(one: Making, said: Said) -> facts.TransferFacts:
    clauses = ("penalty-law:27.1",) if said["is_crime"] else ("penalty-law:23",)
    approving = reversed(one.found.steps)
    return facts.TransferFacts(
        **one.of_case(said), to=said["to"], facts=said["facts"], why=said["why"], clauses=clauses,
        attached=said["attached"], is_crime=said["is_crime"], approved_by=said["approved_by"] or None,
        approved_at=next((step.made_at for step in approving if step.to_state in TRANSFERRED), None),
    )  # fmt: skip


def _closing(one: Making, said: Said) -> facts.ClosingFacts:
    filed = next((step.made_at for step in one.found.steps if step.step == "file_case"), one.found.opened_at)
    return facts.ClosingFacts(
        **one.of_case(said), filed_on=day_of(filed), decided=said["decided"], decided_on=said["decided_on"],
        performed=said["performed"], why=said["why"], volumes=said["volumes"],
    )  # fmt: skip


_MAKERS: dict[DocumentKind, tuple[Callable[..., Document], Callable[[Making, Said], Any]]] = {
    DocumentKind.FILING_APPROVAL: (filing_approval, _filing),
    DocumentKind.PRESERVATION_DECISION: (preservation_decision, _preservation),
    DocumentKind.PRESERVATION_LIST: (preservation_list, _preservation),
    DocumentKind.EXTRACTION_RECORD: (extraction_record, _extraction),
    DocumentKind.SUMMARY_DECISION: (summary_decision, _summary),
    DocumentKind.PENALTY_NOTICE: (penalty_notice, _notice),
    DocumentKind.HEARING_NOTICE: (hearing_notice, _hearing),
    DocumentKind.PENALTY_DECISION: (penalty_decision, _decision),
    DocumentKind.NO_PENALTY_DECISION: (no_penalty_decision, _no_penalty),
    DocumentKind.SERVICE_RECEIPT: (service_receipt, _service),
    DocumentKind.TRANSFER_LETTER: (transfer_letter, _transfer),
    DocumentKind.CLOSING_REPORT: (closing_report, _closing),
}
