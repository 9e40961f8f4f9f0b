"""Who is responsible for which duty (职责分工). No database, no HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass

from backend.rulebook.rows import Activity, Duty, Text
from backend.rulebook.rules import RulebookOnDay


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One duty at one kind of business. Where no text fixes an authority, `responsible` is a gap."""

    activity: Activity
    duty: Duty
    responsible: Text | None
    further: Text | None
    deciding: tuple[Text, ...]  # on a breach, by each candidate basis
    to_confirm: bool


def matrix(law: RulebookOnDay, activity: str | None = None) -> Iterator[Responsibility]:
    """Every duty at every kind of business of the day, with the authorities as the rows of the law name them.

    Parameters
    ----------
    law : RulebookOnDay
    activity : str, optional
        Only this kind of business.

    Yields
    ------
    Responsibility
        In the order of the activities; nothing is filled in where the rows leave it open.
    """
    for one in law.activities.values():
        if activity in (None, one.id):
            for duty in law.duties_of(one.id):
                deciding = dict.fromkeys(basis.decided_by for basis in law.bases(duty.id, one.id))
                yield Responsibility(
                    one, duty, one.lead if one.lead_settled else None, one.others, tuple(deciding),
                    one.id in duty.to_confirm,
                )  # fmt: skip
