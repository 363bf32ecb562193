"""How publishers are asked, as an edition may choose it; what asks them is in ``fetching``, which no build needs."""

from typing import Annotated

import msgspec

Positive = Annotated[float, msgspec.Meta(gt=0)]


class FetchSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How publishers are asked, under the key ``fetch``."""

    timeout: Positive = 10.0
    """Seconds that a publisher may be silent."""
    deadline: Positive = 60.0
    """Seconds for all publishers together, retries included; the relays of those that failed have as long again."""
    retries: Annotated[int, msgspec.Meta(ge=0, le=10)] = 3
    """How often a passing failure (no connection, silence, 429, 5xx) is tried again."""
    backoff: Positive = 0.5
    """Seconds before the second retry; they double with each. A Retry-After of the publisher counts more."""
