"""The converter of the page of rates: a form that a script puts there, in the page's language, with dated rates."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import STRICT, serve
from tests.support.site import ROOT, Site

RESULT = ".converter-result"


@pytest.fixture(scope="module")
def foreign(tmp_path_factory):
    """The pages in a theme that knows nothing of them, long after the last rate; the som waits for an editor."""
    site = Site(
        tmp_path_factory.mktemp("foreign"),
        PLUGINS=["plugins.currency_ticker"],
        THEME="simple",
        SITEURL="",
        CURRENCY_TICKER={"currencies": ["KGS", "KZT", "TMT", "EUR"]},
    )
    text = (ROOT / "content/rates/history.csv").read_text("utf-8")
    header = text.splitlines()[0]
    row = next(line for line in text.splitlines() if line.startswith("2026-09-29,KGS,"))
    site.write("content/rates/history.csv", text)
    held = row.replace("2026-09-29", "2026-11-20").replace("T00:00:00Z", "T01:00:00Z")
    site.write("content/rates/held.csv", f"{header},reason\n{held},it moves\n")
    built = site.build(BUILD_TIME="2026-11-24T12:00:00+05:00")
    assert built.status == 0, built.log
    yield from serve(built.output)


def opened(open_page, address, language="en", **options):
    """The page, in ``language``, under the policy of a careful host; what the browser refused is kept in ``told``."""
    page = open_page("about:blank", **options)
    page.told = []
    page.on("console", lambda message: page.told.append(message.text))
    page.on("pageerror", lambda error: page.told.append(str(error)))

    def answer(route):
        got = route.fetch()
        text = got.text().replace('<html lang="en', f'<html lang="{language}', 1)
        route.fulfill(response=got, body=text, headers={**got.headers, "content-security-policy": STRICT})

    page.route(address, answer)
    page.goto(address)
    return page


def typed(page, amount, start=None, end=None):
    """What the form says of an amount."""
    if start:
        page.get_by_role("combobox", name="From").select_option(start)
    if end:
        page.get_by_role("combobox", name="To").select_option(end)
    page.get_by_role("textbox", name="Amount").fill(amount)
    page.keyboard.press("Enter")
    return page.locator(RESULT).inner_text()


def rates(preview):
    """The published rates of the page, by currency."""
    latest = json.loads(Path(preview, "rates/latest.json").read_text("utf-8"))
    return {each["currency"]: Decimal(each["rate"]) for each in latest["rates"]}


def test_without_script_the_tables_stand_and_nothing_shows_of_the_form(open_page, addresses):
    page = open_page(addresses["rates"], java_script_enabled=False)
    assert page.locator("table.rate-amounts").count() == 5
    assert page.locator("form, select, output").count() == 0
    assert "Converter" not in page.inner_text("main")


def test_the_form_says_the_same_as_every_row_of_the_tables(open_page, addresses):
    page = opened(open_page, addresses["rates"])
    rows = page.locator(".rate-amounts tbody tr").evaluate_all(
        "rows => rows.map(row => [row.closest('table').tHead.rows[0].cells[1].textContent,"
        " ...[...row.cells].map(cell => cell.textContent)])"
    )
    assert len(rows) == 20
    for code, dollars, dollars_worth, local, local_worth in rows:
        assert typed(page, dollars, "USD", code) == f"{dollars} USD = {dollars_worth} {code}"
        assert typed(page, local, code, "USD") == f"{local} {code} = {local_worth} USD"
    assert page.told == []


def test_two_currencies_of_the_region_and_the_day_and_publisher_of_each(open_page, addresses, preview):
    page = opened(open_page, addresses["rates"])
    assert page.locator(RESULT).inner_text() == "100 USD = 8,745.71 KGS"
    assert page.locator(".converter-rates li:visible").all_inner_texts() == [
        "USD/KGS 87.4571: 29 September 2026, currency-api, market rate"
    ]
    cross = 1000 * rates(preview)["UZS"] / rates(preview)["KGS"]
    assert typed(page, "1000", "KGS", "UZS") == f"1,000 KGS = {cross:,.2f} UZS"
    assert [text[:7] for text in page.locator(".converter-rates li:visible").all_inner_texts()] == [
        "USD/KGS",
        "USD/UZS",
    ]
    assert typed(page, "7", "TMT", "USD") == "7 TMT = 2.0000 USD"
    assert "fixed rate" in page.locator(".converter-rates li:visible").inner_text()


def test_a_rate_that_is_out_of_date_or_waits_is_marked_in_any_theme(open_page, foreign):
    page = opened(open_page, f"{foreign}rates/")
    shown = page.locator(".converter-rates li:visible")
    assert "September 29, 2026" in shown.inner_text()
    assert shown.locator("strong").inner_text() == "a newer rate is being checked"
    typed(page, "1", "USD", "KZT")
    assert shown.locator("strong").inner_text() == "out of date"
    typed(page, "1", "USD", "TMT")
    assert shown.locator("strong").count() == 0
    codes = (
        page.get_by_role("combobox", name="From")
        .locator("option")
        .evaluate_all("found => found.map(each => each.value)")
    )
    assert codes == ["USD", "KGS", "KZT", "TMT"], "of the euro nothing is known"
    assert page.told == []


WRITTEN = {
    "1250.50": "1,250.5",
    "1,250.50": "1,250.5",
    "1.250,50": "1,250.5",
    "1 250,5": "1,250.5",
    "1\u00a0250\u202f000": "1,250,000",
    "1'250'000": "1,250,000",
    "12,5": "12.5",
    "1,250": "1,250",
    "1.250": "1.25",
    "0,250": "0.25",
    ".5": "0.5",
    "+007": "7",
    "0": "0",
    "999999999999.999999": "999,999,999,999.999999",
}


def test_an_amount_may_be_written_as_readers_write_it(open_page, addresses):
    page = opened(open_page, addresses["rates"])
    assert {amount: typed(page, amount).split(" USD = ")[0] for amount in WRITTEN} == WRITTEN
    assert page.get_by_role("textbox", name="Amount").get_attribute("aria-invalid") == "false"


EMPTY, WRONG = "Type an amount.", "That is no amount. Write it like 1250 or 1250.50."
NEGATIVE = "Type an amount of zero or more."
LARGE = "Type an amount of at most twelve digits, with at most six after the point."
NO_AMOUNT = {
    "": EMPTY,
    "   ": EMPTY,
    "-5": NEGATIVE,
    "\N{MINUS SIGN} 5": NEGATIVE,
    **dict.fromkeys(["ten", "1e5", "12 5", "1,2,3", "1.2.3,4", ".", "-", "<b>1"], WRONG),
    "1234567890123": LARGE,
    "0.1234567": LARGE,
}


def test_what_is_no_amount_is_told_in_words(open_page, addresses):
    page = opened(open_page, addresses["rates"])
    for amount, words in NO_AMOUNT.items():
        assert typed(page, amount) == words, amount
        marked = page.get_by_role("textbox", name="Amount").get_attribute("aria-invalid")
        assert marked == ("false" if words == EMPTY else "true"), amount
    assert typed(page, "2").startswith("2 USD = ")


@pytest.mark.parametrize(
    ("language", "amount", "exact"),
    [
        ("ru", "1.250", Decimal("1.25")),
        ("ru", "1250,5", Decimal("1250.5")),
        ("de", "1.250", Decimal(1250)),
        ("fr", "98765,4", Decimal("98765.4")),
    ],
)
def test_digits_are_grouped_as_the_pages_language_does(open_page, addresses, language, amount, exact):
    page = opened(open_page, addresses["rates"], language)
    rate = Decimal(page.locator("[data-code=KGS][data-rate]").get_attribute("data-rate"))
    group = {"ru": "\u00a0", "de": ".", "fr": "\u202f"}[language]
    said = f"{exact:,} USD = {exact * rate:,.2f} KGS"
    assert typed(page, amount) == said.translate(str.maketrans({",": group, ".": ","}))


def test_it_is_used_by_keyboard_alone_and_heard(open_page, addresses):
    page = opened(open_page, addresses["rates"])
    page.get_by_role("textbox", name="Amount").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("20")
    page.locator(RESULT).filter(has_text="20 USD = ").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Swap"
    page.keyboard.press("Enter")
    assert page.locator(RESULT).inner_text() == "20 KGS = 0.2287 USD"
    assert page.evaluate("document.activeElement.textContent") == "Swap"
    assert page.get_by_role("status").inner_text() == "20 KGS = 0.2287 USD"
    assert page.url == addresses["rates"], "nothing is sent"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_an_amount_is_wrong(open_page, addresses, scheme):
    page = opened(open_page, addresses["rates"], color_scheme=scheme, bypass_csp=True)
    typed(page, "ten")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
