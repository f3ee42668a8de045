"""The review page in a real browser (chromium, driven by Playwright): what an expert does there is kept."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from review_page import ARTICLE, BROWSER, Server, copied_outputs, serving

import pipeline
from pipeline.emit import EmitSettings, EmitStage
from pipeline.evaluate.integrity import problems
from pipeline.review.desk import machine_record
from pipeline.review.shelf import folded, summarise

pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs chromium")
sync_api = pytest.importorskip("playwright.sync_api")

Page = Any
DRONES = "drone-warfare-review"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(copied_outputs(tmp_path)) as server:
        yield server


Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Any, server: Server) -> Iterator[Opened]:
    """Opens an article; a page error or a refusal of the content policy fails the test."""
    contexts = []
    wrong: list[str] = []

    def open_page(path: str = f"/a/{ARTICLE}", language: str = "en", width: int = 1400, height: int = 900) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console",
            lambda message: (
                wrong.append(message.text) if message.type == "error" and "409" not in message.text else None
            ),
        )
        if contexts[1:]:
            context.add_cookies(contexts[0].cookies())
        else:
            page.goto(server.link)
        page.goto(f"{server.base}/prefs?lang={language}")
        page.goto(server.base + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong


_decided: dict[Any, int] = {}


def settled(page: Page) -> None:
    """Wait until one more decision is saved than at the last call on this page."""
    _decided[page] = _decided.get(page, 0) + 1
    page.wait_for_selector(f'body[data-decided="{_decided[page]}"]')


def again(page: Page) -> None:
    """Load the page again."""
    page.reload()
    _decided[page] = 0


def choose(page: Page, fact: str, column: str = "") -> Page:
    """Click the first mention of a fact."""
    mark = page.locator(f'{column} mark[data-f="{fact}"]').first
    mark.scroll_into_view_if_needed()
    mark.click()
    return mark


def press_words(page: Page, start: int, end: int) -> None:
    """Select a span of the text, as dragging over it does."""
    page.evaluate(
        """([start, end]) => import("/static/text.js").then((text) => text.select([start, end]))""", [start, end]
    )


def written(server: Server, article: str = ARTICLE) -> list[tuple[str, str | None]]:
    return [(entry["do"], entry.get("fact")) for entry in server.decisions(article)]


# ── deciding ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_accept_reject_retype_and_undo_are_kept_when_the_page_is_loaded_again(server: Server, opened: Opened) -> None:
    page = opened()
    choose(page, "gpe/bushehr")
    page.locator("#actions").get_by_role("button", name="Accept", exact=True).click()
    settled(page)
    choose(page, "gpe/iran")
    page.keyboard.press("Shift+R")
    settled(page)
    assert page.locator('mark[data-f="gpe/iran"]').count() == 0
    choose(page, "person/dariush-farzian")
    page.keyboard.press("e")
    page.locator('dialog [data-type="ORG"]').click()
    settled(page)
    assert page.locator('mark[data-f="org/dariush-farzian"].k-org').count() >= 2
    page.keyboard.press("z")
    settled(page)
    again(page)
    assert page.locator('mark[data-f="person/dariush-farzian"]').count() >= 2
    assert page.locator('mark[data-f="gpe/iran"]').count() == 0
    assert page.locator('mark[data-f="gpe/bushehr"].ok').count() == 1
    assert [do for do, _ in written(server)] == ["accept", "reject", "retype", "undo"]


def test_a_boundary_is_moved_in_a_persian_span_by_selecting_the_words(server: Server, opened: Opened) -> None:
    page = opened()
    mark = choose(page, "gpe/bushehr", "#col-fa")
    start, end = map(int, mark.get_attribute("data-s").split("-"))
    text = (server.outputs / f"{ARTICLE}.txt").read_text(encoding="utf-8")
    longer = text.index(" ", end + 1)
    press_words(page, start, longer)
    page.keyboard.press("b")
    settled(page)
    moved = page.locator(f'mark[data-s="{start}-{longer}"]').first
    assert moved.inner_text() == text[start:longer]
    assert moved.get_attribute("data-f") == "gpe/bushehr"
    (entry,) = server.decisions()
    assert (entry["do"], entry["new"]["surface"]) == ("boundary", text[start:longer])


def test_what_was_missed_is_added_everywhere_it_stands(server: Server, opened: Opened) -> None:
    page = opened()
    text = (server.outputs / f"{ARTICLE}.txt").read_text(encoding="utf-8")
    word = "کشتی"
    at = text.index(f" {word} ") + 1
    page.locator("#col-fa").click(position={"x": 5, "y": 5})
    press_words(page, at, at + len(word))
    page.keyboard.press("n")
    dialog = page.locator("dialog")
    assert dialog.locator('[name="name_fa"]').input_value() == word
    dialog.locator('[name="kind"]').select_option("entities:WORK")
    dialog.locator('[name="all"]').check()
    dialog.get_by_role("button", name="Save").click()
    settled(page)
    assert page.locator("mark.k-work.ok").count() > 1
    assert server.decisions()[0]["also"]


def test_two_entities_are_merged_and_two_languages_linked_and_taken_apart(server: Server, opened: Opened) -> None:
    page = opened()
    choose(page, "gpe/bushehr")
    page.keyboard.press("u")
    settled(page)
    assert page.locator('#col-fa mark[data-f="gpe/bushehr"]').count() == 0
    choose(page, "gpe/بوشهر")
    page.keyboard.press("l")
    page.locator("dialog input").fill("bushehr")
    page.locator('dialog [data-id="gpe/bushehr"]').click()
    settled(page)
    assert page.locator('#col-fa mark[data-f="gpe/bushehr"]').count() > 0
    choose(page, "person/dariush-farzian")
    page.keyboard.press("m")
    page.locator("dialog input").fill("مهرنوش")
    page.locator('dialog [data-id="person/mehrnoush-pendarnia"]').click()
    settled(page)
    assert page.locator('mark[data-f="person/dariush-farzian"]').count() == 0
    assert [do for do, _ in written(server)] == ["unlink", "link", "merge"]


def test_a_date_is_given_another_calendar(server: Server, opened: Opened) -> None:
    page = opened()
    mark = page.locator("#col-fa mark.k-date").first
    mark.click()
    page.keyboard.press("d")
    page.locator('dialog [name="native"]').fill("۱۳۹۴-۰۳")
    page.locator('dialog [name="calendar"]').select_option("jalali")
    page.keyboard.press("Enter")
    settled(page)
    assert "2015-05-22/2015-06-21" in page.locator("#card").inner_text()


def test_sentences_are_linked_and_a_keyword_and_a_property_decided_in_their_tabs(
    server: Server, opened: Opened
) -> None:
    page = opened(f"/a/{DRONES}")
    page.locator("#t-abstract").click()
    page.locator('button.sentence[data-side="en"]').nth(0).click()
    page.locator('button.sentence[data-side="fa"]').nth(3).click()
    page.get_by_role("button", name="Link sentences").click()
    settled(page)
    page.locator('.pairs[data-links*="[[0], [3], 1.0]"]').wait_for()
    page.locator("#t-keywords").click()
    page.locator("#p-keywords .item").first.get_by_role("button", name="Accept").click()
    settled(page)
    page.locator("#t-systems").click()
    page.locator('#p-systems .item[data-fact="system/mq-9"]').click()
    page.get_by_role("button", name="Edit: endurance").click()
    page.locator('dialog [name="value"]').fill("34")
    page.locator("dialog").get_by_role("button", name="Save").click()
    settled(page)
    page.locator('#p-systems .item[data-fact="system/mq-9"]', has_text="endurance: 34 h").wait_for()
    assert [entry["do"] for entry in server.decisions(DRONES)] == ["align", "accept", "edit"]


def test_all_can_be_done_without_a_mouse(server: Server, opened: Opened) -> None:
    page = opened()
    page.keyboard.press("j")
    first = page.locator("mark.cur").first.get_attribute("data-f")
    page.keyboard.press("a")
    settled(page)
    assert page.locator("mark.cur").first.get_attribute("data-s") != ""
    page.keyboard.press("k")
    page.keyboard.press("c")
    page.keyboard.type("seen in print")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")
    settled(page)
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.keyboard.press("5")
    settled(page)
    page.keyboard.press("z")
    settled(page)
    page.keyboard.press("?")
    assert page.locator("dialog[open] kbd").count() > 10
    page.keyboard.press("Escape")
    page.locator("#t-text").focus()
    page.keyboard.press("ArrowRight")
    page.locator("#p-abstract h2").wait_for()
    entries = written(server)
    assert entries[0] == ("accept", first)
    assert [do for do, _ in entries][:2] == ["accept", "note"]
    assert entries[-1][0] == "undo"


def test_the_keys_of_a_persian_keyboard_do_the_same(server: Server, opened: Opened) -> None:
    page = opened(language="fa")
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.locator("#col-fa mark").first.click()
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ش', bubbles: true}))")
    settled(page)
    assert written(server)[0][0] == "accept"
    assert "ذخیره شد" in page.locator("#toast").inner_text()
    assert page.locator("#state").inner_text() == "در دست بازبینی"


def test_a_rejected_save_is_said_and_the_next_one_goes_through(server: Server, opened: Opened) -> None:
    page = opened()
    choose(page, "gpe/bushehr")
    path = server.outputs / "reviews"
    path.mkdir(exist_ok=True)
    (path / f"{ARTICLE}.yaml").write_text("not: decisions\n")
    page.keyboard.press("a")
    page.locator("#toast.bad", has_text="E-REVIEW-FILE").wait_for()
    (path / f"{ARTICLE}.yaml").unlink()


# ── what outlasts a session ────────────────────────────────────────────────────────────────────────────────────


def test_decisions_outlast_a_run_with_a_changed_stage(server: Server, opened: Opened) -> None:
    page = opened()
    choose(page, "gpe/bushehr")
    page.keyboard.press("Shift+A")
    settled(page)
    choose(page, "gpe/iran")
    page.keyboard.press("Shift+R")
    settled(page)
    machine = machine_record(server.outputs, ARTICLE)
    changed = machine.model_copy(deep=True).with_text(machine.text or "")
    changed.entities[:] = [entity for entity in changed.entities if entity.id != "gpe/bushehr"]
    for event in changed.timeline:
        event.participants = [each for each in event.participants if each != "gpe/bushehr"]
        event.place = None if event.place == "gpe/bushehr" else event.place
    page.wait_for_timeout(1500)  # the server writes its own record a moment after the last decision
    EmitStage(EmitSettings()).write(changed, server.outputs)
    record = pipeline.load(server.outputs / f"{ARTICLE}.yaml")
    assert record.entities.by_id("gpe/bushehr").method == "review:reviewer"
    assert "gpe/iran" not in {entity.id for entity in record.entities}
    assert not problems(record)
    again(page)
    assert page.locator('mark[data-f="gpe/bushehr"].ok').count() > 10
    assert page.locator('mark[data-f="gpe/iran"]').count() == 0


def test_the_record_in_the_folder_follows_the_decisions(server: Server, opened: Opened) -> None:
    page = opened()
    choose(page, "gpe/iran")
    page.keyboard.press("Shift+A")
    settled(page)
    for _ in range(60):
        record = pipeline.load(server.outputs / f"{ARTICLE}.yaml")
        if record.entities.by_id("gpe/iran").method == "review:reviewer":
            break
        page.wait_for_timeout(100)
    assert record.entities.by_id("gpe/iran").confidence == 1.0


def test_a_conflict_of_two_reviewers_is_shown_and_settled(browser: Any, tmp_path: Path) -> None:
    outputs = copied_outputs(tmp_path)
    for user, do in (("ali", "accept"), ("sara", "reject")):
        with serving(outputs, "--user", user) as server:
            server.enter()
            for fact in ("gpe/iran", "gpe/bushehr"):
                wish = {"do": do if fact == "gpe/iran" else "accept", "layer": "entities", "fact": fact}
                body = json.dumps(wish).encode()
                assert server.request("POST", f"/a/{ARTICLE}/decide", body, server.headers)[0] == 200
    with serving(outputs) as server:
        page = browser.new_page()
        page.goto(server.link)
        page.goto(f"{server.base}/prefs?lang=en")
        page.goto(f"{server.base}/a/{ARTICLE}")
        page.get_by_text("Reviewers differ").wait_for()
        page.goto(f"{server.base}/a/{ARTICLE}/compare")
        assert page.locator(".conflicts .row").count() >= 1
        assert "ali" in page.locator("table").inner_text()
        page.get_by_role("button", name="Confirm sara").first.click()
        page.locator(".conflicts .empty").wait_for()
        assert server.decisions()[0]["note"] == "as sara decided"
        page.close()


# ── the other pages ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_shelf_is_searched_in_both_languages_and_filtered(server: Server, opened: Opened) -> None:
    page = opened("/")
    assert page.locator(".book").count() == 8
    page.locator('[name="q"]').fill("بوشهر نيروي")
    page.get_by_role("button", name="Filter").click()
    assert [link.get_attribute("href") for link in page.locator(".book a").all()] == [f"/a/{ARTICLE}"]
    page.locator('[name="q"]').fill("energy caspian")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=energy*")
    assert page.locator(".book").count() == 1
    page.goto(f"{server.base}/?state=done")
    assert page.locator(".book").count() == 0


def test_the_shelf_finds_words_of_the_running_text_by_the_catalogue(server: Server, opened: Opened) -> None:
    texts = {path.stem: folded(path.read_text(encoding="utf-8")) for path in server.outputs.glob("*.txt")}
    known = summarise(server.outputs / f"{DRONES}.yaml")
    assert known is not None
    others = " ".join(text for article, text in texts.items() if article != DRONES)
    word = next(w for w in texts[DRONES].split() if len(w) > 7 and w.isascii() and w not in known.words + others)
    page = opened(f"/?q={word}")
    assert page.locator(".book").count() == 0
    subprocess.run([sys.executable, "-m", "pipeline", "catalogue", "build", str(server.outputs),
                    "--catalogue", str(server.outputs)], check=True, capture_output=True)  # fmt: skip
    page.reload()
    assert page.locator(".book a").first.get_attribute("href") == f"/a/{DRONES}"


def test_the_queue_leads_to_the_least_certain_fact(server: Server, opened: Opened) -> None:
    page = opened("/queue")
    shown = [int(text.strip("%")) for text in page.locator(".sure").all_text_contents()]
    assert shown == sorted(shown)
    page.locator("a.row-main").first.click()
    page.locator("#card h2").wait_for()


def test_script_in_a_title_a_name_and_a_note_is_text(browser: Any, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    outputs.mkdir()
    attack = '<img src=x onerror="window.hit=1"></script><script>window.hit=1</script>'
    record = pipeline.process_text(f"# {attack} Iran\n\nIran and {attack} signed in 1979.\n", name="attack")
    record.metadata.title.en = attack
    EmitStage(EmitSettings()).write(record, outputs)
    with serving(outputs) as server:
        page = browser.new_page()
        page.goto(server.link)
        assert attack in page.locator(".book").inner_text()
        page.goto(f"{server.base}/a/attack")
        page.locator("mark").first.click()
        page.keyboard.press("c")
        page.locator("dialog textarea").fill(attack)
        page.locator("dialog").get_by_role("button", name="Save").click()
        settled(page)
        page.locator("#t-decisions").click()
        page.locator("#p-decisions td", has_text="onerror").wait_for()
        for path in ("/a/attack", "/a/attack/report", "/queue"):
            page.goto(server.base + path)
            assert page.evaluate("window.hit") is None
            assert page.locator("img[src=x]").count() == 0
        page.close()


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("fa", "dark")])
def test_axe_finds_no_serious_fault_on_any_page(server: Server, opened: Opened, language: str, theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python")
    script = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    page = opened("/", language=language)
    page.goto(f"{server.base}/prefs?theme={theme}")
    found = []

    def check(where: str) -> None:
        page.evaluate(script)
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found.extend(
            f"{where}: {each['id']} {each['nodes'][0]['html'][:120]} {each['nodes'][0].get('failureSummary', '')[:200]}"
            for each in result["violations"]
            if each["impact"] in ("serious", "critical")
        )

    for path in ("/", "/queue", f"/a/{DRONES}/compare", f"/a/{DRONES}/report"):
        page.goto(server.base + path)
        check(path)
    page.goto(f"{server.base}/a/{DRONES}")
    page.keyboard.press("j")
    check("text")
    for tab in page.locator('[role="tab"]').all()[1:]:
        name = tab.get_attribute("data-tab")
        tab.click()
        page.locator(f"#p-{name} h2").first.wait_for()
        check(name)
    page.locator("#t-text").click()
    page.locator("#col-en mark.k-gpe").first.click()
    for key in ("e", "m", "i", "c", "?"):
        page.keyboard.press(key)
        check(f"dialog {key}")
        page.keyboard.press("Escape")
    assert not found


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("width", [360, 1400])
def test_no_page_is_wider_than_the_window(server: Server, opened: Opened, language: str, width: int) -> None:
    page = opened("/", language=language, width=width, height=780)
    for path in ("/", "/queue", f"/a/{DRONES}", f"/a/{DRONES}/compare", f"/a/{DRONES}/report"):
        page.goto(server.base + path)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path


def test_a_report_is_one_file_that_asks_for_nothing(browser: Any, tmp_path: Path) -> None:
    from pipeline.review.report import write_reports
    from pipeline.review.words import Words

    record = pipeline.load(copied_outputs(tmp_path) / f"{DRONES}.yaml")
    paths = write_reports([record], tmp_path / "reports", Words("fa"))
    assert [path.name for path in paths] == [f"{DRONES}.html", "index.html"]
    shutil.rmtree(tmp_path / "outputs")
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith("data:") else None)
    for path in paths:
        page.goto(path.as_uri())
        assert page.locator("svg.picture").count() >= 1
    assert asked == [path.as_uri() for path in paths]
    assert page.evaluate("document.fonts.check('16px Vazirmatn', 'فارسی')")
    page.close()
