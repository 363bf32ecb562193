"""The Content-Security-Policy of each kind of file, and the other headers that bind a browser."""

from .inline import Hashes
from .settings import Policy

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)
"""What no page of a newspaper asks a browser for. A player's own (full screen, sound) stay with its frame."""
INERT = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""For a file that is no page: opened by itself it may load, run and send nothing."""

FEED = f"{INERT}; style-src 'self'"
"""For a feed, which a browser shows as a page by its stylesheet."""


def everywhere(policy: Policy) -> dict[str, str]:
    """Return the headers that every answer has."""
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": PERMISSIONS,
    }
    if policy.hsts_seconds:
        below = "; includeSubDomains" if policy.hsts_subdomains else ""
        headers["Strict-Transport-Security"] = f"max-age={policy.hsts_seconds}{below}"
    if policy.noindex:
        headers["X-Robots-Tag"] = "noindex"
    return headers


def page(policy: Policy, hashes: Hashes, kind: str) -> str:
    """Return the policy of pages of a kind: ``page``, ``rates``, ``search``, ``frame`` or ``text``."""
    styles = " ".join(_named({*hashes.styles, *policy.inline}))
    if kind == "text":
        return "; ".join([INERT, "img-src data:", *([f"style-src {styles}"] if styles else [])])
    scripts = [
        "'self'",
        *_named({*hashes.scripts, *policy.inline}),
        *(["'wasm-unsafe-eval'"] if kind == "search" else []),
    ]
    players = " ".join(policy.players) if policy.players and kind in {"page", "rates"} else "'none'"
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(scripts)}",
            f"style-src 'self' {styles}".rstrip(),
            "img-src 'self'",
            "font-src 'self'",
            "media-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            f"frame-src {players}",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors *" if kind == "frame" else "frame-ancestors 'none'",
        ]
    )


def _named(hashes: set[str]) -> list[str]:
    return [f"'{each}'" for each in sorted(hashes)]
