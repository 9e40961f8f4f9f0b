"""What may be wrong with a question about the rulebook."""

from backend.core.errors import Refusal


class RulebookNotLoaded(Refusal):
    """No version was loaded yet; `humiao init` loads one."""

    code, status = 503, "rulebook_not_loaded"


class VersionUnknown(Refusal):
    code, status = 404, "rulebook_version_unknown"


class TooManyDays(Refusal):
    """The days asked for end before they begin, or are more than a year and a half."""

    code, status = 422, "too_many_days"
