"""What was read, as it is kept."""

import msgspec

from plugins.fast_build.kept_keys import KeptKeys
from plugins.fast_build.numbering import Key

CARD, TEXT, NAME, NEW = [("card", "a.md"), ("text", "a.md"), ("name", "front", "lead"), ("name", "hour")]
DIGESTS: dict[Key, bytes] = {CARD: b"c" * 16, TEXT: bytes(16), NAME: b"absent"}
NUMBERS = {CARD: 7, TEXT: 0, NAME: 3}


def test_each_digest_is_found_as_it_was_kept() -> None:
    kept = msgspec.msgpack.decode(msgspec.msgpack.encode(KeptKeys.of(DIGESTS, {**NUMBERS, NEW: 9})), type=KeptKeys)
    digests, numbers = kept.found([])
    assert (dict(digests), numbers) == (DIGESTS, NUMBERS)
    assert digests.get(NEW) is None
    digests, numbers = KeptKeys().found([])
    assert (len(digests), numbers) == (0, {})


def test_what_was_renewed_since_comes_before_what_was_kept() -> None:
    renewed = [(7, CARD, b"C" * 16), (0, TEXT, b""), (3, NEW, b"n" * 16), (11, ("text", "b.md"), b"b" * 16)]
    digests, numbers = KeptKeys.of(DIGESTS, NUMBERS).found(renewed)
    assert numbers == {CARD: 7, TEXT: 0, NEW: 3, ("text", "b.md"): 11}  # another goes by the number of a former one
    assert dict(digests) == {CARD: b"C" * 16, TEXT: b"", NEW: b"n" * 16, ("text", "b.md"): b"b" * 16}
