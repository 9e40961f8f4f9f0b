"""大字模式: everything a quarter larger, black on white. The browser remembers it."""

from flask import request

COOKIE = "__Host-humiao-look"
LARGE = "large"


def is_large() -> bool:
    """Whether this browser asked for large type."""
    return request.cookies.get(COOKIE) == LARGE
