"""Why a document is not made, or not issued."""

from backend.core.errors import Refusal


class SignUnprintable(Refusal):
    """No font of ours has a sign of this text: a document with a box in it is no document."""

    code, status = 422, "sign_unprintable"


class PictureUnprintable(Refusal):
    """A picture in it cannot be read: a document without a signature that was given is another document."""

    code, status = 422, "picture_unprintable"


class ReviewOpen(Refusal):
    """Something in it waits for the legal reviewer."""

    code, status = 409, "legal_review_open"


class DocumentWithdrawn(Refusal):
    """It was withdrawn already."""

    code, status = 409, "document_withdrawn"
