"""How fast the review page is: `make bench-review` opens an article of 15,000 words with 2,000 spans in a real browser,
decides in it, and pages through a shelf of 5,000 articles.

It prints the time until the article's page is ready, the time of each action from the key to the changed page, and the
time of a page of the shelf (first look, with its summaries kept, and a search in each language).
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from review_page import BROWSER, Server, serving
from review_samples import large_article, large_shelf


def main() -> None:
    """Measure and print."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        outputs = Path(folder) / "article"
        large_article(outputs)
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        with serving(outputs) as server:
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            page.goto(server.link)
            opening = [opened(page, server) for _ in range(6)]
            later = statistics.median(opening[1:])
            print(f"article of 15,000 words, 2,000 spans: first {opening[0]:.2f} s, then {later:.2f} s")
            for key, name in (("a", "accept"), ("r", "reject"), ("z", "undo"), ("Shift+A", "accept all")):
                times = [acted(page, key) for _ in range(7)]
                print(f"{name}: median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms")
        browser.close()
        shelf = Path(folder) / "shelf"
        large_shelf(shelf, 5000)
        with serving(shelf) as server:
            cookie = server.request("GET", server.link.removeprefix(server.base))[1]["set-cookie"].partition(";")[0]
            while b"banner" in server.request("GET", "/", headers={"Cookie": cookie})[2]:
                time.sleep(1)
            for path in ("/", "/?page=50", "/?q=bushehr", "/?q=بوشهر", "/?sort=doubt", "/queue"):
                times = []
                for _ in range(4):
                    start = time.perf_counter()
                    server.request("GET", quoted(path), headers={"Cookie": cookie})
                    times.append(time.perf_counter() - start)
                later = statistics.median(times[1:])
                print(f"shelf of 5,000, {path}: first {1000 * times[0]:.0f} ms, then {1000 * later:.0f} ms")


def opened(page: object, server: Server) -> float:
    """Seconds from asking for the article to its page being ready."""
    start = time.perf_counter()
    page.goto(f"{server.base}/a/large", wait_until="commit")  # type: ignore[attr-defined]
    page.wait_for_selector("body[data-ready]", state="attached")  # type: ignore[attr-defined]
    return time.perf_counter() - start


def acted(page: object, key: str) -> float:
    """Milliseconds from a key to the page having changed, as the page itself measures them."""
    page.keyboard.press("j")  # type: ignore[attr-defined]
    count = int(page.evaluate("document.body.dataset.decided || 0"))  # type: ignore[attr-defined]
    page.keyboard.press(key)  # type: ignore[attr-defined]
    page.wait_for_selector(f'body[data-decided="{count + 1}"]', state="attached")  # type: ignore[attr-defined]
    return float(page.evaluate("Number(document.body.dataset.took)"))  # type: ignore[attr-defined]


def quoted(path: str) -> str:
    """A path whose Persian letters can be sent."""
    from urllib.parse import quote

    return quote(path, safe="/?=&")


if __name__ == "__main__":
    main()
