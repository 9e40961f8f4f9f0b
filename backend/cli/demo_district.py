"""What `humiao demo` makes: an invented district (示例区) with people, a screening and visits."""

import json
import os
from pathlib import Path

import click
from sqlalchemy import exists, select

from backend.accounts.models import User
from backend.cli.common import BY, bar, now, until_the_end
from backend.cli.demo_cases import follow_up
from backend.cli.demo_credit import enter_credit
from backend.cli.demo_numbers import lay_down
from backend.cli.demo_people import make_people
from backend.cli.demo_proposals import propose
from backend.cli.demo_sharing import share
from backend.cli.demo_staff_queries import query_staff
from backend.cli.demo_sweeps import sweep
from backend.cli.demo_tablets import equip
from backend.cli.demo_tasks import plan
from backend.cli.demo_tips import notice
from backend.cli.demo_transfers import hand_on
from backend.cli.demo_urgings import urge
from backend.cli.demo_visits import inspect
from backend.core.days import today
from backend.core.deployment import Deployment
from backend.core.settings import Settings
from backend.imports import actions as imports
from backend.imports.options import AreaOptions, SiteOptions, VenueOptions
from backend.imports.options import pairs as kind_pairs
from backend.init import initialise

_SAMPLES = Path(__file__).parents[2] / "geodata" / "samples"
_KINDS = (
    "primary=小学,middle=中学,vocational=中等职业,special=特殊教育,"
    "specialised=专门,kindergarten=幼儿园,other=培训"
)
_SOURCE = "虚构的示例数据 invented sample data"


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
    logins = make_people(deployment)
    _screen(deployment)
    inspect(deployment)
    plan(deployment)
    sweep(deployment)
    propose(deployment)
    notice(deployment)
    query_staff(deployment)
    lay_down(deployment)
    equip(deployment)
    follow_up(deployment)
    urge(deployment)
    enter_credit(deployment)
    hand_on(deployment)
    share(deployment)
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


def _screen(deployment: Deployment) -> None:
    from backend.screening import actions as screening

    with deployment.unit_of_work() as session:
        screening.screen(session, deployment.settings, today(), by=BY, now=now())
