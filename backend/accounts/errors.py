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


class TlsNeeded(Refusal):
    """Passwords and tokens are taken over TLS or from this machine only."""

    code, status = 403, "tls_needed"


class EnrolmentCodeRefused(Refusal):
    """The code of an enrolment is unknown, used or too old; `code` says which."""

    code, status = 403, "enrolment_code_refused"


class DeviceKeyRefused(Refusal):
    """Not a key that a tablet may sign with, or not one that it holds."""

    code, status = 422, "device_key_refused"


class DeviceKeyKnown(Refusal):
    """A tablet with this key was enrolled before; each enrolment makes a new key."""

    code, status = 409, "device_key_known"


class NotEnrolled(Refusal):
    """This door is for enrolled tablets; what ODK Collect holds does not open it."""

    code, status = 403, "not_enrolled"
