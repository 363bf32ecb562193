"""JSON that may stand in an HTML page."""

from typing import Any

import msgspec
from markupsafe import Markup

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def script_json(value: object) -> Markup:
    r"""Return ``value`` as JSON that cannot end or open a ``<script>`` or a comment, whatever its strings hold.

    HTML reads ``</script`` and ``<!--`` even inside a string of the script (HTML standard, 4.12.1.3), so those
    letters are written as ``\u003c``, which JSON reads as the same string. Raises TypeError for what JSON cannot say.
    """
    text = _ENCODER.encode(value).decode()
    for letter, escaped in _ESCAPES.items():
        text = text.replace(letter, escaped)
    return Markup(text)  # noqa: S704 - nothing in it can be markup any more


def _plain(value: object) -> Any:  # noqa: ANN401 - what msgspec can write
    """Return a string of a class of its own, as ``Markup``, as a string."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{value!r} is nothing that JSON has")


_ENCODER = msgspec.json.Encoder(enc_hook=_plain)
