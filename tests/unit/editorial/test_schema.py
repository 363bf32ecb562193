"""The description of the header for editors and writers says what the reader does."""

import re
from zoneinfo import ZoneInfo

import pytest

from plugins.editorial import fields, header, schema

SCHEMA = schema.json_schema(["category"], ["mine"])


def test_the_schema_has_every_field_and_no_other():
    assert set(SCHEMA["properties"]) == {*fields.FIELDS, "mine"}
    assert SCHEMA["required"] == ["title", "date", "category"]
    assert SCHEMA["additionalProperties"] is False


@pytest.mark.parametrize("name", [name for name, field in fields.FIELDS.items() if field.kind != "corrections"])
def test_each_example_is_read_as_it_is_documented(name):
    found = header.split(f"---\n{name}: {fields.FIELDS[name].example}\n---\n", "a.md")
    values, problems = fields.read(found, ZoneInfo("UTC"))
    assert problems == []
    assert values[name]


@pytest.mark.parametrize(
    ("written", "good"),
    [
        ("2025-04-25", True),
        ("2025-4-5 9:00", True),
        ("2025-04-25 09:00 +05:00", True),
        ("2025-04-25T09:00:30Z", True),
        ("25.04.2025", False),
        ("2025-04-25 9", False),
        ("soon", False),
    ],
)
def test_the_schemas_dates_are_the_readers(written, good):
    found = header.split(f"---\ndate: {written}\n---\n", "a.md")
    assert bool(re.search(schema.KINDS["date"]["pattern"], written)) is good
    assert ("date" in fields.read(found, ZoneInfo("UTC"))[0]) is good


def test_the_table_puts_first_what_is_needed():
    rows = schema.table(["summary"]).splitlines()[2:]
    assert [row.split("`")[1] for row in rows[:3]] == ["title", "date", "summary"]
    assert len(rows) == len(fields.FIELDS)
