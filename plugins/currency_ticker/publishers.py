"""Who publishes rates: the names and addresses that readers are shown."""

from collections.abc import Callable

import msgspec


class Publisher(msgspec.Struct, frozen=True):
    """A source as readers know it."""

    id: str
    """As in the history's column ``source``."""
    name: str
    """In English, as the institution calls itself."""
    url: str
    """Where a reader finds the figures, an absolute address; empty if unknown."""
    relay: str = ""
    """Who passes its figures on, where they do not come from itself."""


BANKS = (
    Publisher("nbkr", "National Bank of the Kyrgyz Republic", "https://www.nbkr.kg/index1.jsp?item=1562&lang=ENG"),
    Publisher(
        "nbk",
        "National Bank of Kazakhstan",
        "https://nationalbank.kz/en/exchangerates/ezhednevnye-oficialnye-rynochnye-kursy-valyut",
    ),
    Publisher("nbt", "National Bank of Tajikistan", "https://www.nbt.tj/en/kurs/"),
    Publisher("cbu", "Central Bank of Uzbekistan", "https://cbu.uz/en/arkhiv-kursov-valyut/"),
)
PUBLISHERS = (
    *BANKS,
    Publisher("bancaditalia", "Banca d'Italia", "https://tassidicambio.bancaditalia.it/"),
    Publisher("cbr", "Bank of Russia", "https://www.cbr.ru/eng/currency_base/daily/"),
    Publisher("cbt-peg", "Central Bank of Turkmenistan", "https://cbt.tm/"),
    *(Publisher(f"frankfurter-{bank.id}", bank.name, "https://frankfurter.dev/", "Frankfurter") for bank in BANKS),
    Publisher("currency-api", "currency-api", "https://github.com/fawazahmed0/exchange-api"),
)


def publisher(source: str) -> Publisher:
    """Return the publisher with the id ``source``; one that is not known is called by its id."""
    return next((known for known in PUBLISHERS if known.id == source), Publisher(source, source, ""))


def shown_name(known: Publisher, translate: Callable[[str], str]) -> str:
    """Return a publisher's name for readers; ``translate`` is gettext."""
    name = translate(known.name)
    return translate("%(bank)s, by way of %(relay)s") % {"bank": name, "relay": known.relay} if known.relay else name
