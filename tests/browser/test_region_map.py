"""The region's map as a way to each country, by keyboard and by pointer."""

FIVE = ["Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"]
STROKES = "all => all.map(path => getComputedStyle(path).strokeWidth)"


def test_each_country_of_the_map_is_a_stop_that_shows_itself(open_page, addresses):
    page = open_page(addresses["countries"])
    stops = []
    while len(stops) < len(FIVE):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.closest('svg') && document.activeElement.ariaLabel")
        assert name or not stops, "the five follow one another"
        if name:
            strokes = page.locator("svg.map path").evaluate_all(STROKES)
            stops.append((name, strokes.index("4px"), strokes.count("4px")))
    assert stops == [(name, place, 1) for place, name in enumerate(FIVE)]


def test_a_country_of_the_map_leads_to_its_desk(open_page, addresses):
    page = open_page(addresses["countries"])
    page.locator("svg.map a[aria-label=Turkmenistan]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/countries/turkmenistan/")
    assert page.locator("h1").inner_text() == "Turkmenistan"


def test_the_name_on_the_map_is_no_obstacle_to_the_pointer(open_page, addresses):
    page = open_page(addresses["countries"])
    page.locator("svg.map text", has_text="Kazakhstan").last.click(force=True)
    page.wait_for_url("**/countries/kazakhstan/")
