"""What the texts of an edition show of its own pictures, and to which files they refer."""

from collections.abc import Iterable

import msgspec

from .bodies import Shown
from .views import Picture


class Showing(msgspec.Struct, frozen=True):
    """What one text shows."""

    lead: Shown | None = None
    """The lead picture, which stands beside the text."""
    in_text: frozenset[Shown] = frozenset()
    """Those in the text itself."""
    linked: frozenset[str] = frozenset()
    """Files that the text refers to besides, relative to the content folder, if it names a folder of pictures."""

    @property
    def shown(self) -> frozenset[Shown]:
        """All that is shown."""
        return self.in_text | {self.lead} if self.lead else self.in_text

    @property
    def paths(self) -> frozenset[str]:
        """All files that are shown or referred to."""
        return self.linked.union(each.path for each in self.shown)


NOTHING = Showing()


class Shows(msgspec.Struct):
    """What all texts show: it changes with them, and is settled then."""

    folders: frozenset[str]
    """How the paths of pictures begin: a text that names none of these refers to none."""
    pictures: dict[Shown, Picture] = msgspec.field(default_factory=dict)
    """What is made of what is shown."""
    of: dict[str, Showing] = msgspec.field(default_factory=dict)
    """By a text's file, relative to the content folder; of those that show or refer to anything."""
    _touched: set[str] = msgspec.field(default_factory=set)

    @classmethod
    def among(cls, paths: Iterable[str]) -> "Shows":
        """Return what is shown by no text yet, of pictures with these ``paths`` below the content folder."""
        return cls(frozenset(map(_folder, paths)))

    def has_folder_of(self, path: str) -> bool:
        """Return whether it was asked of every text if it names the folder of the picture at ``path``."""
        return _folder(path) in self.folders

    def may_refer(self, html: str) -> bool:
        """Return whether ``html`` names a folder of pictures."""
        return any(folder in html for folder in self.folders)

    def put(self, source: str, showing: Showing) -> None:
        """Note that the text of the file ``source`` is ``showing`` this now."""
        before = self.of.pop(source, NOTHING)
        if showing != NOTHING:
            self.of[source] = showing
        if showing != before:
            self.touch({*before.paths, *showing.paths})

    def touch(self, paths: Iterable[str]) -> None:
        """Note that it is to be settled what is published of the files at ``paths``."""
        self._touched.update(paths)

    def touched(self) -> set[str]:
        """Return the files of which that is to be settled; they are no longer."""
        found, self._touched = self._touched, set()
        return found

    def shown(self) -> set[Shown]:
        """Return all that is shown."""
        return {each for showing in self.of.values() for each in showing.shown}

    def linked(self) -> set[str]:
        """Return all files that texts refer to."""
        return {path for showing in self.of.values() for path in showing.linked}

    def leave(self, shown: Iterable[Shown]) -> frozenset[str]:
        """Keep no pictures but of what is ``shown``; return the addresses that no file has any more."""
        kept = set(shown)
        gone = [self.pictures.pop(each) for each in self.pictures.keys() - kept]
        urls = frozenset(url for picture in gone for url in _urls(picture))
        return urls.difference(*map(_urls, self.pictures.values())) if urls else urls


def _urls(picture: Picture) -> list[str]:
    """Return the addresses of all files of ``picture``."""
    return [picture.src, *(each.url for source in picture.sources for each in source.candidates)]


def _folder(path: str) -> str:
    return path.partition("/")[0]
