"""The invented agencies and people of the demo, with random passwords."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.accounts import actions as accounts
from backend.accounts import passwords, queries
from backend.accounts.contacts import put_minor_contact
from backend.accounts.rules import Authority, Role, ToCall
from backend.accounts.scope import Scope
from backend.cli.common import BY, now
from backend.core.deployment import Deployment
from backend.protected_sites.models import Site

_DISTRICT = "319901"
_CULTURE = ["internet_cafe", "song_and_dance", "arcade", "esports_hotel", "script_play", "on_demand_cinema"]
AGENCIES = {
    "demo-culture": ("示例区文化执法队（虚构）", "Sample culture squad (invented)", _CULTURE),
    "demo-market": (
        "示例区市场监管局（虚构）",
        "Sample market bureau (invented)",
        ["bar", "alcohol", "tattoo"],
    ),
    "demo-tobacco": (
        "示例区烟草专卖局（虚构）",
        "Sample tobacco bureau (invented)",
        ["tobacco", "e_cigarette"],
    ),
    "demo-civil": ("示例区民政局（虚构）", "Sample civil affairs (invented)", ["welfare_lottery"]),
    "demo-sports": ("示例区体育局（虚构）", "Sample sports bureau (invented)", ["sports_lottery"]),
    "demo-police": ("示例区公安分局（虚构）", "Sample police (invented)", ["hotel"]),
    "demo-health": (
        "示例区卫生健康委（虚构）",
        "Sample health commission (invented)",
        ["medical_aesthetics"],
    ),
    "demo-committee": ("示例区妇儿工委办（虚构）", "Sample committee (invented)", None),
}
_AUTHORITIES = {
    "demo-culture": Authority.CULTURE,
    "demo-market": Authority.SAMR,
    "demo-tobacco": Authority.TOBACCO,
    "demo-police": Authority.POLICE,
}
_REACHED = {  # numbers that belong to nobody
    "address": "示例区（虚构）示例路1号", "phone": "021-00000000", "complaint_phone": "021-00000001",
    "email": "office@example.invalid", "minors_phone": "021-00000002",
}  # fmt: skip
_OFFICES = (
    (ToCall.POLICE_STATION, "示例路派出所（虚构）"),
    (ToCall.CIVIL_AFFAIRS, "示例区民政局（虚构）"),
    (ToCall.EDUCATION, "示例区教育局（虚构）"),
)
_EVERYWHERE = Scope(("",), None, None, Role.SYSTEM_ADMIN)
_PEOPLE = (
    ("inspector", "示例执法员一", Role.INSPECTOR, "demo-culture"),
    ("inspector2", "示例执法员二", Role.INSPECTOR, "demo-culture"),
    ("market", "示例市监执法员", Role.INSPECTOR, "demo-market"),
    ("tobacco", "示例烟草执法员", Role.INSPECTOR, "demo-tobacco"),
    ("civil", "示例民政执法员", Role.INSPECTOR, "demo-civil"),
    ("sports", "示例体育执法员", Role.INSPECTOR, "demo-sports"),
    ("police", "示例民警", Role.INSPECTOR, "demo-police"),
    ("health", "示例卫生监督员", Role.INSPECTOR, "demo-health"),
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


def certificate_of(login: str) -> str:
    """The invented certificate number of an inspector."""
    return f"示例-{login}"


def make_people(deployment: Deployment) -> dict[str, str]:
    """Make agencies and accounts; returns the passwords by login."""
    secrets = {login: passwords.random_password() for login, *_ in _PEOPLE}
    with deployment.unit_of_work() as session:
        for code, (zh, en, activities) in AGENCIES.items():
            accounts.put_agency(
                session,
                code=code,
                name_zh=zh,
                name_en=en,
                activities=activities,
                authority=_AUTHORITIES.get(code, Authority.GENERAL),
                **_REACHED,
                by=BY,
                now=now(),
            )
        for kind, name in _OFFICES:
            put_minor_contact(
                session, _EVERYWHERE, area_code=_DISTRICT, kind=kind, name=name, phone="021-00000003", by=BY
            )
        for login, name, role, agency in _PEOPLE:
            found = queries.agency_by_code(session, agency)
            accounts.add_user(
                session, login=login, display_name=name, role=role, password_hash=secrets[login][1],
                areas=[_DISTRICT], agency_id=found.id if found else None, by=BY, now=now(),
                site_id=_a_school(session) if role is Role.REPORTER else None,
                certificate_no=certificate_of(login) if role is Role.INSPECTOR else None,
                certificate_valid_to=date(2030, 12, 31) if role is Role.INSPECTOR else None,
            )  # fmt: skip
    return {login: password for login, (password, _) in secrets.items()}


def _a_school(session: Session) -> int | None:
    return session.scalar(select(func.min(Site.id)).where(Site.kind == "middle"))
