"""Which files a build is said to have read."""

from pathlib import Path

from plugins.fast_build import surroundings


def test_what_is_no_file_is_no_source_and_what_is_kept_in_memory_is(tmp_path: Path) -> None:
    settings = {"PATH": str(tmp_path), "THEME": str(tmp_path), "THEME_TEMPLATES_OVERRIDES": []}
    kept = ["/dev/shm/newsroom/settings.py", "/elsewhere/settings.py"]  # noqa: S108 - nothing is written there
    read = ["/dev/null", "/proc/self/stat", "/sys/devices", *kept]
    found = surroundings.sources(settings, [], read)
    assert [name for name in read if name in found] == kept
