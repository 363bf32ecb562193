"""The setting ``STRUCTURED_DATA``."""

import msgspec

ARTICLE_TYPES = (
    "NewsArticle",
    "AnalysisNewsArticle",
    "AskPublicNewsArticle",
    "BackgroundNewsArticle",
    "OpinionNewsArticle",
    "ReportageNewsArticle",
    "ReviewNewsArticle",
)


class StructuredDataSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the head says of the edition; addresses are relative to the site's root."""

    share_image: str = ""
    """The picture shown where a page without its own is shared, 1200 pixels wide and 630 high; a static file."""

    share_image_alt: str = ""
    """What that picture shows, in words. Empty: the edition's name."""

    cards: bool = False
    """Whether each story has a picture of its own to be shared by, and others in the proportions that search engines
    ask for: cut from its lead picture, or drawn from its headline. A preview, without `SITEURL`, makes none."""

    cards_cache: str = ".cache/cards"
    """Where the pictures are kept between builds, relative to the folder of the build."""

    card_font: str = ""
    """A TrueType file for drawn cards, relative to the folder of the build. Empty: Pillow's own font, which has little
    beyond English; a headline with a letter that the font lacks is shared with `share_image`."""

    logo: str = ""
    """The publisher's logo for search engines, a static file. Empty: none is named."""

    organization_words: tuple[str, ...] = ("desk", "editors", "newsroom")
    """An author whose name has one of these words (in any case) is an organization, any other a person."""

    article_types: dict[str, str] = {}
    """The schema.org type of a section's stories, by the section's name. Any other is a `NewsArticle`."""

    free: bool = True
    """Whether the stories can be read without paying."""

    corrections_policy: str = ""
    """The page that says how mistakes are corrected. Empty: none is named."""

    same_as: tuple[str, ...] = ()
    """The edition's own profiles elsewhere, as absolute addresses."""

    twitter_site: str = ""
    """The edition's account there, with its `@`. Empty: none is named."""

    title_separator: str = " | "
    """What the theme puts between a page's title and the edition's name; both are cut off for sharing."""

    errors: tuple[str, ...] = ("404.html",)
    """Files that a host shows with an error's status, by which search engines leave them out: they have no address to
    be found or shared by."""

    noindex: tuple[str, ...] = ()
    """Files of the output that search engines shall leave out, as patterns; `*` means all, for a trial edition."""

    def __post_init__(self) -> None:
        """Raise ValueError for a type that is no news article of schema.org."""
        for section, name in self.article_types.items():
            if name not in ARTICLE_TYPES:
                raise ValueError(f"article_types[{section!r}] is {name!r}, none of {', '.join(ARTICLE_TYPES)}")
