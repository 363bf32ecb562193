"""Who publishes rates: the names and addresses that readers are shown."""

import msgspec


class Publisher(msgspec.Struct, frozen=True):
    """A source as readers know it."""

    id: str
    """As in the history's column ``source``."""
    name: str
    """In English, as the institution calls itself."""
    url: str
    """Where a reader finds the figures, an absolute address; empty if unknown."""


PUBLISHERS = (
    Publisher("nbkr", "National Bank of the Kyrgyz Republic", "https://www.nbkr.kg/index1.jsp?item=1562&lang=ENG"),
    Publisher(
        "nbk",
        "National Bank of Kazakhstan",
        "https://nationalbank.kz/en/exchangerates/ezhednevnye-oficialnye-rynochnye-kursy-valyut",
    ),
    Publisher("nbt", "National Bank of Tajikistan", "https://www.nbt.tj/en/kurs/"),
    Publisher("cbu", "Central Bank of Uzbekistan", "https://cbu.uz/en/arkhiv-kursov-valyut/"),
    Publisher("bancaditalia", "Banca d'Italia", "https://tassidicambio.bancaditalia.it/"),
    Publisher("cbr", "Bank of Russia", "https://www.cbr.ru/eng/currency_base/daily/"),
    Publisher("cbt-peg", "Central Bank of Turkmenistan", "https://cbt.tm/"),
    *(
        Publisher(f"frankfurter-{bank}", f"{name}, by way of Frankfurter", "https://frankfurter.dev/")
        for bank, name in (
            ("nbkr", "National Bank of the Kyrgyz Republic"),
            ("nbk", "National Bank of Kazakhstan"),
            ("nbt", "National Bank of Tajikistan"),
            ("cbu", "Central Bank of Uzbekistan"),
        )
    ),
    Publisher("currency-api", "currency-api", "https://github.com/fawazahmed0/exchange-api"),
)


def publisher(source: str) -> Publisher:
    """Return the publisher with the id ``source``; one that is not known is called by its id."""
    return next((known for known in PUBLISHERS if known.id == source), Publisher(source, source, ""))
