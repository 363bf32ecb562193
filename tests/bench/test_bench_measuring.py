"""Who belongs to a process that is measured."""

import os
import subprocess
import threading

from tools.bench.measuring import family


def test_a_process_is_of_its_own_family_whatever_its_threads_do() -> None:
    done = threading.Event()

    def start_others() -> None:
        while not done.is_set():
            threading.Thread(target=int).start()

    starting = threading.Thread(target=start_others)
    starting.start()
    with subprocess.Popen(["/bin/sleep", "60"]) as child:
        try:
            found = [family(os.getpid()) for _ in range(500)]
        finally:
            done.set()
            starting.join()
            child.kill()
    assert all(each[0] == os.getpid() for each in found)
    assert all(child.pid in each for each in found)
