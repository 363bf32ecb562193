"""What a browser shows a feed by: CSS, since browsers give XSLT up."""

import hashlib


def quoted(text: str) -> str:
    r"""Return ``text`` as a string of CSS (Syntax Level 3, 4.3.5): quotes, backslashes and ends of lines escaped."""
    escaped = "".join(f"\\{ord(letter):x} " if letter in '"\\\n\r\f' else letter for letter in text)
    return f'"{escaped}"'


def name(folder: str, css: str) -> str:
    """Return the file for ``css`` in the theme's ``folder``, which changes with it, so that browsers may keep it."""
    return f"{folder}/css/feed.{hashlib.sha256(css.encode()).hexdigest()[:12]}.css"
