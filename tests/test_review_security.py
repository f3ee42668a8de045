"""The review page lets in one browser of this machine, serves nothing else to anyone, and loses nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

import pytest
from review_page import ARTICLE, Server, copied_outputs, serving

DECIDE = f"/a/{ARTICLE}/decide"
NOTE = json.dumps({"do": "note", "note": "seen"}).encode()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(copied_outputs(tmp_path_factory.mktemp("review"))) as server:
        server.enter()
        yield server


def test_without_the_link_nothing_is_served(server: Server) -> None:
    for path in ("/", "/queue", f"/a/{ARTICLE}", "/static/app.js", "/prefs?lang=fa"):
        status, _, body = server.request("GET", path)
        assert status == 403
        assert b"Bushehr" not in body
        assert "پیوندی".encode() in body


def test_the_link_works_once_and_only_as_it_was_given(server: Server) -> None:
    assert server.request("GET", server.link.removeprefix(server.base))[0] == 403
    assert server.request("GET", "/?token=" + "x" * 32)[0] == 403


def test_another_host_is_refused_even_with_the_cookie(server: Server) -> None:
    for host in ("evil.example", "evil.example:80", "127.0.0.1:1", "localhost"):
        assert server.request("GET", "/", headers={**server.headers, "Host": host})[0] == 421


@pytest.mark.parametrize(
    "wrong",
    [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": ""}, {"X-Dozaban": "0" * 64}, {"Cookie": ""}],
)
def test_a_change_from_elsewhere_is_refused(server: Server, wrong: dict[str, str]) -> None:
    before = server.decisions()
    assert server.request("POST", DECIDE, NOTE, {**server.headers, **wrong})[0] == 403
    assert server.decisions() == before


@pytest.mark.parametrize(
    "article",
    ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/x", "reviews%2fx", "x\x00y", "nothing", ".machine"],
)
def test_an_id_that_is_no_article_is_answered_with_nothing(server: Server, article: str) -> None:
    status, _, body = server.request("GET", f"/a/{article.replace(chr(0), '%00')}", headers=server.headers)
    assert status == 404
    assert b"root:" not in body


@pytest.mark.parametrize("name", ["..%2fpages.py", "../words.py", "words.tsv", "base.html", "%2e%2e%2fstore.py"])
def test_only_the_named_assets_are_served(server: Server, name: str) -> None:
    assert server.request("GET", f"/static/{name}", headers=server.headers)[0] == 404


def test_every_page_forbids_what_it_does_not_need(server: Server) -> None:
    for path in ("/", "/queue", f"/a/{ARTICLE}", f"/a/{ARTICLE}/report", f"/a/{ARTICLE}/compare"):
        status, headers, body = server.request("GET", path, headers=server.headers)
        assert status == 200
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert b"http://" not in body.replace(b"http://www.w3.org/2000/svg", b"").replace(server.base.encode(), b"")
        assert b" style=" not in body


def test_a_way_back_leads_only_to_this_server(server: Server) -> None:
    for back in ("https://evil.example/", "//evil.example", "/%5Cevil.example", "javascript:alert(1)"):
        status, headers, _ = server.request("GET", f"/prefs?lang=fa&back={back}", headers=server.headers)
        assert (status, headers["location"]) == (303, "/")


def test_a_note_of_ten_megabytes_is_refused_and_a_long_one_too(server: Server) -> None:
    before = server.decisions()
    huge = json.dumps({"do": "note", "note": "x" * 10_000_000}).encode()
    try:
        status = server.request("POST", DECIDE, huge, server.headers)[0]
    except ConnectionError:  # the server need not wait for ten megabytes
        status = 413
    assert status == 413
    long = json.dumps({"do": "note", "note": "x" * 10_001}).encode()
    assert server.request("POST", DECIDE, long, server.headers)[0] == 409
    chunked = {**server.headers, "Content-Length": "", "Transfer-Encoding": "chunked"}
    assert server.request("POST", DECIDE, b"0\r\n\r\n", chunked)[0] in (400, 411)
    assert server.decisions() == before


@pytest.mark.parametrize(
    "wish",
    [
        b"{}", b"[]", b"\xff", b'{"do": "drop"}', b'{"do": "accept", "layer": "entities", "fact": "gpe/nowhere"}',
        b'{"do": "add", "layer": "entities", "spans": [[5, 2]]}', b'{"do": "note", "by": "somebody else", "note": "x"}',
        b'{"do": "add", "layer": "entities", "spans": [[0, 99999999]]}',
        b'{"do": "edit", "layer": "metadata", "new": {"__class__": 1}}',
    ],
)  # fmt: skip
def test_a_wish_that_cannot_be_granted_is_refused_in_words(server: Server, wish: bytes) -> None:
    before = server.decisions()
    status, _, body = server.request("POST", DECIDE, wish, server.headers)
    if b"__class__" in wish:  # kept and listed as one that does not fit
        assert json.loads(body)["unfit"]
        return
    assert status == 409
    assert "E-REVIEW" in json.loads(body)["error"]
    assert server.decisions() == before


def test_decisions_of_many_at_once_are_all_kept(server: Server) -> None:
    before = len(server.decisions())
    bodies = [json.dumps({"do": "note", "note": f"note {i}"}).encode() for i in range(24)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda body: server.request("POST", DECIDE, body, server.headers)[0], bodies))
    assert answers == [200] * 24
    kept = server.decisions()[before:]
    assert sorted(entry["note"] for entry in kept) == sorted(f"note {i}" for i in range(24))
    assert len({entry["number"] for entry in server.decisions()}) == before + 24


def test_two_servers_on_one_folder_lose_nothing(server: Server) -> None:
    before = len(server.decisions())
    with serving(server.outputs) as second:
        second.enter()
        bodies = [json.dumps({"do": "note", "note": f"both {i}"}).encode() for i in range(12)]
        with ThreadPoolExecutor(6) as pool:
            jobs = [(each, body) for body in bodies for each in (server, second)]
            answers = list(pool.map(lambda job: job[0].request("POST", DECIDE, job[1], job[0].headers)[0], jobs))
    assert answers == [200] * 24
    assert len(server.decisions()) == before + 24
    assert [entry["number"] for entry in server.decisions()] == list(range(1, before + 25))


def test_a_server_killed_while_saving_has_kept_what_it_confirmed(tmp_path: Path) -> None:
    outputs = copied_outputs(tmp_path)
    with serving(outputs) as server:
        server.enter()
        confirmed = 0
        with ThreadPoolExecutor(4) as pool:
            jobs = [
                pool.submit(
                    server.request, "POST", DECIDE, json.dumps({"do": "note", "note": str(i)}).encode(), server.headers
                )
                for i in range(200)
            ]
            for _ in jobs[:25]:
                confirmed += _.result()[0] == 200
            server.process.kill()
            for job in jobs[25:]:
                with suppress(OSError, HTTPException):
                    confirmed += job.result()[0] == 200
        server.process.wait()
        assert len(server.decisions()) >= confirmed >= 25


def test_a_read_only_review_saves_nothing(tmp_path: Path) -> None:
    outputs = copied_outputs(tmp_path)
    files = sorted(path.name for path in outputs.rglob("*"))
    with serving(outputs, "--read-only") as server:
        server.enter()
        status, _, body = server.request("POST", DECIDE, NOTE, server.headers)
        assert status == 409
        assert "E-REVIEW-READ-ONLY" in body.decode()
    assert sorted(path.name for path in outputs.rglob("*")) == files
