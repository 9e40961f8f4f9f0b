"""Refusals of indicators and urging letters."""

from backend.core.errors import Refusal


class ReportMade(Refusal):
    """This period was frozen; a new edition says why it is counted again."""

    code, status = 409, "report_made"
