"""Commands for whom to call when a minor is found: contact put, contact list, contact remove."""

import click

from backend.accounts import contacts
from backend.accounts.rules import Role, ToCall
from backend.accounts.schemas import MinorContactIn
from backend.accounts.scope import Scope
from backend.cli.common import BY, answer, checked, json_option, opened

_EVERYWHERE = Scope(("",), None, None, Role.SYSTEM_ADMIN)


@click.group()
def contact() -> None:
    """Whom to call in an area when a minor is found (未成年人保护联系电话)."""


@contact.command(name="put")
@click.option("--area", required=True, help="Area code; a district's contacts serve its streets.")
@click.option("--kind", required=True, type=click.Choice([str(kind) for kind in ToCall]))
@click.option("--name", required=True, help="The office.")
@click.option("--phone", required=True)
@json_option
def put(area: str, kind: str, name: str, phone: str, as_json: bool) -> None:
    """Add an office, or change its number. Tablets get it with their next package.

    \b
    humiao contact put --area 310101 --kind civil_affairs --name 示例区民政局 --phone 021-00000000
    """
    said = checked(MinorContactIn(), {"area_code": area, "kind": kind, "name": name, "phone": phone})
    with opened().unit_of_work() as session:
        found = contacts.put_minor_contact(session, _EVERYWHERE, **said, by=BY)
        facts = {"id": found.id, "area": area, "kind": kind}
    answer(as_json, facts, f"contact {facts['id']}")


@contact.command(name="list")
@json_option
def list_all(as_json: bool) -> None:
    """Say who is called where.

    \b
    humiao contact list
    """
    with opened().reading() as session:
        rows = [
            {"id": one.id, "area": one.area_code, "kind": one.kind, "name": one.name, "phone": one.phone}
            for one in contacts.minor_contacts(session, _EVERYWHERE)
        ]
    lines = ["  ".join(map(str, row.values())) for row in rows]
    answer(as_json, {"contacts": rows}, "\n".join(lines) or "none yet")


@contact.command()
@click.argument("contact_id", type=int)
@json_option
def remove(contact_id: int, as_json: bool) -> None:
    """Take the office with this number off the list.

    \b
    humiao contact remove 3
    """
    with opened().unit_of_work() as session:
        contacts.remove_minor_contact(session, _EVERYWHERE, contact_id, by=BY)
    answer(as_json, {"id": contact_id, "removed": True}, f"contact {contact_id} is removed")
