"""What intake refuses, and why a tablet is told so."""

from backend.core.errors import Refusal


class SubmissionUnacceptable(Refusal):
    """The request is not a submission that could be kept; `reason` is a stable word."""

    code, status = 400, "submission_unacceptable"


class SubmissionTooLarge(Refusal):
    """`part` is over its limit; `limit` says how much is taken."""

    code, status = 413, "submission_too_large"


class SubmissionChanged(Refusal):
    """Another XML came under this instanceID before and is kept; a correction names it as deprecatedID."""

    code, status = 409, "submission_changed"


class AttachmentChanged(Refusal):
    """Other bytes came under this name before. Those are kept."""

    code, status = 409, "attachment_changed"


class CollectDoorClosed(Refusal):
    """This deployment lets no ODK Collect in; its own tablets come by another door."""

    code, status = 403, "collect_door_closed"


class SealedContent(Refusal):
    """Opens only when a second person agreed to a request that names this visit."""

    code, status = 403, "sealed_content"


class SecondPersonNeeded(Refusal):
    """Whoever asked cannot agree."""

    code, status = 409, "second_person_needed"


class AlreadyAgreed(Refusal):
    code, status = 409, "already_agreed"


class RequestLapsed(Refusal):
    """Nobody agreed to it in time; ask again."""

    code, status = 409, "request_lapsed"


class UploadUnacceptable(Refusal):
    """The request is no part of a resumable upload; `reason` is a stable word."""

    code, status = 400, "upload_unacceptable"


class UploadVersion(Refusal):
    """Another version of the tus protocol, or none."""

    code, status = 412, "upload_version"


class UploadKind(Refusal):
    code, status = 415, "upload_kind"


class LengthNeeded(Refusal):
    code, status = 411, "length_needed"


class UploadOffset(Refusal):
    """The sender goes on from another place than where the upload stands."""

    code, status = 409, "upload_offset"


class UploadTooLarge(Refusal):
    code, status = 413, "upload_too_large"


class ChecksumMismatch(Refusal):
    """What came is not what was sent; it is forgotten. Send it again."""

    code, status = 460, "checksum_mismatch"


class UploadGone(Refusal):
    """It waited too long and was removed."""

    code, status = 410, "upload_gone"


class RescueUnacceptable(Refusal):
    """It is no rescue file of this deployment, or not as its tablet signed it; `reason` is a stable word."""

    code, status = 422, "rescue_unacceptable"


class RescueTooLarge(Refusal):
    """The file, its list or the number of its sections is over a limit."""

    code, status = 413, "rescue_too_large"


class RescueChanged(Refusal):
    """Another file came under this id before and is kept."""

    code, status = 409, "rescue_changed"


class RescueDecided(Refusal):
    """It waits for nobody: it was taken, or somebody decided already."""

    code, status = 409, "rescue_decided"


class TooManyUploads(Refusal):
    """So many of this sender are under way already; finish some, or wait until they expire."""

    code, status = 429, "too_many_uploads"


class DocumentUnacceptable(Refusal):
    """It is no document as docs/documents.md describes them; `reason` is a stable word."""

    code, status = 422, "document_unacceptable"


class DocumentTooLarge(Refusal):
    code, status = 413, "document_too_large"


class DocumentChanged(Refusal):
    """Another content came under this UUID before and is kept."""

    code, status = 409, "document_changed"
