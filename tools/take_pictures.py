"""Take the README's pictures of a built edition: ``python tools/take_pictures.py OUTPUT DESTINATION``."""

import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

PAGES = {
    "home": "/",
    "article": "/2025/04/lavrov-samarkand-memorial-inscription/",
    "country": "/countries/uzbekistan/",
    "rates": "/rates/",
}
SCREENS = {"desktop": (1280, 960), "phone": (390, 844)}  # CSS pixels


def main(output: Path, destination: Path) -> None:
    """Serve ``output`` on this machine and write one PNG for each page and screen into ``destination``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(output)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    destination.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox"])
        for screen, (width, height) in SCREENS.items():
            for name, path in PAGES.items():
                file = destination / f"{name}-{screen}.png"
                take(browser, f"http://127.0.0.1:{server.server_port}{path}", (width, height), file)
        browser.close()
    server.shutdown()


def take(browser: Browser, address: str, size: tuple[int, int], file: Path) -> None:
    """Write what the first screen of ``address`` shows, ``size`` CSS pixels wide and high, as a small PNG."""
    with browser.new_page(viewport={"width": size[0], "height": size[1]}) as page:
        page.goto(address)
        page.screenshot(path=file)
    Image.open(file).convert("RGB").quantize(128).save(file, optimize=True)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
