"""Commands for agencies, accounts and tablets: agency put, user add, appuser add, appuser revoke."""

import sys
from datetime import date, timedelta

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts import actions, passwords, queries
from backend.accounts.contacts import set_contact
from backend.accounts.rules import Authority, Role
from backend.accounts.schemas import AgencyContactIn
from backend.cli.common import BY, Day, answer, checked, json_option, now, opened
from backend.protected_sites.models import Site
from backend.rulebook import queries as rulebook

_areas = click.option(
    "--area", "areas", multiple=True, help="Area code; covers every code that begins with it."
)
_everywhere = click.option("--everywhere", is_flag=True, help="All areas, and what lies in none.")
_agency = click.option("--agency", help="Code of the agency.")


@click.group()
def user() -> None:
    """People and their accounts (账号)."""


@user.command(name="add")
@click.option("--login", required=True)
@click.option("--name", help="Name shown; the login if not given.")
@click.option("--role", required=True, type=click.Choice([str(role) for role in Role]))
@_areas
@_everywhere
@_agency
@click.option("--site", help="Ref of the school that a reporter speaks for.")
@click.option("--certificate", help="Number of the enforcement certificate (执法证号).")
@click.option("--certificate-valid-to", type=Day())
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, not make one.")
@json_option
def add_user(
    login: str, name: str | None, role: str, areas: tuple[str, ...], everywhere: bool, agency: str | None,
    site: str | None, certificate: str | None, certificate_valid_to: date | None, password_stdin: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Open an account; its first password is made at random and shown once.

    \b
    humiao user add --login zhang --role inspector --area 310101 --agency culture --certificate SH-0001
    echo "$PASSWORD" | humiao user add --login wang --role auditor --everywhere --password-stdin
    """
    deployment = opened()
    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
        password_hash = passwords.new_hash(password, names=[login, name or login])
    else:
        password, password_hash = passwords.random_password()
    with deployment.unit_of_work() as session:
        made = actions.add_user(
            session, login=login, display_name=name or login, role=Role(role), password_hash=password_hash,
            areas=_codes(areas, everywhere),
            agency_id=_agency_id(session, agency), site_id=_site_id(session, site),
            certificate_no=certificate, certificate_valid_to=certificate_valid_to, by=BY, now=now(),
        )  # fmt: skip
        facts = {"id": made.id, "login": made.login, "role": role}
    shown = {} if password_stdin else {"password": password}
    answer(as_json, facts | shown, f"{facts['login']} ({role})" + (f"  {password}" if shown else ""))


@click.group()
def agency() -> None:
    """Agencies, and what they supervise (机构)."""


@agency.command(name="put")
@click.option("--code", required=True, help="Short and stable, e.g. culture-310101.")
@click.option("--name", required=True, help="Its name in Chinese.")
@click.option("--name-en", help="Its name in English; the code if not given.")
@click.option("--activity", "activities", multiple=True, help="What it supervises; everything if not given.")
@click.option(
    "--authority",
    type=click.Choice([str(one) for one in Authority]),
    help="By whose rules its cases go; GENERAL if never said.",
)
@click.option("--address", help="Where proof of a correction may be brought.")
@click.option("--phone", help="Its telephone, as documents print it.")
@click.option("--complaint-phone", help="Where somebody complains about an inspection.")
@click.option("--email", help="Where proof of a correction may be sent.")
@click.option("--minors-phone", help="Who is on duty when a minor is found.")
@json_option
def put_agency(
    code: str,
    name: str,
    name_en: str | None,
    activities: tuple[str, ...],
    authority: str | None,
    as_json: bool,
    **contact: str | None,
) -> None:
    """Add an agency, or change the one with this code. How it is reached stays where it is not said.

    \b
    humiao agency put --code culture-310101 --name 黄浦区文化和旅游局 \\
        --activity internet_cafe --activity song_and_dance --activity arcade \\
        --phone 021-00000000 --complaint-phone 021-00000001 --address 示例路1号
    """
    with opened().unit_of_work() as session:
        known = {activity.id for activity in rulebook.current(session).activities}
        if unknown := sorted(set(activities) - known):
            raise click.ClickException(f"no activity {unknown[0]!r}; there are: {', '.join(sorted(known))}")
        made = actions.put_agency(
            session, code=code, name_zh=name, name_en=name_en or code, activities=list(activities) or None,
            **({"authority": authority} if authority else {}), by=BY, now=now(),
        )  # fmt: skip
        if said := {name: text for name, text in contact.items() if text is not None}:
            set_contact(session, made, checked(AgencyContactIn(), said), by=BY)
        facts = {"id": made.id, "code": code}
    answer(as_json, facts, f"agency {code}")


@click.group()
def appuser() -> None:
    """Tablets that fill in forms through ODK Collect (设备)."""


@appuser.command(name="add")
@click.option("--name", required=True, help="What it is called, e.g. 'tablet 7'.")
@click.option("--user", "login", help="Login of the officer it stands for.")
@_areas
@_everywhere
@_agency
@click.option(
    "--days", default=180, show_default=True, type=click.IntRange(1, 3660), help="Valid for so long."
)
@json_option
def add_appuser(
    name: str,
    login: str | None,
    areas: tuple[str, ...],
    everywhere: bool,
    agency: str | None,
    days: int,
    as_json: bool,
) -> None:
    """Admit a tablet; prints the server address to enter in Collect, once.

    \b
    humiao appuser add --name "tablet 7" --user zhang --area 310101 --agency culture
    """
    deployment = opened()
    with deployment.unit_of_work() as session:
        officer = queries.user_by_login(session, login) if login else None
        if login and officer is None:
            raise click.ClickException(f"no account {login!r}")
        device, token = actions.add_device(
            session, name=name, areas=_codes(areas, everywhere), expires_at=now() + timedelta(days=days),
            agency_id=_agency_id(session, agency), user_id=officer.id if officer else None, by=BY, now=now(),
        )  # fmt: skip
        facts = {"id": device.id, "name": device.name, "expires_at": device.expires_at}
    address = f"{deployment.settings.public_url}/openrosa/key/{token}"
    answer(as_json, facts | {"url": address}, f"tablet {facts['id']}: {address}")


@appuser.command()
@click.argument("device_id", type=int)
@json_option
def revoke(device_id: int, as_json: bool) -> None:
    """Refuse the tablet with this number from now on.

    \b
    humiao appuser revoke 3
    """
    with opened().unit_of_work() as session:
        actions.revoke_device(session, device_id, by=BY, now=now())
    answer(as_json, {"id": device_id, "revoked": True}, f"tablet {device_id} is refused from now on")


def _codes(areas: tuple[str, ...], everywhere: bool) -> list[str]:
    if everywhere == bool(areas):
        raise click.UsageError("say --area CODE (as often as needed) or --everywhere")
    return [""] if everywhere else list(areas)


def _agency_id(session: Session, code: str | None) -> int | None:
    if code is None:
        return None
    found = queries.agency_by_code(session, code)
    if found is None:
        known = ", ".join(agency.code for agency in queries.list_agencies(session))
        raise click.ClickException(f"no agency {code!r}; there are: {known or 'none yet'}")
    return found.id


def _site_id(session: Session, ref: str | None) -> int | None:
    if ref is None:
        return None
    found = session.scalar(select(Site.id).where(Site.ref == ref))
    if found is None:
        raise click.ClickException(f"no site {ref!r}")
    return found
