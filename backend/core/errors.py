"""Refusals: a stable code and data, no prose. The door words them; see web.py."""

from typing import Any, ClassVar


class Refusal(Exception):
    """Something that may not be done, and why. `code` is the HTTP code, `status` the stable name."""

    code: ClassVar[int] = 400
    status: ClassVar[str] = "refused"

    def __init__(self, **data: Any) -> None:
        super().__init__(self.status, data)
        self.data = data


class NotFound(Refusal):
    """It does not exist, or not for this caller: the answer is the same."""

    code, status = 404, "not_found"


class NotAllowed(Refusal):
    code, status = 403, "not_allowed"


class SignInNeeded(Refusal):
    code, status = 401, "sign_in_needed"


class InvalidInput(Refusal):
    code, status = 422, "invalid_input"


class PersonalNumberFound(Refusal):
    """Free text holds a resident ID or a mobile number; it is not stored."""

    code, status = 422, "personal_number_found"
