"""Where an edition is published, and how carefully: the setting PUBLISHING."""

import re
from typing import Annotated, Literal

import msgspec

from .gate import Inspection
from .headers import Policy

Count = Annotated[int, msgspec.Meta(ge=1)]
Seconds = Annotated[int, msgspec.Meta(ge=0)]
TargetName = Literal["folder", "ssh", "object", "git"]
Missing = Literal["", "page", "status", "any"]
Headers = Literal["", "all", "stored", "none"]

_NO_WORD = re.compile(r"^-|[\x00-\x20\x7f]")


class FolderTarget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A folder on this machine: `releases/<time>/`, and `current`, a link to the one that is served."""

    path: str = "public"
    """The folder, relative to the settings file. A web server serves its `current`, and nothing else of it."""


class SshTarget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A server reached by ssh, with rsync: the same layout as the folder's."""

    host: str = ""
    """The server, as ssh knows it: `web@host.example`, or a name of `~/.ssh/config`."""
    path: str = ""
    """The folder there, absolute, of letters, digits and `._/-`; the web server serves its `current`."""
    port: Count = 22
    """The port of sshd."""
    known_hosts: str = ""
    """A file with the server's host key. Empty: the user's own `known_hosts`. A key that is not known is refused."""
    identity: str = ""
    """The file of the private key. Empty: ssh's own choice (agent, configuration)."""


class ObjectTarget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Object storage, by rclone: S3, R2, GCS, Azure and the rest. Its keys come from the environment alone."""

    remote: str = ""
    """What readers are served, as rclone writes it: `r2:steppe-ledger`; the remote is named by `RCLONE_CONFIG_R2_…`."""
    state: str = ""
    """A place that readers cannot reach, at the same provider: `r2:steppe-ledger-state`. It keeps manifests, records
    and what earlier releases need."""
    transfers: Count = 16
    """How many files are carried side by side."""
    lock_minutes: Count = 120
    """How old another machine's lock may be; an older one is taken over."""


class GitTarget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A branch of a repository, for GitHub or GitLab Pages."""

    repository: str = ""
    """The repository's address, without a password in it."""
    branch: str = "gh-pages"
    """The branch that is served. It is made if it is not there; another's branch is never replaced."""
    history: bool = False
    """Whether each release is a commit on the one before it, so that the repository keeps all. Otherwise the branch is
    one commit without a parent."""
    author: str = "Newsroom <newsroom@localhost>"
    """Who signs the commits."""
    token_variable: str = "PUBLISH_GIT_TOKEN"  # noqa: S105 - the name of a variable, no secret
    """The environment variable that holds a token for an https address; not set: git's own ways."""


class PublishingSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The setting `PUBLISHING`, in `publishconf.py`; the environment's `PUBLISHING`, a JSON object, is laid over it."""

    target: TargetName = "folder"
    """Where: `folder`, `ssh`, `object` (storage), `git` (a branch)."""
    folder: FolderTarget = FolderTarget()
    """How the folder is found."""
    ssh: SshTarget = SshTarget()
    """How the server is found."""
    object: ObjectTarget = ObjectTarget()
    """How the object storage is found."""
    git: GitTarget = GitTarget()
    """How the branch is found."""
    url: str = ""
    """Where the host serves the edition, for verification. Empty: `SITEURL`; but a folder is then read on the disk."""
    keep: Count = 5
    """How many releases are kept, the live one included."""
    assets: Annotated[int, msgspec.Meta(ge=0)] = 5
    """For how many further releases the stylesheets and scripts of an earlier one stay, for pages in a cache.
    `FULL=1` takes them away at once."""
    wait: Seconds = 0
    """How many seconds a publish waits for another to end before it says who holds the lock."""
    verify_all_up_to: Count = 2000
    """Verification asks for every file of an edition of at most so many; of a larger one, for each file that has
    changed and `sample` others."""
    sample: Seconds = 300
    """How many files that have not changed are asked for, chosen anew by each release."""
    headers: Headers = ""
    """Which response headers are expected: `all`, `stored` (content type and cache time: what object storage keeps),
    `none` but the content type. Empty: `none` for git, `stored` for object storage, `all` elsewhere."""
    missing: Missing = ""
    """What is expected at an address where nothing is: the `page` 404.html, its `status` alone (or 403, 410), or
    `any` answer. Empty: `status` for object storage, `page` elsewhere."""
    settle: Seconds = 60
    """How many seconds what is served may still differ (a CDN, Pages) before the verification has failed."""
    connections: Count = 16
    """How many files are asked for side by side."""
    roll_back: bool = False
    """Whether a failed verification brings back the release before, by itself."""
    policy: Policy = Policy()
    """Which headers the edition is served with; its `noindex` also marks every page (staging)."""
    gate: bool = True
    """Whether the edition is inspected before anything is uploaded. Without it: a tree that this suite did not make."""
    inspection: Inspection = Inspection()
    """What the gate lets through."""
    server_files: str = "build/server"
    """Where nginx's and Caddy's rules are written, relative to the settings file."""

    def __post_init__(self) -> None:
        """Raise ValueError for a target without its place, and for places that no program would take as meant."""
        if self.target == "ssh":
            _needed("ssh", host=self.ssh.host, path=self.ssh.path)
            if not re.fullmatch(r"/[A-Za-z0-9._/-]*[A-Za-z0-9._-]", self.ssh.path):
                raise ValueError(f"ssh: path {self.ssh.path!r} is not an absolute path of letters, digits and ._/-")
        if self.target == "object":
            _needed("object", remote=self.object.remote, state=self.object.state)
            _apart(self.object.remote.rstrip("/"), self.object.state.rstrip("/"))
        if self.target == "git":
            _needed("git", repository=self.git.repository, branch=self.git.branch)
            if re.search(r"://[^/@]*:[^/@]*@", self.git.repository):
                raise ValueError("git: the repository's address holds a password; put it into the environment")
            if not re.fullmatch(r".+ <[^<>]+>", self.git.author):
                raise ValueError(f"git: author {self.git.author!r} is not like 'Name <address>'")

    @property
    def expected_headers(self) -> Literal["all", "stored", "none"]:
        """Which headers are expected, the target's own where nothing is said."""
        if self.headers:
            return self.headers
        return {"git": "none", "object": "stored"}.get(self.target, "all")  # type: ignore[return-value]

    @property
    def expected_missing(self) -> Literal["page", "status", "any"]:
        """What is expected at an address where nothing is, the target's own where nothing is said."""
        return self.missing or ("status" if self.target == "object" else "page")


def _needed(target: str, **values: str) -> None:
    for name, value in values.items():
        if not value:
            raise ValueError(f"{target}: {name} is not given; {target} needs it")
        if _NO_WORD.search(value):
            raise ValueError(f"{target}: {name} {value!r} begins with a hyphen or holds a space")


def _apart(remote: str, state: str) -> None:
    if f"{state}/".startswith(f"{remote}/") or f"{remote}/".startswith(f"{state}/"):
        raise ValueError("object: state lies within what readers are served, or the other way round")
