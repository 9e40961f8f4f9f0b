"""What accounts refuse."""

from backend.core.errors import Refusal


class SignInFailed(Refusal):
    """Wrong name or password; nobody learns which."""

    code, status = 401, "sign_in_failed"


class TooManyTries(Refusal):
    """Too many failures; `wait_s` says how long to wait. The same for accounts that do not exist."""

    code, status = 429, "too_many_tries"


class ForgedRequest(Refusal):
    """A change without this session's token, or sent by another site."""

    code, status = 403, "forged_request"


class PasswordRefused(Refusal):
    code, status = 422, "password_refused"


class LoginTaken(Refusal):
    code, status = 409, "login_taken"
