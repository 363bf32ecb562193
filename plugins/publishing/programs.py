"""Run the programs that carry files: without a shell, without questions, and without telling secrets."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence

import msgspec

from .errors import PublishingError

_SECRET = re.compile(r"TOKEN|SECRET|PASS|KEY|CREDENTIAL|SAS", re.IGNORECASE)


class Program(msgspec.Struct, frozen=True):
    """A program with the arguments that every call begins with, and the environment it runs in."""

    command: tuple[str, ...]
    environment: Mapping[str, str]
    """The whole environment; values of variables that are named like secrets never appear in a message."""
    extra: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Variables on top of it."""

    def run(self, arguments: Sequence[str], given: bytes = b"") -> bytes:
        """Return what the program wrote, having been given ``given``; raises PublishingError if it fails."""
        status, out, said = self.attempt(arguments, given)
        if status:
            words = said.strip().splitlines()[-6:] or ["It said nothing."]
            raise PublishingError("\n  ".join([f"{self.command[0]} failed (status {status}):", *words]))
        return out

    def attempt(self, arguments: Sequence[str], given: bytes = b"") -> tuple[int, bytes, str]:
        """Return the status, what the program wrote, and what it said, of a call that may fail."""
        command = [*leashed(), *self.command, *arguments]
        try:
            done = subprocess.run(  # noqa: S603 - a list, no shell; settings are checked for words that are options
                command, input=given, capture_output=True, check=False, env={**self.environment, **self.extra}
            )
        except FileNotFoundError as error:
            raise PublishingError(f"{self.command[0]} is not installed. make programs installs it.") from error
        return done.returncode, done.stdout, scrubbed(done.stderr.decode("utf-8", "replace"), self._secrets())

    def _secrets(self) -> list[str]:
        every = {**self.environment, **self.extra}
        return [value for name, value in every.items() if _SECRET.search(name) and len(value) > 5]


def leashed() -> tuple[str, ...]:
    """Return the words before a command that end it with this process, however that ends (Linux; else none).

    Without them a program that outlives a killed publish could go on writing under the next one.
    """
    found = shutil.which("setpriv")
    return (found, "--pdeathsig", "KILL") if found and os.name == "posix" else ()


def scrubbed(text: str, secrets: Sequence[str]) -> str:
    """Return ``text`` without any of ``secrets``, nor a password in an address."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "…")
    return re.sub(r"(://[^/@:\s]*:)[^/@\s]+@", r"\1…@", text)
