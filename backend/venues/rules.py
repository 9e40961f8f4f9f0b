"""What a venue's papers must satisfy (场所). No database, no HTTP."""

import unicodedata

from stdnum.cn import uscc


def credit_code(text: str) -> str | None:
    """Read a unified social credit code (统一社会信用代码, GB 32100-2015).

    Parameters
    ----------
    text : str
        As somebody wrote it: full-width characters, spaces, hyphens and small letters are taken as meant.

    Returns
    -------
    str or None
        Its 18 characters; None if the check digit or the form does not fit.
    """
    code = unicodedata.normalize("NFKC", text).replace("-", "").replace(" ", "").upper()
    return code if uscc.is_valid(code) else None
