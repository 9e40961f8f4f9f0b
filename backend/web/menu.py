"""The left menu. An entry is shown to the roles that its page lets in."""

from collections.abc import Iterator
from typing import NamedTuple

from flask import current_app

from backend.accounts.auth import Person, roles_of
from backend.web.words import (
    agencies,
    cases,
    classification,
    credit,
    documents,
    indicators,
    issued,
    mandatory,
    maps,
    places,
    portal,
    proposals,
    rescues,
    retention,
    sharing,
    shell,
    staff_queries,
    sweeps,
    tasks,
    tips,
    transfers,
    trends,
    visits,
    work_orders,
)
from backend.web.words.accounts import audit, users
from backend.web.words.devices import devices
from backend.web.words.word import Word


class Entry(NamedTuple):
    endpoint: str
    word: Word


class Group(NamedTuple):
    word: Word | None
    entries: tuple[Entry, ...]


MENU = (
    Group(
        None,
        (
            Entry("pages.home", shell.home),
            Entry("pages.city_map", maps.city_map),
            Entry("pages.trends", trends.trends),
            Entry("pages.early_warnings", maps.early_warnings),
        ),
    ),
    Group(
        places.menu_places,
        (
            Entry("pages.venues", places.venues),
            Entry("pages.sites", places.sites),
            Entry("pages.proposals", proposals.proposals),
            Entry("pages.notes", classification.notes),
            Entry("pages.own_school", portal.own_school),
            Entry("pages.report", portal.report),
            Entry("pages.own_tips", portal.own_tips),
            Entry("pages.own_gates", portal.own_gates),
            Entry("pages.own_month", portal.own_month),
        ),
    ),
    Group(
        tasks.menu_tasks,
        (
            Entry("pages.tips", tips.tips),
            Entry("pages.sweeps", sweeps.sweeps),
            Entry("pages.work_orders", work_orders.work_orders),
            Entry("pages.mandatory_reports", mandatory.mandatory),
            Entry("pages.training_list", mandatory.trainings),
            Entry("pages.contact_units", staff_queries.contact_units),
            Entry("pages.tasks", tasks.tasks),
            Entry("pages.check_codes", tasks.check_codes),
            Entry("pages.issued", issued.issued),
            Entry("pages.document_numbers", documents.numbers),
        ),
    ),
    Group(
        cases.menu_cases,
        (
            Entry("pages.cases", cases.cases),
            Entry("pages.orders", cases.orders),
            Entry("pages.credit_entries", credit.credit),
            Entry("pages.credit_criteria", credit.credit_criteria),
            Entry("pages.transfers", transfers.transfers),
            Entry("pages.recommendations", transfers.recommendations),
            Entry("pages.duty_matrix", transfers.duty_matrix),
        ),
    ),
    Group(
        indicators.menu_duty,
        (
            Entry("pages.indicators", indicators.indicators),
            Entry("pages.urgings", indicators.urgings),
        ),
    ),
    Group(
        sharing.menu_sharing,
        (
            Entry("pages.sharing", sharing.sharing),
            Entry("pages.sharing_messages", sharing.sharing_messages),
            Entry("pages.sharing_left", sharing.sharing_left),
        ),
    ),
    Group(
        visits.menu_visits,
        (
            Entry("pages.visits_today", visits.visits_today),
            Entry("pages.flagged", visits.flagged_visits),
            Entry("pages.problems", visits.problems),
            Entry("pages.rescue_files", rescues.rescues),
            Entry("pages.child_data", retention.child_data_list),
        ),
    ),
    Group(
        shell.menu_system,
        (
            Entry("pages.users", users),
            Entry("pages.agencies", agencies.agencies),
            Entry("pages.minor_contacts", agencies.minor_contacts),
            Entry("pages.device_list", devices),
            Entry("pages.audit", audit),
            Entry("pages.retention", retention.retention),
            Entry("pages.api_docs", shell.api_docs),
            Entry("pages.password", shell.change_password),
        ),
    ),
)


def may_open(person: Person, endpoint: str) -> bool:
    """Whether a page lets this person in, so that another page may lead there."""
    return person.role in roles_of(current_app.view_functions[endpoint])


def menu_of(person: Person) -> Iterator[Group]:
    """The groups and entries that this person may open."""
    for group in MENU:
        open_ones = tuple(entry for entry in group.entries if may_open(person, entry.endpoint))
        if open_ones:
            yield Group(group.word, open_ones)
