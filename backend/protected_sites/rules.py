"""Which places the law protects (保护对象), and on which days. No database, no HTTP."""

from datetime import date

# DEF-4 of the rulebook: 未成年人保护法 art. 130(2); universities and training centres are none.
SCHOOLS = frozenset({"primary", "middle", "vocational", "special", "specialised"})
# DEF-6: 学前教育法 art. 2 ¶2; nurseries (托育机构) are none.
KINDERGARTENS = frozenset({"kindergarten"})


def is_protected(kind: str) -> bool:
    """Whether venues may have to keep a distance from this kind of site.

    Parameters
    ----------
    kind : str
        One of SITE_KINDS.

    Returns
    -------
    bool
        True for schools (DEF-4) and kindergartens (DEF-6); False for ``other``.
    """
    return kind in SCHOOLS | KINDERGARTENS


def is_open(opened_on: date | None, closed_on: date | None, day: date) -> bool:
    """Whether a site is there on a day.

    Parameters
    ----------
    opened_on, closed_on : date or None
        Its first and its last day; None where nobody knows.
    day : date
        The day of the fact.

    Returns
    -------
    bool
        Both days count; an unknown one is open-ended.
    """
    return (opened_on is None or opened_on <= day) and (closed_on is None or day <= closed_on)
