"""``make rates`` on good days and on doubtful ones: what is kept, what waits, what an editor does."""

import datetime as dt
import os
import pty
import subprocess

import pytest

from plugins.currency_ticker import history
from tests.rates.newsroom import AT, DAY, GOOD, bancaditalia, body, cbr, cbu, good, nbk, nbkr, nbt


def test_a_good_day_is_kept_and_the_same_payloads_add_nothing(newsroom):
    run = newsroom.rates()
    assert run.returncode == 0, run.stdout + run.stderr
    assert "KGS 87.4500 for 1 USD of 2026-05-20 from nbkr accepted" in run.stdout
    once = newsroom.history.read_bytes()
    assert once.count(b"2026-05-20,") == 4
    again = newsroom.rates()
    assert again.returncode == 0
    assert "carried: the history has it" in again.stdout
    assert newsroom.history.read_bytes() == once


def test_a_move_over_the_limit_is_released_by_a_witness(newsroom):
    newsroom.answers.update(good({"KZT": "500.19"}))
    run = newsroom.rates()
    assert run.returncode == 0
    assert "accepted: it moves 6.0 % in 1 day from 471.87; confirmed by bancaditalia, cbr" in run.stdout
    assert newsroom.believed()["KZT"] == "500.19"


def test_without_a_witness_it_waits_and_is_released_when_one_comes(newsroom):
    newsroom.answers.update(good({"KZT": "500.19"}))
    newsroom.answers["bancaditalia"] = newsroom.answers["cbr"] = body(b"", 503)
    run = newsroom.rates()
    assert run.returncode == 5
    assert "KZT 500.19 for 1 USD of 2026-05-20 from nbk held: it moves 6.0 % in 1 day from 471.87" in run.stdout
    assert newsroom.believed()["KZT"] == "471.87"
    assert "500.19" not in newsroom.page()

    newsroom.answers["cbr"] = body(cbr({**GOOD, "KZT": "501.19"}))
    newsroom.answers["bancaditalia"] = body(bancaditalia(GOOD))
    later = newsroom.rates("2026-05-20T12:00:00Z")
    assert later.returncode == 0
    assert "confirmed by cbr" in later.stdout
    assert newsroom.believed()["KZT"] == "500.19"
    assert newsroom.run("held").returncode == 0


def test_an_editor_releases_with_a_reason_that_is_recorded(newsroom):
    newsroom.answers.update(good({code: f"{float(rate) * 1.35:.4f}" for code, rate in GOOD.items() if code != "TMT"}))
    run = newsroom.rates()
    assert run.returncode == 1, "all banks up 35 %, which is true, and yet only an editor says so"
    assert run.stdout.count("only an editor can release it") == 4
    assert newsroom.believed() == {**GOOD, "TMT": "3.5"}

    listed = newsroom.run("held")
    assert listed.returncode == 1
    assert (
        "UZS 16271.1450 for 1 USD of 2026-05-20 from cbu: it moves 35.0 % from 12052.70 of 2026-05-19" in listed.stdout
    )

    assert "its publisher: https://cbu.uz/" in listed.stdout
    assert 'make rates-confirm CURRENCY=UZS DAY=2026-05-20 REASON="…"' in listed.stdout

    done = newsroom.run("confirm", "uzs", "2026-05-20", "--reason", "The bank let it float, notice 14", "--at", AT)
    assert done.returncode == 0, done.stderr
    assert newsroom.believed()["UZS"] == "16271.1450"
    recorded = (newsroom.history.parent / "confirmed.csv").read_text("utf-8").splitlines()
    assert recorded[1] == "2026-05-20T09:00:00Z,2026-05-20,UZS,cbu,16271.1450,The bank let it float, notice 14"
    assert "UZS" not in newsroom.run("held").stdout
    page = newsroom.page()
    assert "16,271.14" in page
    assert page.count('"rates__state">a newer rate is being checked<') == 3, "the other three are marked"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("confirm", "UZS", "2026-05-20", "--reason", "x"), "Nothing of that currency and day waits"),
        (("confirm", "UZS", "20.05.2026", "--reason", "x"), "'20.05.2026' is no day such as 2026-05-20"),
        (("confirm", "UZS", "2026-05-20"), "the following arguments are required: --reason"),
        (("rates", "--to", "2026-05-01", "--at", AT), "--to needs --from"),
        (("rates", "--from", "2026-05-02", "--to", "2026-05-01", "--at", AT), "is no stretch of past days"),
        (("rates", "--from", "2026-05-01", "--to", "2026-05-21", "--at", AT), "today being 2026-05-20"),
        (("rates", "--at", "2026-05-20"), "'2026-05-20' is no instant with its zone"),
    ],
)
def test_a_wrong_word_on_the_command_line_is_told(newsroom, arguments, words):
    run = newsroom.run(*arguments)
    assert run.returncode == 2
    assert words in run.stderr
    assert newsroom.asked == []


def test_a_broken_history_stops_the_command_before_it_asks(newsroom):
    newsroom.history.write_text(newsroom.history.read_text("utf-8") + "2026-05-20,UZS,USD,0.27762e0\n")
    run = newsroom.rates()
    assert run.returncode == 2
    assert "history.csv:7: 4 columns instead of 11" in run.stderr
    assert newsroom.asked == []


def test_the_relay_stands_in_for_a_bank_and_is_no_second_vote(newsroom):
    newsroom.answers["nbkr"] = body(b"", 503)
    relayed = b'[{"date":"2026-05-20","base":"USD","quote":"KGS","rate":%s}]'
    newsroom.answers["frankfurter-nbkr"] = body(relayed % b"87.45")
    run = newsroom.rates()
    assert run.returncode == 4
    assert "nbkr: refused, it answers 503" in run.stdout
    assert "KGS 87.45 for 1 USD of 2026-05-20 from frankfurter-nbkr accepted" in run.stdout
    assert "by way of Frankfurter" in newsroom.page()


def test_an_edition_without_a_history_learns_the_fixed_rate_once(newsroom):
    newsroom.site.write("content/rates/history.csv", f"{history.HEADER}\n")
    line = "TMT 3.5 for 1 USD of 2015-01-01 from cbt-peg accepted: it is decreed, and asked of nobody"
    assert line in newsroom.rates().stdout
    assert newsroom.believed()["TMT"] == "3.5"
    assert "TMT" not in newsroom.rates().stdout
    newsroom.site.write("content/rates/history.csv", f"{history.HEADER}\n")
    newsroom.settings["currencies"] = ["KGS"]
    assert "TMT" not in newsroom.rates().stdout


def test_a_peg_that_two_witnesses_deny_is_told(newsroom):
    denied = {**GOOD, "TMT": "19.0"}
    newsroom.answers.update(cbr=body(cbr(denied)), bancaditalia=body(bancaditalia(denied)))
    run = newsroom.rates()
    assert run.returncode == 1
    assert "TMT: the fixed rate 3.5 is denied by bancaditalia 19.0, cbr 19.0000" in run.stdout


def test_the_uzbek_banks_wrong_manat_reaches_nothing(newsroom):
    newsroom.answers["cbu"] = body(cbu(GOOD["UZS"], manat="4037.68"))
    assert newsroom.rates().returncode == 0
    assert newsroom.believed()["TMT"] == "3.5"


def test_the_past_is_filled_where_a_source_can(newsroom):
    def dated(make, rate):
        def answer(publisher):
            text = publisher.path.replace("%2F", "/")
            for form in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"):
                for day in (dt.date(2026, 5, 11), dt.date(2026, 5, 12)):
                    if day.strftime(form) in text:
                        return body(make(rate, day))(publisher)
            return body(b"", 404)(publisher)

        return answer

    newsroom.answers.update(
        nbk=dated(nbk, GOOD["KZT"]),
        nbt=dated(nbt, GOOD["TJS"]),
        cbu=dated(cbu, GOOD["UZS"]),
        cbr=dated(cbr, GOOD),
        bancaditalia=dated(bancaditalia, GOOD),
    )
    run = newsroom.rates(AT, "--from", "2026-05-11", "--to", "2026-05-12")
    assert run.returncode == 0, run.stdout
    rows = newsroom.known()
    assert sum(row.startswith(("2026-05-11,", "2026-05-12,")) for row in rows) == 6, "nbkr alone has no past to ask for"


def test_what_has_not_changed_is_not_sent_again(newsroom):
    table = nbkr(GOOD["KGS"])
    seen = []

    def answer(publisher):
        seen.append(publisher.headers.get("If-None-Match"))
        body(b"" if seen[-1] else table, 304 if seen[-1] else 200, ETag='"1"')(publisher)

    newsroom.answers["nbkr"] = answer
    assert newsroom.rates().returncode == 0
    again = newsroom.rates()
    assert again.returncode == 0, again.stdout
    assert seen == [None, '"1"']
    assert "KGS 87.4500 for 1 USD of 2026-05-20 from nbkr carried" in again.stdout


def held_tenge(newsroom):
    """Let a tenge wait, 6 % above yesterday's and without a witness."""
    newsroom.answers.update(good({"KZT": "500.19"}))
    newsroom.answers["bancaditalia"] = newsroom.answers["cbr"] = body(b"", 503)
    assert newsroom.rates().returncode == 5
    assert "KZT 500.19" in newsroom.run("held").stdout


def test_a_held_figure_that_its_source_has_left_behind_is_dropped_and_told(newsroom):
    held_tenge(newsroom)
    newsroom.answers.update(good())
    newsroom.answers["nbk"] = body(nbk("472.00", dt.date(2026, 5, 21)))
    newsroom.answers["bancaditalia"] = body(bancaditalia(GOOD, DAY))
    later = newsroom.rates("2026-05-21T09:00:00Z")
    assert later.returncode == 0, later.stdout
    assert (
        "KZT 500.19 for 1 USD of 2026-05-20 from nbk dropped: nbk has gone on, and its rate of 2026-05-21 is believed; "
        "nobody confirmed this one"
    ) in later.stdout
    assert newsroom.believed()["KZT"] == "472.00"
    assert newsroom.run("held").stdout == "Nothing waits.\n"
    assert "dropped" not in newsroom.rates("2026-05-21T10:00:00Z").stdout, "once is enough"


def test_a_held_figure_that_its_source_takes_back_waits_no_more(newsroom):
    newsroom.answers["nbk"] = body(nbk("473.00"))
    assert newsroom.rates().returncode == 0
    newsroom.answers["nbk"] = body(nbk("573.00"))
    assert newsroom.rates("2026-05-20T10:00:00Z").returncode == 1
    newsroom.answers["nbk"] = body(nbk("473.00"))
    back = newsroom.rates("2026-05-20T11:00:00Z")
    assert (back.returncode, newsroom.run("held").returncode) == (0, 0), back.stdout


def test_filling_the_past_releases_nothing_that_waits(newsroom):
    held_tenge(newsroom)
    week_ago = dt.date(2026, 5, 11)
    newsroom.seed(week_ago)
    newsroom.answers.update(dict.fromkeys(newsroom.answers, body(b"", 404)), nbk=body(nbk(GOOD["KZT"], week_ago)))
    run = newsroom.rates("2026-05-20T12:00:00Z", "--from", "2026-05-11", "--to", "2026-05-11")
    assert run.returncode == 5, run.stdout
    assert "500.19" not in run.stdout, "it is not judged by what was known then"
    assert "KZT 500.19" in newsroom.run("held").stdout
    assert newsroom.believed()["KZT"] == GOOD["KZT"]


def test_a_figure_of_the_past_waits_for_an_editor_however_much_newer_is_known(newsroom):
    newsroom.answers["nbk"] = body(nbk("573.00", dt.date(2026, 5, 12)))
    assert newsroom.rates().returncode == 1
    newsroom.answers["nbk"] = body(nbk("472.00", dt.date(2026, 5, 21)))
    newsroom.answers["bancaditalia"] = body(bancaditalia(GOOD, DAY))
    assert newsroom.rates("2026-05-21T09:00:00Z").returncode == 1
    assert "KZT 573.00" in newsroom.run("held").stdout


def test_a_date_too_far_ahead_does_not_become_right_by_waiting_for_it(newsroom):
    newsroom.answers["nbk"] = body(nbk("472.00", dt.date(2026, 5, 26)))
    assert "it is dated 6 days ahead; only an editor can release it" in newsroom.rates().stdout
    newsroom.answers.update(dict.fromkeys(newsroom.answers, body(b"", 404)))
    later = newsroom.rates("2026-05-25T09:00:00Z")
    assert later.returncode == 5
    assert "nbk held: it is dated 6 days ahead" in later.stdout
    assert newsroom.believed()["KZT"] == GOOD["KZT"]


def test_of_two_sources_that_wait_for_one_day_the_editor_names_one(newsroom):
    newsroom.answers["nbk"] = body(nbk("573.00"))
    assert newsroom.rates().returncode == 1
    newsroom.answers["nbk"] = body(b"", 503)
    newsroom.answers["frankfurter-nbk"] = body(b'[{"date":"2026-05-20","base":"USD","quote":"KZT","rate":574.5}]')
    assert newsroom.rates("2026-05-20T10:00:00Z").returncode == 5
    listed = newsroom.run("held").stdout
    assert "SOURCE=nbk REASON" in listed
    assert "SOURCE=frankfurter-nbk REASON" in listed
    unclear = newsroom.run("confirm", "KZT", "2026-05-20", "--reason", "so it is")
    assert (unclear.returncode, "Two sources wait" in unclear.stderr) == (2, True)
    done = newsroom.run("confirm", "KZT", "2026-05-20", "--reason", "so it is", "--source", "nbk", "--at", AT)
    assert done.returncode == 0, done.stderr
    assert newsroom.believed()["KZT"] == "573.00"


def test_a_terminal_sees_how_many_have_answered_and_a_log_gets_plain_lines(newsroom):
    terminal, child = pty.openpty()
    with subprocess.Popen(
        [*newsroom.command(), "rates", "--at", AT],
        cwd=newsroom.site.folder,
        env={**newsroom.environment(), "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=child,
        text=True,
    ) as process:
        log, _ = process.communicate(timeout=60)
    os.close(child)
    seen = os.read(terminal, 1_000_000).decode()
    os.close(terminal)
    assert "6 of 6" in seen
    assert [line.split()[0] for line in log.splitlines()] == ["KGS", "KZT", "TJS", "UZS"]
    assert "\x1b" not in log
    assert newsroom.rates().stderr == "", "where nobody watches, nothing is drawn"
