"""A short run of what ``make fuzz`` does for minutes."""

from tests.support.fuzzing import desk, fuzz


def test_whatever_stands_in_a_file_the_reader_and_the_checks_do_not_fail():
    with desk() as taking:
        fuzz(taking, 100, 5)
    assert taking.read >= 100
