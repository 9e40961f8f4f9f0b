"""Why a tip is refused at the door."""

from backend.core.errors import Refusal


class TipUnreadable(Refusal):
    """What came is no tip in the form that docs/tips.md describes."""

    code, status = 422, "tip_unreadable"


class TipChanged(Refusal):
    """This UUID names another tip here: one UUID, two stories."""

    code, status = 409, "tip_changed"


class TipSettled(Refusal):
    """What it is cannot become what was asked; `state` says where it stands."""

    code, status = 409, "tip_settled"


class InformantSealed(Refusal):
    """Who gave it opens to nobody but whoever sends the answer, or when a second person agreed."""

    code, status = 403, "informant_sealed"


class SecondPersonNeeded(Refusal):
    """Whoever asks cannot agree, nor can anybody once it was agreed to or the request is too old."""

    code, status = 403, "informant_second_person"


class OrdersRefused(Refusal):
    """The file is no table of work orders, or too large; nothing was kept."""

    code, status = 422, "work_orders_refused"


class PictureUnreadable(Refusal):
    """It is no picture that can be shown, or larger than any camera makes them."""

    code, status = 422, "picture_unreadable"


class PictureUnannounced(Refusal):
    """The tip does not name a picture of this content."""

    code, status = 409, "picture_unannounced"
