"""New businesses that were named to be watched before anybody said what they are. No database, no HTTP."""

# Named together with on-demand cinemas, escape rooms and e-sports hotels as new businesses to be supervised,
# in no category of the rulebook: somebody has to decide (RULES 14 no. 14).
NAMED_WITHOUT_CATEGORY = ("在线陪练",)


def undecided(decided: set[str]) -> tuple[str, ...]:
    """The businesses that were named and that nobody classified yet.

    Parameters
    ----------
    decided : set of str
        Businesses with a note that holds for all of them.

    Returns
    -------
    tuple of str
    """
    return tuple(business for business in NAMED_WITHOUT_CATEGORY if business not in decided)
