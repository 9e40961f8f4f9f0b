"""Tables that come back: held against what left, shown as differences, then taken in as a whole."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from backend.accounts.scope import Person
from backend.core.days import day_of
from backend.core.errors import NotAllowed, NotFound
from backend.core.key_pairs import SharingKey, SharingPublic
from backend.core.personal_numbers import find
from backend.sharing import queries
from backend.sharing.errors import MessageNotSent, ReplyRefused
from backend.sharing.models import SharingMessage, SharingReply
from backend.sharing.noting import note
from backend.sharing.rules import PROPOSERS, Channel, Delivery, Outcome, Standing
from backend.sharing.sheet import (
    MOST_ROWS,
    REPLY_COLUMNS,
    Sheet,
    altered_row,
    headings_of,
    is_signed,
    texts_of,
    write,
)

Replies = dict[str, dict[str, str]]  # by row id: column and text
Change = list[str]  # row id, column, before, after
_LONGEST = {"reply_no": 64, "handled": 8, "remark": 400}
_HANDLED = {"": "", "是": "yes", "yes": "yes", "y": "yes", "true": "yes",
            "否": "no", "no": "no", "n": "no", "false": "no"}  # fmt: skip
_GONE = (Delivery.SENT, Delivery.RECEIPTED)


def drawn(message: SharingMessage, key: SharingKey, *, by: Person, now: datetime) -> bytes:
    """The message as a signed workbook, which may go out once `take_out` noted it.

    It takes a while: nobody holds the message meanwhile. Raises NotAllowed, MessageNotSent.
    """
    _check_table(message, by, now)
    return write(message, key)


def take_out(
    session: Session, message: SharingMessage, key: SharingKey, *, by: Person, now: datetime
) -> None:
    """Note that somebody takes the workbook out, to mail it; from now on its fields count as gone.

    Raises NotAllowed, MessageNotSent.
    """
    _check_table(message, by, now)
    if message.state == Delivery.QUEUED:
        message.state = Delivery.SENT
    note(session, message, Outcome.TAKEN, key_id=key.id, now=now, by=by.actor, user_id=by.id)


def _check_table(message: SharingMessage, by: Person, now: datetime) -> None:
    if by.role not in PROPOSERS:
        raise NotAllowed(role=by.role)
    if message.agreement.channel != Channel.SPREADSHEET:
        raise MessageNotSent(because="not_a_table")
    if message.agreement.standing(day_of(now)) is not Standing.IN_FORCE:
        raise MessageNotSent(because="agreement_over")
    if message.row_count > MOST_ROWS:
        raise MessageNotSent(because="too_many_rows")


def check_gone(message: SharingMessage, by: Person) -> None:
    """Whether a table can have come back at all. Raises NotAllowed, ReplyRefused."""
    if by.role not in PROPOSERS:
        raise NotAllowed(role=by.role)
    if message.agreement.channel != Channel.SPREADSHEET or message.state not in _GONE:
        raise ReplyRefused(table="never_left")


def show(
    session: Session, message: SharingMessage, sheet: Sheet, keys: list[SharingPublic], *, by: Person,
    now: datetime,
) -> SharingReply:  # fmt: skip
    """Keep what differs in a table that came back; nothing of it is taken in yet.

    What the same person showed before and never took in is forgotten. Raises NotAllowed, ReplyRefused.
    """
    check_gone(message, by)
    said = _replies(sheet, message, keys)
    changes = _changes(_known(session, message), said)
    if not changes:
        raise ReplyRefused(table="nothing_new")
    mine = (
        SharingReply.message_id == message.id, SharingReply.user_id == by.id,
        SharingReply.confirmed_at.is_(None),
    )  # fmt: skip
    session.execute(delete(SharingReply).where(*mine))
    shown = SharingReply(message_id=message.id, user_id=by.id, read_at=now, rows=said, changes=changes)
    session.add(shown)
    session.flush()
    return shown


def confirm(
    session: Session, message: SharingMessage, reply_id: int, *, by: Person, now: datetime
) -> SharingReply:
    """Take in what was shown. Raises NotFound for what others showed, ReplyRefused if it holds no more."""
    shown = session.get(SharingReply, reply_id)
    if shown is None or shown.user_id != by.id or shown.message_id != message.id:
        raise NotFound(sharing_reply_id=reply_id)
    if shown.confirmed_at:
        raise ReplyRefused(table="taken_in_before")
    if _changes(_known(session, message), shown.rows) != shown.changes:
        raise ReplyRefused(table="changed_meanwhile")
    shown.confirmed_at = now
    numbers = {row["reply_no"] for row in shown.rows.values()}
    message.state, message.receipted_at = Delivery.RECEIPTED, message.receipted_at or now
    message.receipt_no = (numbers.pop() or None) if len(numbers) == 1 else None
    note(session, message, Outcome.REPLIED, now=now, by=by.actor, user_id=by.id)
    return shown


def _known(session: Session, message: SharingMessage) -> Replies:
    newest = queries.taken_in(session, message.id)
    return newest.rows if newest else {}


def _replies(sheet: Sheet, message: SharingMessage, keys: list[SharingPublic]) -> Replies:
    """What the columns of a reply say, row by row, once everything else is as it left."""
    if sheet.about["message_id"] != message.message_id:
        raise ReplyRefused(table="another_message")
    if not is_signed(sheet, message, keys):
        raise ReplyRefused(table="wrong_signature")
    if altered := altered_row(sheet, message):
        raise ReplyRefused(table="agreement_changed", row=altered)
    headings, left = headings_of(message), {row[0]: row for row in texts_of(message)}
    if sheet.headings[: len(headings)] != headings:
        raise ReplyRefused(table="columns_changed")
    width, found = len(headings) - len(REPLY_COLUMNS), Replies()
    for number, row in enumerate(sheet.rows, 2):  # as Excel counts, below the headings
        if not any(row):
            continue
        if row[0] in found or row[0] not in left:
            raise ReplyRefused(table="row_unknown", row=number)
        for heading, is_now, was in zip(headings, row, left[row[0]], strict=False):
            if is_now != was:
                raise ReplyRefused(table="changed", row=number, column=heading)
        found[row[0]] = _said(row[width : len(headings)], number)
    if missing := [row_id for row_id in left if row_id not in found]:
        raise ReplyRefused(table="rows_missing", rows=", ".join(missing[:10]))
    return found


def _said(texts: list[str], number: int) -> dict[str, str]:
    texts = texts + [""] * (len(REPLY_COLUMNS) - len(texts))
    said = dict(zip(REPLY_COLUMNS, texts, strict=True))
    for column, text in said.items():
        if len(text) > _LONGEST[column]:
            raise ReplyRefused(table="too_long", row=number)
        if find(text):
            raise ReplyRefused(table="personal_number_found", row=number)
    if (handled := said["handled"].casefold()) not in _HANDLED:
        raise ReplyRefused(table="handled_unknown", row=number)
    return said | {"handled": _HANDLED[handled]}


def _changes(before: Replies, after: Replies) -> list[Change]:
    nothing = dict.fromkeys(REPLY_COLUMNS, "")
    return [
        [row_id, column, before.get(row_id, nothing)[column], said[column]]
        for row_id, said in after.items()
        for column in REPLY_COLUMNS
        if before.get(row_id, nothing)[column] != said[column]
    ]
