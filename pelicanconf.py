"""The edition's settings, for preview; publishconf.py says what differs in production. All: docs/settings.md."""

SITENAME = "The Steppe Ledger"
SITESUBTITLE = "News from Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan and Uzbekistan"
SITEURL = ""
AUTHOR = "Regional desk"
TIMEZONE = "Asia/Tashkent"
DEFAULT_LANG = "en"
EDITION_LOCALE = "en_GB"

PATH = "content"
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images"]
OUTPUT_PATH = "output"
THEME = "theme"
PLUGINS = [
    "plugins.theme_assets",
    "plugins.currency_ticker",
    "plugins.editorial",
    "plugins.responsive_images",
    "plugins.story_lists",
    "plugins.country_pages",
    "plugins.site_search",
    "plugins.structured_data",
    "plugins.syndication",
    "plugins.text_edition",
]
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}

# Addresses: each page is a folder with its index.html
ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = "{date:%Y}/{date:%m}/{slug}/index.html"
ARTICLE_LANG_URL = "{date:%Y}/{date:%m}/{slug}/{lang}/"  # a story in another language, with or without an original
ARTICLE_LANG_SAVE_AS = "{date:%Y}/{date:%m}/{slug}/{lang}/index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
PAGE_LANG_URL = "{slug}/{lang}/"
PAGE_LANG_SAVE_AS = "{slug}/{lang}/index.html"

# Lists and their feeds are written by story_lists and country_pages, numbered from the oldest
DIRECT_TEMPLATES = ["index", "404"]
INDEX_SAVE_AS = "index.html"
FEED_ALL_ATOM = None  # the syndication plugin writes the feeds
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None

# Texts; each subhead has a place that links can lead to (toc)
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight"},
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}
DEFAULT_PAGINATION = False
FORMATTED_FIELDS = []
SLUGIFY_SOURCE = "basename"
USE_FOLDER_AS_CATEGORY = False
WITH_FUTURE_DATES = True  # the editorial plugin holds back what is not due, and leaves no draft of it in the output

# Stories: who checks them beside this plugin, and the sections that there are; make lint-content tells any other
EDITORIAL = {
    "checkers": ("plugins.country_pages",),
    "mirrors": ("text/",),
    "sections": ("Politics", "Economy", "Security", "Society", "Culture", "Science", "Life", "Opinion"),
}

# Rates: five currencies against the dollar, from content/rates/history.csv
CURRENCY_TICKER = {
    "names": {
        "KGS": "Kyrgyz som",
        "KZT": "Kazakh tenge",
        "TJS": "Tajik somoni",
        "UZS": "Uzbek sum",
        "TMT": "Turkmen manat",
    },
}

# The order of the sections in the navigation
STORY_LISTS = {"section_order": ["Politics", "Security", "Economy", "Society", "Opinion", "Culture", "Science", "Life"]}

# What the head of each page says to search engines, and to those who share it
STRUCTURED_DATA = {
    "share_image": "images/share.png",
    "share_image_alt": "The Steppe Ledger: news from Central Asia",
    "cards": True,
    "article_types": {"Opinion": "AnalysisNewsArticle"},
    "corrections_policy": "corrections-policy/",
}

# Pictures: how wide the theme shows them. In a card on a phone they are cut square, so that less of a width is seen
RESPONSIVE_IMAGES = {
    "slots": {
        "article": "(min-width: 82em) 63rem, (min-width: 60em) 75vw, calc(100vw - 2rem)",
        "lead": "(min-width: 82em) 57rem, (min-width: 60em) 66vw, calc(100vw - 2rem)",
        "main": "(min-width: 40em) 24rem, (min-resolution: 2.1dppx) 8.25rem, 12.4rem",
        "row": "(min-width: 40em) 11rem, (min-resolution: 2.1dppx) 8.25rem, 12.4rem",
        "figure": "(min-width: 42em) 38rem, calc(100vw - 2rem)",
    },
    "slot_widths": {"main": 800, "row": 400},
}

# Feeds, sitemaps, robots.txt. The authority mints the ids of all stories: it stays even if the domain changes
SYNDICATION = {"authority": "steppe-ledger.example", "since": "2024"}
