"""What can go wrong between a built edition and its host."""


class PublishingError(Exception):
    """The work ended; the message says what was found, what is live, and what to do."""

    exitcode = 1


class NotServedError(PublishingError):
    """A release is live, and the host does not serve it as it should."""

    exitcode = 3
