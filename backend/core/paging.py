"""Lists by the page: a door says how to list, and asks here for one page of it."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_smorest.pagination import PaginationParameters


class OnePage:
    """For `blp.paginate`. The door returns a query of `offset` and `limit` that tells rows and total."""

    def __init__(
        self, list_rows: Callable[..., tuple[Sequence[Any], int]], page_params: PaginationParameters
    ) -> None:
        window = {"offset": page_params.first_item, "limit": page_params.page_size}
        self.items, page_params.item_count = list_rows(**window)
