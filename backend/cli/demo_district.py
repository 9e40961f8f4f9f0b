"""What `humiao demo` makes: an invented district (示例区) with people, a screening and visits."""

import json
import os
from datetime import date
from pathlib import Path

import click
from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from backend.accounts import actions as accounts
from backend.accounts import passwords, queries
from backend.accounts.models import User
from backend.accounts.rules import Role
from backend.cli.common import BY, bar, now, today, until_the_end
from backend.cli.demo_visits import inspect
from backend.core.deployment import Deployment
from backend.core.settings import Settings
from backend.imports import actions as imports
from backend.imports.options import AreaOptions, SiteOptions, VenueOptions
from backend.imports.options import pairs as kind_pairs
from backend.init import initialise
from backend.protected_sites.models import Site

_SAMPLES = Path(__file__).parents[2] / "geodata" / "samples"
_KINDS = (
    "primary=小学,middle=中学,vocational=中等职业,special=特殊教育,"
    "specialised=专门,kindergarten=幼儿园,other=培训"
)
_SOURCE = "虚构的示例数据 invented sample data"
_DISTRICT = "319901"
_CULTURE = ["internet_cafe", "song_and_dance", "arcade", "esports_hotel", "script_play", "on_demand_cinema"]
_AGENCIES = {
    "demo-culture": ("示例区文化执法队（虚构）", "Sample culture squad (invented)", _CULTURE),
    "demo-market": (
        "示例区市场监管局（虚构）",
        "Sample market bureau (invented)",
        ["bar", "alcohol", "tattoo"],
    ),
    "demo-committee": ("示例区妇儿工委办（虚构）", "Sample committee (invented)", None),
}
_PEOPLE = (
    ("inspector", "示例执法员一", Role.INSPECTOR, "demo-culture"),
    ("inspector2", "示例执法员二", Role.INSPECTOR, "demo-culture"),
    ("market", "示例市监执法员", Role.INSPECTOR, "demo-market"),
    ("assistant", "示例协助人员", Role.ASSISTANT, "demo-culture"),
    ("supervisor", "示例督导", Role.SUPERVISOR, "demo-culture"),
    ("legal", "示例法制审核", Role.LEGAL_REVIEWER, "demo-culture"),
    ("coordinator", "示例协调员", Role.COORDINATOR, "demo-committee"),
    ("school", "示例学校安全员", Role.REPORTER, "demo-committee"),
    ("auditor", "示例审计员", Role.AUDITOR, "demo-committee"),
    ("sysadmin", "示例系统管理员", Role.SYSTEM_ADMIN, "demo-committee"),
    ("secadmin", "示例安全管理员", Role.SECURITY_ADMIN, "demo-committee"),
    ("audadmin", "示例审计管理员", Role.AUDIT_ADMIN, "demo-committee"),
)


def make(settings: Settings, accounts_file: Path) -> None:
    """Make the district, and write the accounts with their passwords for this machine's owner only."""
    deployment = until_the_end(initialise(settings))
    _refuse_real_service(deployment)
    from backend.intake.built_forms import folder
    from forms.build import build

    build(Path(__file__).parents[2] / "forms" / "checklists", folder(deployment), validate=False)
    with bar("samples") as progress, deployment.unit_of_work() as session:
        areas = AreaOptions(crs="cgcs2000", code_column="code", name_column="name", source=_SOURCE)
        imports.import_areas(session, _SAMPLES / "areas.geojson", areas, by=BY, now=now(), progress=progress)
        imports.import_sites(
            session, _SAMPLES / "sites.csv", _site_options(), by=BY, now=now(), progress=progress
        )
        imports.import_venues(
            session, _SAMPLES / "venues.csv", _venue_options(), by=BY, now=now(), progress=progress
        )
    logins = _make_people(deployment)
    _screen(deployment)
    inspect(deployment)
    fd = os.open(accounts_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "w") as file:
        json.dump(logins, file)


def _refuse_real_service(deployment: Deployment) -> None:
    """Invented places and people do not belong into a register that somebody works with."""
    with deployment.reading() as session:
        if session.scalar(select(exists(select(User.id)))):
            raise click.ClickException(
                "this database has accounts already: use another one for the demo (HUMIAO_DATABASE_URL)"
            )


def _site_options() -> SiteOptions:
    return SiteOptions(
        crs="cgcs2000", ref_column="site_ref", district_column="district", source=_SOURCE,
        kind_column="kind", kind_map=kind_pairs(_KINDS), columns={"wkt": "geometry"},
    )  # fmt: skip


def _venue_options() -> VenueOptions:
    from backend.rulebook.reading import DATA, read

    known = [row["id"] for row in read(DATA)["activities"]]
    return VenueOptions(
        crs="cgcs2000", ref_column="venue_ref", district_column="district", source=_SOURCE,
        activity_column="activity", activity_map=tuple((name, name) for name in dict.fromkeys(known)),
        columns={
            "operator": "operator_name", "lon": "lon", "lat": "lat", "wkt": "wkt",
            "licence_issued_on": "issued_on", "licence_expires_on": "expires_on",
        },
    )  # fmt: skip


def _make_people(deployment: Deployment) -> dict[str, str]:
    secrets = {login: passwords.random_password() for login, *_ in _PEOPLE}
    with deployment.unit_of_work() as session:
        for code, (zh, en, activities) in _AGENCIES.items():
            accounts.put_agency(
                session, code=code, name_zh=zh, name_en=en, activities=activities, by=BY, now=now()
            )
        for login, name, role, agency in _PEOPLE:
            found = queries.agency_by_code(session, agency)
            accounts.add_user(
                session, login=login, display_name=name, role=role, password_hash=secrets[login][1],
                areas=[_DISTRICT], agency_id=found.id if found else None, by=BY, now=now(),
                site_id=_a_school(session) if role is Role.REPORTER else None,
                certificate_no=f"示例-{login}" if role is Role.INSPECTOR else None,
                certificate_valid_to=date(2030, 12, 31) if role is Role.INSPECTOR else None,
            )  # fmt: skip
    return {login: password for login, (password, _) in secrets.items()}


def _a_school(session: Session) -> int | None:
    return session.scalar(select(func.min(Site.id)).where(Site.kind == "middle"))


def _screen(deployment: Deployment) -> None:
    from backend.screening import actions as screening

    with deployment.unit_of_work() as session:
        screening.screen(session, deployment.settings, today(), by=BY, now=now())
