"""Lists cut into pages that are numbered from the oldest, so that a full page keeps its address and its stories."""

from collections.abc import Sequence
from typing import Generic, TypeVar

import msgspec

from . import urls

Item = TypeVar("Item")


class ListPage(msgspec.Struct, Generic[Item], frozen=True):
    """One page of a list. The front holds the newest items; page 1 holds the first ever.

    A page that is closed says nothing of those before it, so that it stays as it is whatever is added.
    """

    url: str
    """The page's address, relative to the site's root."""
    save_as: str
    """The file it is written to."""
    number: int
    """Counted from the oldest; the front has the highest number of all."""
    count: int | None
    """How many pages there are; None on a closed page."""
    items: tuple[Item, ...]
    """What stands on the page, newest first."""
    first: int
    """The number of the page's oldest item, the first ever being 1 (0 in an empty list)."""
    last: int
    """The number of the page's newest item."""
    total: int | None
    """How many items the whole list has; None on a closed page."""
    newer: str | None
    """The address of the page with newer items, if there is one."""
    older: str | None
    """The address of the page with older items, if there is one."""

    @property
    def is_front(self) -> bool:
        """Whether this is the list's own address, which holds the newest."""
        return self.count is not None


class Listing(msgspec.Struct, Generic[Item], frozen=True):
    """A list before it is cut."""

    items: Sequence[Item]
    """All of it, newest first; never changed any more."""
    url: str
    """The address of its front, relative to the site's root."""
    per_page: int
    """How many items a closed page has."""
    orphans: int = 0
    """How many items may stand on the front besides, before it is closed."""

    def pages(self) -> tuple[ListPage[Item], ...]:
        """Return its pages, the front first."""
        return paginate(self.items, self.url, self.per_page, self.orphans)


def paginate(items: Sequence[Item], front: str, per_page: int, orphans: int = 0) -> tuple[ListPage[Item], ...]:
    """Return the pages of ``items`` (newest first) for the list at ``front``, the front page first.

    A numbered page is closed, with ``per_page`` items for good, once more than ``orphans`` newer ones
    stand above it; the front holds what is left. An empty list has one empty front.
    Raises ValueError unless ``per_page`` > 0 and 0 <= ``orphans`` < ``per_page``.
    """
    if per_page < 1 or not 0 <= orphans < per_page:
        raise ValueError(f"per_page {per_page} must be 1 or more, and orphans {orphans} from 0 to less than that")
    total = len(items)
    closed = max(0, (total - orphans - 1) // per_page)
    addresses = [urls.numbered(front, number) for number in range(1, closed + 1)] + [front]
    return tuple(_page(items, addresses, number, per_page) for number in range(closed + 1, 0, -1))


def _page(items: Sequence[Item], addresses: list[str], number: int, per_page: int) -> ListPage[Item]:
    total, count = len(items), len(addresses)
    is_front = number == count
    oldest = (number - 1) * per_page
    newest = total if is_front else number * per_page
    return ListPage(
        url=addresses[number - 1],
        save_as=urls.save_as(addresses[number - 1]),
        number=number,
        count=count if is_front else None,
        items=tuple(items[total - newest : total - oldest]),
        first=min(oldest + 1, total),
        last=newest,
        total=total if is_front else None,
        newer=addresses[number] if number < count else None,
        older=addresses[number - 2] if number > 1 else None,
    )
