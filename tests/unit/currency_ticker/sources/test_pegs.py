import msgspec
import pytest

from plugins.currency_ticker import history
from plugins.currency_ticker.model import Kind
from plugins.currency_ticker.sources import pegs
from plugins.currency_ticker.sources.quotation import PayloadError
from tests.support.site import ROOT
from tests.unit.currency_ticker.observations import at

KNOWN_AT = at("2026-11-24T12:00")


def test_the_manat_is_read_as_the_history_has_it():
    (peg,) = pegs.PEGS
    seen = pegs.read(peg, KNOWN_AT)
    (kept,) = [each for each in history.read(ROOT / "content/rates/history.csv", "h") if each.kind is Kind.FIXED]
    assert msgspec.structs.replace(seen, fetched_at=kept.fetched_at, payload_sha256=kept.payload_sha256) == kept
    assert peg.currency == "TMT"


def test_the_recorded_list_of_pegs_says_the_same():
    (peg,) = pegs.PEGS
    recorded = msgspec.structs.replace(peg, record=(ROOT / "tests/data/rates/cbt-peg/peg_tmt.json").read_bytes())
    one, other = pegs.read(peg, KNOWN_AT), pegs.read(recorded, KNOWN_AT)
    assert msgspec.structs.replace(one, payload_sha256=other.payload_sha256) == other


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (b"", "no record of a decreed rate"),
        (b'{"quote": "TMT", "base": "USD", "since": "2015-01-01"}', "missing required field `rate`"),
        (b'{"quote": "TMT", "base": "EUR", "rate": 3.5, "since": "2015-01-01"}', "it prices EUR"),
        (b'{"quote": "TMT", "base": "USD", "rate": "3.5", "since": "2015-01-01"}', "no plain decimal"),
        (b'{"quote": "TMT", "base": "USD", "rate": -3.5, "since": "2015-01-01"}', "no plain decimal"),
        (b'{"quote": "TMT", "base": "USD", "rate": 3.5, "since": "1.1.2015"}', "the date"),
    ],
)
def test_what_is_no_record_is_refused(record, why):
    with pytest.raises(PayloadError, match=why):
        pegs.read(msgspec.structs.replace(pegs.PEGS[0], record=record), KNOWN_AT)
