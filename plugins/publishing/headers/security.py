"""The Content-Security-Policy of each kind of file, and the other headers that bind a browser."""

from collections.abc import Iterable

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


def page(policy: Policy, hashes: Iterable[str], kind: str) -> str:
    """Return the policy of pages of a kind: ``page``, ``rates``, ``search``, ``frame`` or ``text``."""
    if kind == "text":
        return INERT
    allowed = " ".join(["'self'", *(f"'{each}'" for each in sorted({*hashes, *policy.inline}))])
    scripts = f"{allowed} 'wasm-unsafe-eval'" if kind == "search" else allowed
    players = " ".join(policy.players) if policy.players and kind in {"page", "rates"} else "'none'"
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {scripts}",
            f"style-src {allowed}",
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
