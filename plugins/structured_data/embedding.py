"""JSON that may stand in an HTML page."""

import json

from markupsafe import Markup

_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"},
)


def script_json(value: object) -> Markup:
    r"""Return ``value`` as JSON that cannot end or open a ``<script>`` or a comment, whatever its strings hold.

    HTML reads ``</script`` and ``<!--`` even inside a string of the script (HTML standard, 4.12.1.3), so those
    letters are written as ``\u003c``, which JSON reads as the same string.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - nothing in it can be markup any more
