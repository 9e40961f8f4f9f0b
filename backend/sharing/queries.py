"""Looking up agreements, messages and what left: of one's agency, or of the area that one coordinates."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, selectinload

from backend.accounts.rules import Role
from backend.accounts.scope import Person, Scope, area_condition
from backend.core.days import day_of
from backend.core.errors import NotFound
from backend.indicators.models import PeriodReport
from backend.sharing.models import SharingAgreement, SharingAttempt, SharingMessage, SharingReply
from backend.sharing.rules import (
    DECIDERS,
    LEFT,
    WAITING,
    Because,
    Channel,
    Deed,
    Delivery,
    Standing,
    State,
    hindrance,
    same_receiver,
)

NOT_LEFT = ("host_not_allowed", "address_refused", "unreachable", "not_trusted")  # nothing was sent yet


def visible(scope: Scope) -> ColumnElement[bool]:
    """Agreements of one's own agency in one's areas; whoever coordinates sees those without an agency."""
    if scope.role not in DECIDERS or (scope.role is not Role.COORDINATOR and scope.agency_id is None):
        return false()
    agency_id = None if scope.role is Role.COORDINATOR else scope.agency_id
    own = SharingAgreement.agency_id.is_not_distinct_from(agency_id)
    return and_(area_condition(scope, SharingAgreement.area_code), own)


def agreement(
    session: Session, scope: Scope, agreement_id: int, *, to_change: bool = False
) -> SharingAgreement:
    """An agreement in scope; NotFound for all others. Whoever wants to change it waits for whoever does."""
    wanted = select(SharingAgreement).where(SharingAgreement.id == agreement_id, visible(scope))
    if to_change:
        wanted = wanted.with_for_update(of=SharingAgreement).execution_options(populate_existing=True)
    if (found := session.scalar(wanted)) is None:
        raise NotFound(agreement_id=agreement_id)
    return found


def list_agreements(
    session: Session, scope: Scope, *, on: date, text: str | None = None, dataset: str | None = None,
    receiver_kind: str | None = None, standing: Standing | None = None, offset: int = 0, limit: int = 20,
) -> tuple[Sequence[SharingAgreement], int]:  # fmt: skip
    """Agreements in scope, newest first, and how many there are."""
    wanted = select(SharingAgreement).where(visible(scope))
    if text:
        wanted = wanted.where(SharingAgreement.receiver.icontains(text, autoescape=True))
    if dataset:
        wanted = wanted.where(SharingAgreement.dataset == dataset)
    if receiver_kind:
        wanted = wanted.where(SharingAgreement.receiver_kind == receiver_kind)
    if standing:
        wanted = wanted.where(_stands(standing, on))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    page = wanted.order_by(SharingAgreement.id.desc()).offset(offset).limit(limit)
    return session.scalars(page.options(selectinload(SharingAgreement.steps))).all(), total


def in_force(session: Session, on: date) -> list[int]:
    """The numbers of all agreements in force on a day."""
    ids = select(SharingAgreement.id).where(_stands(Standing.IN_FORCE, on))
    return list(session.scalars(ids.order_by(SharingAgreement.id)))


def to_decide(session: Session, by: Person) -> tuple[int, datetime | None]:
    """How many agreements in scope wait for somebody else than their proposer to decide, since when."""
    waiting = (
        visible(by.scope), SharingAgreement.state == State.PROPOSED, SharingAgreement.proposed_by != by.id
    )  # fmt: skip
    counted = select(func.count(), func.min(SharingAgreement.proposed_at)).where(*waiting)
    count, since = session.execute(counted).one()
    return count, since


def given_up(session: Session, scope: Scope) -> tuple[int, datetime | None]:
    """How many messages in scope nobody tries any more, and when the first was made."""
    lost = _messages(scope).where(SharingMessage.state == Delivery.GIVEN_UP).subquery()
    count, since = session.execute(select(func.count(), func.min(lost.c.made_at))).one()
    return count, since


def choices(found: SharingAgreement, by: Person, on: date) -> list[tuple[Deed, Because | None]]:
    """What can be decided about an agreement, with what keeps this reader from it."""
    is_own = found.proposed_by == by.id
    every = [
        (deed, hindrance(deed, State(found.state), found.term, on, by.role, is_own=is_own)) for deed in Deed
    ]
    return [(deed, because) for deed, because in every if because is not Because.NOT_FROM_HERE]


def message(session: Session, scope: Scope, number: int, *, to_change: bool = False) -> SharingMessage:
    """A message of an agreement in scope; NotFound for all others."""
    wanted = _messages(scope).where(SharingMessage.id == number)
    if to_change:
        wanted = wanted.with_for_update(of=SharingMessage).execution_options(populate_existing=True)
    if (found := session.scalar(wanted)) is None:
        raise NotFound(sharing_message_id=number)
    return found


def list_messages(
    session: Session, scope: Scope, *, agreement_id: int | None = None, state: str | None = None,
    offset: int = 0, limit: int = 20,
) -> tuple[Sequence[SharingMessage], int]:  # fmt: skip
    """Messages in scope, newest first, and how many there are."""
    wanted = _messages(scope)
    if agreement_id is not None:
        wanted = wanted.where(SharingMessage.agreement_id == agreement_id)
    if state:
        wanted = wanted.where(SharingMessage.state == state)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    page = wanted.order_by(SharingMessage.id.desc()).offset(offset).limit(limit)
    return session.scalars(page).all(), total


def list_left(
    session: Session, scope: Scope, *, agreement_id: int | None = None, offset: int = 0, limit: int = 20
) -> tuple[Sequence[SharingAttempt], int]:
    """Each time that fields left, newest first: what was sent without an answer is among them."""
    after = aliased(SharingAttempt)
    never_left = exists().where(
        after.message_id == SharingAttempt.message_id,
        after.nonce == SharingAttempt.nonce,
        after.reason.in_(NOT_LEFT),
    )
    wanted = (
        select(SharingAttempt)
        .join(SharingMessage, SharingMessage.id == SharingAttempt.message_id)
        .join(SharingAgreement, SharingAgreement.id == SharingMessage.agreement_id)
        .where(visible(scope), SharingAttempt.outcome.in_(LEFT), ~never_left)
    )
    if agreement_id is not None:
        wanted = wanted.where(SharingAgreement.id == agreement_id)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    together = joinedload(SharingAttempt.message).joinedload(SharingMessage.agreement)
    page = wanted.options(together).order_by(SharingAttempt.id.desc()).offset(offset).limit(limit)
    return session.scalars(page).all(), total


def due(session: Session, now: datetime, *, limit: int) -> list[int]:
    """The numbers of messages to send now; tables only to be withheld.

    Agreements take turns, each with what waits longest: the many messages of one hold up no other.
    """
    longest = (SharingMessage.next_at, SharingMessage.id)
    turn = func.row_number().over(partition_by=SharingMessage.agreement_id, order_by=longest)
    by_https = and_(SharingAgreement.channel == Channel.HTTPS, SharingMessage.state.in_(WAITING))
    is_over = and_(SharingMessage.state == Delivery.QUEUED, ~_stands(Standing.IN_FORCE, day_of(now)))
    wanted = (
        select(SharingMessage.id)
        .join(SharingAgreement, SharingAgreement.id == SharingMessage.agreement_id)
        .where(or_(by_https, is_over), SharingMessage.next_at <= now)
        .order_by(turn, *longest)
        .limit(limit)
    )
    return list(session.scalars(wanted))


def known_abouts(session: Session, agreement_id: int) -> set[str]:
    """What the messages of an agreement are about."""
    return set(
        session.scalars(select(SharingMessage.about).where(SharingMessage.agreement_id == agreement_id))
    )


def reports_sent(session: Session, agreement: SharingAgreement) -> list[PeriodReport]:
    """The reports that a receiver has, or may get yet, under whatever agreement and however it is spelled."""
    names = select(SharingAgreement.receiver).where(SharingAgreement.dataset == agreement.dataset).distinct()
    same = [name for name in session.scalars(names) if same_receiver(name, agreement.receiver)]
    made = (
        select(SharingMessage.about)
        .join(SharingAgreement, SharingAgreement.id == SharingMessage.agreement_id)
        .where(SharingAgreement.receiver.in_(same), SharingAgreement.dataset == agreement.dataset)
        .where(SharingMessage.state != Delivery.WITHHELD)
    )
    ids = [int(about.rpartition(":")[2]) for about in session.scalars(made)]
    return list(session.scalars(select(PeriodReport).where(PeriodReport.id.in_(ids))))


def is_spelled_otherwise(session: Session, scope: Scope, receiver: str, on: date) -> bool:
    """Whether agreements in scope that are not over name the same receiver, and none spells it like this."""
    names = select(SharingAgreement.receiver).where(
        visible(scope),
        SharingAgreement.state.in_((State.PROPOSED, State.CONFIRMED)),
        SharingAgreement.until_on >= on,
    )
    same = {name for name in session.scalars(names.distinct()) if same_receiver(name, receiver)}
    return bool(same) and receiver not in same


def taken_in(session: Session, number: int) -> SharingReply | None:
    """The newest reply to a message that was taken in."""
    replies = select(SharingReply).where(
        SharingReply.message_id == number, SharingReply.confirmed_at.is_not(None)
    )
    return session.scalar(replies.order_by(SharingReply.id.desc()).limit(1))


def _messages(scope: Scope) -> Select[SharingMessage]:
    joined = select(SharingMessage).join(SharingAgreement, SharingAgreement.id == SharingMessage.agreement_id)
    return joined.where(visible(scope)).options(contains_eager(SharingMessage.agreement))


def _stands(standing: Standing, on: date) -> ColumnElement[bool]:
    """The same as `rules.standing`, asked of all."""
    confirmed = SharingAgreement.state == State.CONFIRMED
    if standing is Standing.COMING:
        return and_(confirmed, SharingAgreement.from_on > on)
    if standing is Standing.IN_FORCE:
        return and_(confirmed, SharingAgreement.from_on <= on, SharingAgreement.until_on >= on)
    if standing is Standing.EXPIRED:
        return and_(confirmed, SharingAgreement.until_on < on)
    return SharingAgreement.state == standing.value
