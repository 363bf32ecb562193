"""The state in object storage is asked for as seldom as can be: each question is a program and a way to the store."""

from plugins.publishing.settings import ObjectTarget
from plugins.publishing.targets.storage import Storage


class Store:
    """Stands for rclone: keeps files, and what it was asked."""

    def __init__(self):
        self.files = {}
        self.asked = []

    def attempt(self, arguments):
        self.asked.append(arguments[1])
        found = self.files.get(arguments[1])
        return (0, found, "") if found else (4, b"", "")

    def run(self, arguments, given):
        if arguments[0] == "rcat":
            self.files[arguments[1]] = given
        elif arguments[0] == "delete":
            for name in given.decode().splitlines():
                del self.files[f"{arguments[1]}/{name}"]


def test_nothing_is_read_twice_while_nobody_else_can_write():
    storage = Storage(ObjectTarget(remote="s:live", state="s:state"), {})
    storage.program = store = Store()
    store.files = {"s:state/current.json": b"1"}
    with storage.alone():
        assert [storage.read(name) for name in ("current.json", "pending.json") * 3] == [b"1", None] * 3
        assert store.asked == ["s:state/current.json", "s:state/pending.json"]
        storage.write("pending.json", b"2")
        assert storage.read("pending.json") == b"2"
        storage.remove(["pending.json"], "s:state")
        assert storage.read("pending.json") is None
        store.files["s:state/current.json"] = b"3"
        assert storage.read("current.json") == b"3"
    store.files["s:state/current.json"] = b"4"
    assert storage.read("current.json") == b"4", "afterwards others may write"
