"""What templates get of the text edition."""

import msgspec


class TextEditionView(msgspec.Struct, frozen=True):
    """The context's ``text_edition``."""

    url: str
    """Its front page, relative to the site's root."""
    without: tuple[str, ...]
    """Addresses and folders that have no text."""

    def address(self, page: str) -> str:
        """Return where the text of ``page`` (an address or a file) stands, both from the root; empty if it has none."""
        url = page.removesuffix("index.html") if page == "index.html" or page.endswith("/index.html") else page
        is_page = not url or url.endswith(("/", ".html"))
        return f"{self.url}{url}" if is_page and not url.startswith((self.url, *self.without)) else ""
