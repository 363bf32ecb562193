"""A server reached by ssh: the folder's layout, carried by rsync, switched by one rename there (GNU tools, flock)."""

import contextlib
import shlex
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from .. import lock, records
from .. import manifest as manifests
from ..errors import PublishingError
from ..manifest import Manifest
from ..programs import Program, leashed
from ..records import Record
from ..settings import SshTarget
from .contract import Upload

LOCK = """mkdir -p "$1" && exec 9>>"$1/lock" || exit 1
if flock -w "$3" 9; then printf %s "$2" >"$1/lock"; echo held; exec cat >/dev/null; fi
echo busy; cat "$1/lock" """
LIVE = """cd "$1" 2>/dev/null || exit 0
if [ -L current ]; then readlink current; elif [ -e current ]; then echo "$1/current is no link" >&2; exit 1; fi"""
RECORDS = r"""cd "$1/state" 2>/dev/null || exit 0
for file in *Z.json; do if [ -d "../releases/${file%.json}" ]; then cat "$file"; printf '\0'; fi; done"""
READ = """cat "$1/state/$2" """
WRITE = """mkdir -p "$1/state" && cat >"$1/state/$2.partial" && mv "$1/state/$2.partial" "$1/state/$2" """
PREPARE = """set -eu; cd "$1"; mkdir -p releases "incoming/$2"; ls incoming
if [ -n "$3" ]; then cp -al "releases/$3/." "incoming/$2/"; fi
cd "incoming/$2"; xargs -0 -r rm -f --"""
FINISH = """set -eu; cd "$1"; find "incoming/$2" -type d -empty -delete
found=$(find "incoming/$2" -type f | wc -l)
if [ "$found" != "$3" ]; then echo "$found files arrived, not $3" >&2; exit 1; fi
sync -f "incoming/$2"; rm -rf "releases/$2"; mv "incoming/$2" "releases/$2" """
SWITCH = """set -eu; cd "$1"; test -f "releases/$2/index.html"
rm -f current.new; ln -s "releases/$2" current.new; mv -T current.new current"""
PRUNE = """set -eu; cd "$1"; shift; kept=" $* "; rm -rf incoming
for each in releases/*; do name=${each#releases/}
case "$kept" in *" $name "*) ;; *) rm -rf "$each"; echo "$name";; esac; done
for file in state/*; do name=${file#state/}; case "$kept" in *" ${name%%.*} "*) ;; *) rm -f "$file";; esac; done"""


class Server:
    """``releases/<id>/``, ``state/`` and ``current`` below a folder of another machine.

    All commands go through the connection that holds the lock. It ends with this process, and with it the lock.
    """

    def __init__(self, settings: SshTarget, base: Path, environment: Mapping[str, str]) -> None:
        self.settings = settings
        self.environment = environment
        self.options = _options(settings, base)
        self.socket: Path | None = None

    @property
    def place(self) -> str:
        """Return the server and the folder that is served there."""
        return f"{self.settings.host}:{self.settings.path}/current"

    @contextlib.contextmanager
    def lock(self, holder: str, wait: float, say: lock.Say) -> Iterator[None]:
        """Hold the server's lock while the block runs; every other command uses the same connection."""
        with tempfile.TemporaryDirectory(prefix="publish-") as folder:
            socket = Path(folder) / "ssh"
            command = [*leashed(), "ssh", *self.options, "-M", "-S", str(socket), self.settings.host]
            for seconds in (0, wait) if wait else (0,):
                said = self._try_lock([*command, _script(LOCK, self.settings.path, holder, f"{seconds:.0f}")])
                with said as (held, other):
                    if held:
                        self.socket = socket
                        try:
                            yield
                        finally:
                            self.socket = None
                        return
                words = f"Another publish is at work: {other or 'just begun'}"
                if not seconds and wait:
                    say(f"{words}. Waiting for its end, {wait:.0f} s at most.")
            raise PublishingError(f"{words}. Nothing was uploaded. Try again when it has ended.")

    @contextlib.contextmanager
    def _try_lock(self, command: Sequence[str]) -> Iterator[tuple[bool, str]]:
        """Yield whether the lock is held while the block runs, and in whose name it is otherwise."""
        with subprocess.Popen(  # noqa: S603 - a list, no shell here; the server's shell gets quoted words
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(self.environment)
        ) as process:
            if process.stdin is None or process.stdout is None or process.stderr is None:
                raise PublishingError("ssh has no pipes")
            answer = process.stdout.readline().strip()
            if answer not in {b"held", b"busy"}:
                raise PublishingError(f"{self.settings.host}: {process.stderr.read().decode(errors='replace').strip()}")
            try:
                yield answer == b"held", "" if answer == b"held" else process.stdout.read().decode(errors="replace")
            finally:
                process.stdin.close()  # the server's cat ends, and the lock with it

    def live(self) -> str | None:
        """Return what the link names."""
        return self._run(LIVE).decode().strip().rpartition("/")[2] or None

    def records(self) -> tuple[Record, ...]:
        """Return the record of each release that was live once."""
        found = self._run(RECORDS).split(b"\0")[:-1]
        return tuple(records.read(data, f"{self.place}: a record") for data in found)

    def manifest(self, release: str) -> Manifest:
        """Return the release's manifest, as it was written beside it."""
        name = f"{release}.manifest.json"
        return manifests.read(self._run(READ, name), f"{self.settings.path}/state/{name}")

    def publish(self, upload: Upload) -> None:
        """Make the release beside the live one out of links and what travels, and switch."""
        name, plan = upload.record.id, upload.plan
        based = self.live() or "" if plan.unchanged else ""
        outdated = "\0".join((*plan.changed, *plan.removed)).encode()
        begun = self._run(PREPARE, name, based, given=outdated).decode().split()
        self._carry(upload, [each for each in begun if each != name])
        self._run(WRITE, f"{name}.manifest.json", given=upload.manifest.encoded())
        self._run(FINISH, name, str(len(upload.manifest.files)))
        self.restore(name)

    def restore(self, release: str) -> None:
        """Let the link name the release."""
        self._run(SWITCH, release)

    def note(self, record: Record) -> None:
        """Write the record beside the release."""
        self._run(WRITE, f"{record.id}.json", given=records.encoded(record))

    def prune(self, keep: int) -> tuple[str, ...]:
        """Remove what is too old, and what an interrupted publish left."""
        kept = records.kept((record.id for record in self.records()), self.live(), keep)
        return tuple(self._run(PRUNE, *sorted(kept)).decode().split())

    def _carry(self, upload: Upload, begun: Sequence[str]) -> None:
        """Carry new and changed files; what an interrupted publish has carried already is linked, not sent again."""
        links = [f"--link-dest=../{each}" for each in begun[-19:]]
        if not upload.plan.unchanged and (live := self.live()):
            links.append(f"--link-dest=../../releases/{live}")
        shell = shlex.join(["ssh", *self._through()])
        options = ["-rc", "--from0", "--files-from=-", "--chmod=D755,F644", "-s", "-e", shell, *links]
        target = f"{self.settings.host}:{self.settings.path}/incoming/{upload.record.id}/"
        names = "\0".join(upload.plan.uploaded).encode()
        Program(("rsync",), self.environment).run([*options, f"{upload.source}/", target], names)

    def _run(self, script: str, *words: str, given: bytes = b"") -> bytes:
        command = _script(script, self.settings.path, *words)
        return Program(("ssh",), self.environment).run([*self._through(), self.settings.host, command], given)

    def _through(self) -> list[str]:
        return [*self.options, *(["-S", str(self.socket)] if self.socket else [])]


def _options(settings: SshTarget, base: Path) -> list[str]:
    """Return ssh's options: no questions, and no server whose key is not known."""
    found = ["-p", str(settings.port), "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes"]
    found += ["-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=15"]
    if settings.known_hosts:
        found += ["-o", f'UserKnownHostsFile="{base / Path(settings.known_hosts).expanduser()}"']
    if settings.identity:
        found += ["-i", str(base / Path(settings.identity).expanduser()), "-o", "IdentitiesOnly=yes"]
    return found


def _script(script: str, *words: str) -> str:
    """Return the one word that makes the server's shell run ``script`` with ``words`` as its arguments."""
    return shlex.join(["sh", "-c", script, "sh", *words])
