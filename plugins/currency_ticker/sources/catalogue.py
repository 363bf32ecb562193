"""Every source that the suite knows, by its id."""

from collections.abc import Mapping
from types import MappingProxyType

from . import bancaditalia, cbr, cbu, currency_api, frankfurter, nbk, nbkr, nbt
from .source import Source

SOURCES: Mapping[str, Source] = MappingProxyType(
    {
        source.id: source
        for source in (
            nbkr.SOURCE,
            nbk.SOURCE,
            nbt.SOURCE,
            cbu.SOURCE,
            bancaditalia.SOURCE,
            cbr.SOURCE,
            *frankfurter.SOURCES,
            currency_api.SOURCE,
        )
    }
)
