import pytest

from plugins.country_pages.tagging.contexts import dateline_end
from plugins.country_pages.tagging.folding import fold, sentences
from plugins.country_pages.tagging.languages import language_of


@pytest.mark.parametrize(
    ("title", "text", "countries"),
    [
        ("Пожар в Алматы", "Огонь охватил рынок. Пострадавших нет.", {"KZ"}),
        ("Ethnic Uzbeks in Osh open a school", "City officials gave the land.", {"KG"}),
        ("Kazakhs in Xinjiang lose their schools", "Officials in Urumqi gave no reason.", {"CN"}),
        (
            "Gas deal signed",
            "TASHKENT, May 3 (Reuters) - Iran and Iraq agreed on gas. Iran will deliver it to Iraq.",
            {"IR", "IQ"},
        ),
        ("Astana format talks on Syria end", "Damascus asked for a new date.", {"SY"}),
        ("Wheat harvest fails", "The Times of Central Asia reported it from Kabul. Afghanistan needs aid.", {"AF"}),
        ("Turkestan opens its airport", "The city expects pilgrims.", {"KZ"}),
        ("Manat falls", "Ashgabat traders pay more.", {"TM"}),
        ("Manat falls", "The central bank in Baku stood by.", {"AZ"}),
        ("Som falls", "Bishkek banks pay more.", {"KG"}),
        ("Georgia elects a governor", "Voters in Atlanta queued. Republicans lead.", {"US"}),
        ("Georgia elects a president", "Voters in Tbilisi queued.", {"GE"}),
        ("Jordan scores 40 points", "Michael Jordan was the best of all.", set()),
        ("Jordan hosts a summit", "King Abdullah met guests in Amman.", {"JO"}),
        ("Roast turkey needs time", "Start with a small turkey. Turkey is lean.", set()),
        ("Turkey raises rates", "The lira gained in Ankara.", {"TR"}),
        ("Chad Smith plays drums", "Chad has toured since 1988.", set()),
        ("Fog shuts Manas airport", "Passengers wait.", {"KG"}),
        ("Central Asia runs out of water", "Glaciers shrink.", {"KZ", "KG", "TJ", "TM", "UZ"}),
        ("Uzbekistan, the largest market in Central Asia, grows", "Tashkent expects more.", {"UZ"}),
        ("South America warms", "The Paris Agreement is broken there.", set()),
        ("Wrestlers of Kyrgyzstan win", "They beat men from Japan, Iran and India.", {"KG"}),
        ("Украина и Россия обменялись пленными", "Переговоры прошли в Стамбуле.", {"UA", "RU"}),
        ("Взрыв в Стамбуле", "Пострадали прохожие.", {"TR"}),
        ("Средний доход вырос", "Казахстанцы стали больше тратить.", {"KZ"}),
        ("Bees choose a home", "A model explains how.", set()),
    ],
)
def test_hard_cases(tagger, title, text, countries):
    assert set(tagger.countries(title, text)) == countries


def test_the_strongest_comes_first_and_says_why(tagger):
    first, second = tagger.suggest("Uzbekistan buys Russian gas", "Mirziyoyev signed in Tashkent.")
    assert (first.country, second.country) == ("UZ", "RU")
    assert first.score > second.score
    assert str(first).startswith("UZ 3.")
    assert "Tashkent (capital)" in str(first)
    assert "“Uzbekistan buys Russian gas”" in str(first)


def test_the_same_words_give_the_same_answer(tagger):
    story = ("Kazakhstan and Kyrgyzstan share water", "Talas and Taraz drink from one river.")
    assert tagger.suggest(*story) == tagger.suggest(*story)


@pytest.mark.parametrize(
    "spelling", ["O‘zbekistonda", "Oʻzbekistonda", "O'zbekistonda", "O`zbekistonda", "O’zbekistonda", "Ozbekistonda"]
)
def test_every_apostrophe_is_one(tagger, spelling):
    assert tagger.countries(f"{spelling} yangi yo'l ochildi", "") == ["UZ"]


def test_folding_keeps_every_place():
    text = "İstanbul — ‘Oʻzbekiston’s’ ёлка, TÜRKMENİSTAN ẞ"
    assert len(fold(text)) == len(text)
    assert fold("Aşgabat") == "asgabat"


def test_sentences():
    text = "One. Two said 3.5 percent!\nThree “quoted.” Four"
    assert [text[start:end] for start, end in sentences(text)] == [
        "One.",
        "Two said 3.5 percent!",
        "Three “quoted.”",
        "Four",
    ]


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("TASHKENT, May 4 (Reuters) - Russia", "TASHKENT, May 4 (Reuters) - "),
        ("БИШКЕК, 12 июня. АКИpress. Депутаты", "БИШКЕК, 12 июня. АКИpress. "),
        ("АСТАНА. KAZINFORM. Банк", "АСТАНА. KAZINFORM. "),
        ("Душанбе, 3 мая — Власти", "Душанбе, 3 мая — "),
        ("Tashkent is the capital", ""),
        ("Москва — крупнейший партнёр", ""),
    ],
)
def test_datelines(text, dateline):
    assert text[: dateline_end(text)] == dateline


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The president of the country said it"),
        ("ru", "Президент страны подписал закон о пенсиях"),
        ("kk", "Қазақстанда жаңа темір жол ашылды"),
        ("ky", "Кыргызстанда жаңы мектептер салынат"),
        ("tg", "Дар Тоҷикистон корхонаи нав ба кор даромад"),
        ("tk", "Türkmenistanda täze zawod gurulýar"),
        ("uz", "O‘zbekistonda yangi zavod qurildi"),
        ("uzc", "Ўзбекистонда янги завод қурилди"),
    ],
)
def test_languages(language, text):
    assert language_of(text, fold(text)) == language
