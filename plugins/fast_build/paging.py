"""Lists that Pelican would divide into pages, where each fits on one."""

from collections.abc import Mapping
from typing import Any, Protocol


class Page(Protocol):
    """What is needed of a page of Pelican's."""

    save_as: str


class Paginator(Protocol):
    """What is needed of a paginator of Pelican's."""

    num_pages: int

    def page(self, number: int) -> Page:
        """Return the page ``number``, counted from 1."""


def sole_page(paginators: Mapping[str, Paginator]) -> tuple[str, dict[str, Any]] | None:
    """Return the file's name and what its template gets of the lists, as Pelican's writer has it.

    None if a list goes on to a second page.
    """
    if any(each.num_pages != 1 for each in paginators.values()):
        return None
    name = ""
    given: dict[str, Any] = {}
    for key, each in paginators.items():
        page = each.page(1)
        name = page.save_as
        given |= {f"{key}_paginator": each, f"{key}_page": page, f"{key}_previous_page": None, f"{key}_next_page": None}
    return name, given
