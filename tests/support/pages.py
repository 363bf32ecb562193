"""The pages of a built site as trees, with the questions that audits ask of them."""

import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import lxml.html

from tests.support.edition import SITEURL


@dataclass(frozen=True)
class HtmlPage:
    """One HTML file."""

    name: str
    """The file, below the output."""
    html: bytes

    @cached_property
    def tree(self) -> lxml.html.HtmlElement:
        return lxml.html.document_fromstring(self.html, parser=lxml.html.HTMLParser(encoding="utf-8"))

    @property
    def url(self) -> str:
        return f"{SITEURL}/{self.name.removesuffix('index.html')}"

    @cached_property
    def ids(self) -> list[str]:
        return self.tree.xpath("//@id")

    def references(self) -> Iterator[tuple[str, str, str]]:
        """Every element's tag and attribute that leads somewhere, with the whole address."""
        for element, attribute, link, _ in self.tree.iterlinks():
            if element.tag != "base" and attribute:
                yield element.tag, attribute, urllib.parse.urljoin(self.url, link)

    def text(self, path: str) -> str:
        """The words below the first element of an XPath, white space single."""
        found = self.tree.xpath(path)
        return " ".join(found[0].text_content().split()) if found else ""


def html_pages(output: Path) -> tuple[HtmlPage, ...]:
    """Every page of the site, by the name of its file."""
    return tuple(
        HtmlPage(path.relative_to(output).as_posix(), path.read_bytes()) for path in sorted(output.rglob("*.html"))
    )


def file_of(output: Path, url: str) -> Path | None:
    """The file that a static host serves for an address of the site; None for another host."""
    parts = urllib.parse.urlsplit(url)
    if f"{parts.scheme}://{parts.netloc}" != SITEURL:
        return None
    path = output / urllib.parse.unquote(parts.path).lstrip("/")
    return path / "index.html" if parts.path.endswith("/") or not parts.path else path
