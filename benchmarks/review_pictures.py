"""The pictures of docs/review.md: the main pages in both languages and at two widths, taken in a real browser.

Run from the project's root: `python benchmarks/review_pictures.py`. Look at each picture before it is committed.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from review_page import BROWSER, copied_outputs, serving

ARTICLE = "drone-warfare-review"
TARGET = Path("docs/review")
WIDTHS = {"wide": (1280, 800), "narrow": (360, 720)}
DECISIONS = [
    {"do": "accept", "layer": "entities", "fact": "gpe/ukraine"},
    {"do": "accept", "layer": "entities", "fact": "org/united-nations"},
    {"do": "reject", "layer": "dates", "fact": "date/P44D"},
    {"do": "note", "note": "Compare the ranges with the manufacturer's data sheet."},
]


def main() -> None:
    """Take all pictures."""
    from playwright.sync_api import sync_playwright

    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        outputs = copied_outputs(Path(folder))
        for user, do in (("ali", "accept"), ("sara", "reject")):
            with serving(outputs, "--user", user) as server:
                server.enter()
                for fact, wish in (("gpe/turkey", do), ("gpe/saudi-arabia", "accept"), ("gpe/iran", "accept")):
                    body = json.dumps({"do": wish, "layer": "entities", "fact": fact}).encode()
                    server.request("POST", f"/a/{ARTICLE}/decide", body, server.headers)
        with serving(outputs) as server:
            server.enter()
            for wish in DECISIONS:
                server.request("POST", f"/a/{ARTICLE}/decide", json.dumps(wish).encode(), server.headers)
            browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
            name, _, value = server.headers["Cookie"].partition("=")
            for language in ("en", "fa"):
                for size, (width, height) in WIDTHS.items():
                    context = browser.new_context(viewport={"width": width, "height": height})
                    context.add_cookies([{"name": name, "value": value, "url": server.base}])
                    page = context.new_page()
                    page.goto(f"{server.base}/prefs?lang={language}&theme=light")
                    take(page, server.base, f"{language}-{size}", full=size == "wide")
                    context.close()
            browser.close()
    for picture in sorted(TARGET.glob("*.png")):
        Image.open(picture).convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(picture, optimize=True)


def take(page: object, base: str, name: str, *, full: bool) -> None:
    """The pages in one language at one width."""
    shot = lambda what: page.screenshot(path=TARGET / f"{what}-{name}.png")  # type: ignore[attr-defined]  # noqa: E731
    page.goto(base)  # type: ignore[attr-defined]
    shot("shelf")
    page.goto(f"{base}/a/{ARTICLE}")  # type: ignore[attr-defined]
    page.locator('#col-en mark[data-f="law/resolution-2231"], #col-en mark.k-law').first.click()  # type: ignore[attr-defined]
    page.wait_for_timeout(400)  # type: ignore[attr-defined]
    shot("article")
    for tab in ("abstract", "timeline", "systems", "decisions") if full else ("abstract",):
        page.locator(f"#t-{tab}").click()  # type: ignore[attr-defined]
        page.locator(f"#p-{tab} h2").first.wait_for()  # type: ignore[attr-defined]
        page.wait_for_timeout(200)  # type: ignore[attr-defined]
        shot(tab)
    if full:
        page.goto(f"{base}/a/{ARTICLE}/compare")  # type: ignore[attr-defined]
        shot("compare")
        page.goto(f"{base}/queue")  # type: ignore[attr-defined]
        shot("queue")


if __name__ == "__main__":
    main()
