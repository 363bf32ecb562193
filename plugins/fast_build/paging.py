"""Lists that Pelican would divide into pages, where each fits on one."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

_DIVIDED = ("articles", "dates")  # what Pelican divides of a page's own values


class Page(Protocol):
    """What is needed of a page of Pelican's."""

    save_as: str


class Paginator(Protocol):
    """What is needed of a paginator of Pelican's."""

    num_pages: int

    def page(self, number: int) -> Page:
        """Return the page ``number``, counted from 1."""


def sole_page(
    name: str,
    options: Mapping[str, Any],
    given: dict[str, Any],
    settings: Mapping[str, Any],
    paginator: Callable[..., Paginator],
) -> tuple[str, dict[str, Any]] | None:
    """Return a page's file and what it is given, by the ``options`` of Pelican's writer, as that has it.

    None for a list of several pages, which hang together.
    """
    if options.get("paginated"):
        return None
    divided, template = settings["PAGINATED_TEMPLATES"], options.get("template_name")
    lists = {key: value for key, value in given.items() if key in _DIVIDED}
    if template not in divided or not lists:
        return name, given
    most, url = divided[template] or settings["DEFAULT_PAGINATION"], options.get("url")
    sole = _sole({key: paginator(name, url, each, settings, most) for key, each in lists.items()})
    return sole and (sole[0], {**given, **sole[1]})


def _sole(paginators: Mapping[str, Paginator]) -> tuple[str, dict[str, Any]] | None:
    """Return the file's name and what its template gets of the lists; None if a list goes on to a second page."""
    if any(each.num_pages != 1 for each in paginators.values()):
        return None
    name = ""
    given: dict[str, Any] = {}
    for key, each in paginators.items():
        page = each.page(1)
        name = page.save_as
        given |= {f"{key}_paginator": each, f"{key}_page": page, f"{key}_previous_page": None, f"{key}_next_page": None}
    return name, given
