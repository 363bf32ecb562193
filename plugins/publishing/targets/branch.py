"""A branch of a git repository, for Pages: commits made with plumbing in an index of their own; no working tree.

One more ref of the repository, ``refs/publishing/<branch>``, keeps manifests and records, and has the kept releases'
commits as its parents, so that they can come back. Branch and ref are pushed as one, or not at all.
"""

import base64
import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from .. import lock, records
from .. import manifest as manifests
from ..errors import PublishingError
from ..manifest import Manifest
from ..programs import Program
from ..records import Record
from ..settings import GitTarget
from .contract import Upload

NO_JEKYLL = ".nojekyll"
_ROLES = ("AUTHOR", "COMMITTER")


class State(msgspec.Struct, frozen=True):
    """What is known of the releases: each one's record and commit, and which of them is live."""

    live: str = ""
    commits: dict[str, str] = {}
    records: dict[str, Record] = {}


class Branch:
    """A branch that is served, and the ref beside it. Works in a bare repository of its own below ``cache``."""

    def __init__(self, settings: GitTarget, cache: Path, environment: Mapping[str, str]) -> None:
        key = hashlib.sha256(f"{settings.repository} {settings.branch}".encode()).hexdigest()[:16]
        self.settings = settings
        self.folder = cache / f"{key}.git"
        self.fetched = False
        self.served = f"refs/heads/{settings.branch}"
        self.kept = f"refs/publishing/{settings.branch}"
        name, _, address = settings.author.rstrip(">").rpartition(" <")
        who = {f"GIT_{role}_NAME": name for role in _ROLES} | {f"GIT_{role}_EMAIL": address for role in _ROLES}
        here = {"GIT_DIR": str(self.folder), "GIT_INDEX_FILE": str(self.folder / "edition")}
        token = _token(environment.get(settings.token_variable, ""))
        self.program = Program(("git",), environment, {"GIT_TERMINAL_PROMPT": "0", **who, **here, **token})

    @property
    def place(self) -> str:
        """Return the repository and the branch."""
        return f"{self.settings.repository} {self.settings.branch}"

    @contextlib.contextmanager
    def lock(self, holder: str, wait: float, say: lock.Say) -> Iterator[None]:
        """Hold the lock of this machine's copy, fetched once; a push from elsewhere meanwhile makes ours fail."""
        with lock.held(self.folder.with_suffix(".lock"), holder, wait, say):
            for left in self.folder.rglob("*.lock"):  # of a git that was killed; no other works in this copy now
                left.unlink()
            self._fetch()
            self.fetched = True
            try:
                yield
            finally:
                self.fetched = False

    def live(self) -> str | None:
        """Fetch, and return the live release; raises PublishingError for a branch that is not ours."""
        self._refresh()
        state, head = self._state(), self._commit(self.served)
        if head and state.commits.get(state.live) != head:
            raise PublishingError(
                f"The branch {self.settings.branch} was changed by something else: its commit {head[:12]} "
                "is no release. What is live stays. Give another branch, or remove this one and publish again."
            )
        return state.live if head else None

    def records(self) -> tuple[Record, ...]:
        """Return the record of each kept release."""
        self._refresh()
        return tuple(record for _, record in sorted(self._state().records.items()))

    def manifest(self, release: str) -> Manifest:
        """Return the release's manifest."""
        data = self._git("cat-file", "blob", f"{self.kept}:{release}.manifest.json")
        return manifests.read(data, f"{self.kept}:{release}")

    def publish(self, upload: Upload) -> None:
        """Make the release's commit of the live one's files and those that travel, and push it with the state."""
        head, state, name = self._commit(self.served), self._state(), upload.record.id
        self._index(upload, head)
        tree = self._git("write-tree", "--missing-ok").decode().strip()
        parents = ["-p", head] if head and self.settings.history else []
        message = f"Edition of {upload.record.at:%Y-%m-%d %H:%M} UTC"
        commit = self._git("commit-tree", tree, *parents, "-m", message).decode().strip()
        after = State(name, {**state.commits, name: commit}, {**state.records, name: upload.record})
        self._push(after, commit, {name: upload.manifest.encoded()})

    def restore(self, release: str) -> None:
        """Let the branch be a kept release's commit again; with a history, a new commit of its files."""
        state = self._state()
        commit = state.commits[release]
        if self.settings.history and (head := self._commit(self.served)):
            message = f"Back to the edition of {release}"
            commit = self._git("commit-tree", f"{commit}^{{tree}}", "-p", head, "-m", message).decode().strip()
        commits = {**state.commits, release: commit}
        self._push(msgspec.structs.replace(state, live=release, commits=commits), commit, {})

    def note(self, record: Record) -> None:
        """Keep the record in the state."""
        state = self._state()
        if state.records.get(record.id) != record:
            after = msgspec.structs.replace(state, records={**state.records, record.id: record})
            self._push(after, self._commit(self.served), {})

    def prune(self, keep: int) -> tuple[str, ...]:
        """Leave out of the state what is too old."""
        state = self._state()
        kept = records.kept(state.records, state.live, keep)
        gone = tuple(sorted(name for name in state.records if name not in kept))
        if gone:
            commits = {name: commit for name, commit in state.commits.items() if name in kept}
            every = {name: record for name, record in state.records.items() if name in kept}
            self._push(State(state.live, commits, every), self._commit(self.served), {})
        return gone

    def _index(self, upload: Upload, head: str) -> None:
        """Fill the index: the live commit's tree, with what travels put in and what goes taken out."""
        self._git("read-tree", head if head and upload.plan.unchanged else "--empty")
        names = list(upload.plan.uploaded)
        listed = "".join(f"{upload.source.resolve() / name}\n" for name in names).encode()
        blobs = self._git("hash-object", "-w", "--no-filters", "--stdin-paths", given=listed).decode().split()
        empty = self._git("hash-object", "-w", "--stdin").decode().strip()
        lines = [f"0 {'0' * 40}\t{name}\0" for name in upload.plan.removed if upload.plan.unchanged]
        lines += [f"100644 {blob}\t{name}\0" for name, blob in zip(names, blobs, strict=True)]
        lines.append(f"100644 {empty}\t{NO_JEKYLL}\0")
        self._git("update-index", "-z", "--index-info", given="".join(lines).encode())

    def _push(self, state: State, commit: str, added: Mapping[str, bytes]) -> None:
        """Push the branch at ``commit`` and the state, as one; raises PublishingError if another pushed meanwhile."""
        before = {ref: self._commit(ref) for ref in (self.served, self.kept)}
        after = {self.served: commit, self.kept: self._state_commit(state, before[self.kept], added)}
        leases = [f"--force-with-lease={ref}:{old}" for ref, old in before.items()]
        specs = [f"{new}:{ref}" for ref, new in after.items()]
        self._git("push", "--quiet", "--atomic", *leases, "host", *specs)
        for ref, new in after.items():
            self._git("update-ref", ref, new)

    def _state_commit(self, state: State, old: str, added: Mapping[str, bytes]) -> str:
        """Return a new commit of the state: manifests of the kept releases, whose commits are its parents."""
        blobs = self._blobs(old)
        for name, data in added.items():
            blobs[f"{name}.manifest.json"] = self._git("hash-object", "-w", "--stdin", given=data).decode().strip()
        blobs = {name: blob for name, blob in blobs.items() if name.partition(".")[0] in state.commits}
        data = msgspec.json.format(msgspec.json.encode(state), indent=1)
        blobs["state.json"] = self._git("hash-object", "-w", "--stdin", given=data).decode().strip()
        lines = "".join(f"100644 blob {blob}\t{name}\n" for name, blob in sorted(blobs.items()))
        tree = self._git("mktree", "--missing", given=lines.encode()).decode().strip()
        parents = [word for commit in sorted(set(state.commits.values())) for word in ("-p", commit)]
        return self._git("commit-tree", tree, *parents, "-m", "Releases that are kept").decode().strip()

    def _blobs(self, commit: str) -> dict[str, str]:
        lines = self._git("ls-tree", commit).decode().splitlines() if commit else []
        return {line.partition("\t")[2]: line.split()[2] for line in lines}

    def _state(self) -> State:
        if not self._commit(self.kept):
            return State()
        return msgspec.json.decode(self._git("cat-file", "blob", f"{self.kept}:state.json"), type=State)

    def _refresh(self) -> None:
        if not self.fetched:
            self._fetch()

    def _fetch(self) -> None:
        """Bring both refs here as they are at the repository; without files' contents where it allows that."""
        if not (self.folder / "HEAD").exists():
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            self._git("init", "--quiet", "--bare")
            self._git("config", "core.fsync", "none")  # a copy that can be fetched again
            self._git("config", "remote.host.url", self.settings.repository)
            self._git("config", "remote.host.promisor", "true")
            self._git("config", "remote.host.partialclonefilter", "blob:none")
        found = self._git("ls-remote", "--refs", "host", self.served, self.kept).decode().split()
        there = dict(zip(found[1::2], found[::2], strict=True))
        for ref in (self.served, self.kept):
            if ref not in there and self._commit(ref):
                self._git("update-ref", "-d", ref)
        if wanted := [ref for ref in there if self._commit(ref) != there[ref]]:
            specs = [f"+{ref}:{ref}" for ref in wanted]
            self._git("fetch", "--quiet", "--no-tags", "--filter=blob:none", "--depth=2", "host", *specs)

    def _commit(self, ref: str) -> str:
        """Return the commit that a ref names here; empty if there is none."""
        status, out, _ = self.program.attempt(["rev-parse", "--verify", "--quiet", ref])
        return out.decode().strip() if status == 0 else ""

    def _git(self, *arguments: str, given: bytes = b"") -> bytes:
        return self.program.run(arguments, given)


def _token(token: str) -> dict[str, str]:
    """Return the variables by which git sends a token; they are seen by nobody who lists processes."""
    if not token:
        return {}
    basic = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "http.extraheader",
        "GIT_CONFIG_VALUE_0": f"Authorization: Basic {basic}",
    }
