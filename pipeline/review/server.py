"""The page's addresses. Every one of them is a small function: look something up, draw it, answer."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote, urlencode, urlsplit

from pydantic import BaseModel, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from pipeline.decisions.entries import Entry
from pipeline.errors import DozabanError, RecordError, ReviewError
from pipeline.facts import EntityType
from pipeline.review import pages
from pipeline.review.compare import agreements
from pipeline.review.drafting import read_wish
from pipeline.review.office import Office, Open
from pipeline.review.page_images import PageImages
from pipeline.review.publish import Publisher
from pipeline.review.report import article_report
from pipeline.review.security import Access, Guard
from pipeline.review.shelf import Row, Search, Shelf, least_certain
from pipeline.review.store import Store
from pipeline.review.words import Words

PER_PAGE = 50
QUEUE = 200


@dataclass
class Review:
    """The application: the folder of records, the pen, and who may come in."""

    outputs: Path
    store: Store
    access: Access
    sources: tuple[Path, ...] = ()
    passages: Search | None = None
    publisher: Publisher | None = None
    office: Office = field(init=False)
    shelf: Shelf = field(init=False)

    def __post_init__(self) -> None:
        self.office = Office(self.outputs, self.store, self.publisher)
        self.shelf = Shelf(self.outputs, self.passages)
        threading.Thread(target=self.shelf.warm, name="shelf", daemon=True).start()
        self.images = PageImages(self.outputs, self.sources)

    def app(self) -> ASGIApp:
        """The ASGI application behind its guard."""

        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            yield
            await run_in_threadpool(self.office.close)

        routes = [
            Route("/", self.page(self.show_shelf)),
            Route("/queue", self.page(self.show_queue)),
            Route("/prefs", self.page(self.prefs)),
            Route("/static/{name}", self.page(self.static)),
            Route("/a/{article}", self.page(self.show_article)),
            Route("/a/{article}/section/{name}", self.page(self.show_section)),
            Route("/a/{article}/report", self.page(self.show_report)),
            Route("/a/{article}/compare", self.page(self.show_comparison)),
            Route("/a/{article}/page/{number:int}", self.page(self.show_page)),
            Route("/a/{article}/decide", self.change(self.take_decision), methods=["POST"]),
            Route("/a/{article}/confirm", self.change(self.take_confirmation), methods=["POST"]),
        ]
        return Guard(Starlette(routes=routes, lifespan=lifespan), self.access)

    # ── how a request is answered ─────────────────────────────────────────────────────────────────────────────

    def page(self, answer: Callable[[Request], Response]) -> Callable[[Request], Any]:
        """An address that is looked at; what it reads from the disk is read in a thread."""

        async def endpoint(request: Request) -> Response:
            try:
                return await run_in_threadpool(answer, request)
            except DozabanError as error:
                return PlainTextResponse(str(error), 404 if isinstance(error, RecordError) else 409)
            except (KeyError, FileNotFoundError):
                return PlainTextResponse(words_of(request)("not.found"), 404)

        return endpoint

    def change(self, answer: Callable[[Request, bytes], dict[str, Any]]) -> Callable[[Request], Any]:
        """An address that decisions are sent to."""

        async def endpoint(request: Request) -> Response:
            body = await request.body()
            try:
                return JSONResponse(await run_in_threadpool(answer, request, body))
            except DozabanError as error:
                return JSONResponse({"error": str(error)}, 409)
            except KeyError:
                return JSONResponse({"error": words_of(request)("not.found")}, 404)

        return endpoint

    def draw(self, request: Request, template: str, here: str = "", **values: Any) -> HTMLResponse:
        """A page with what all pages have."""
        theme = request.cookies.get("theme", "")
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        common = {
            "here": here,
            "back": back,
            "theme": theme if theme in ("light", "dark") else "",
            "read_only": self.store.read_only,
        }
        return HTMLResponse(pages.render(template, words_of(request), **common, **values))

    def opened(self, request: Request, *, page: bool = False) -> Open:
        """The desk that the address names. Raises KeyError when there is no such article."""
        article = request.path_params["article"]
        if self.shelf.row(article) is None:
            raise KeyError(article)
        return self.office.open(article, page=page)

    # ── pages ─────────────────────────────────────────────────────────────────────────────────────────────────

    def show_shelf(self, request: Request) -> Response:
        """The articles, filtered and in order, fifty on a page."""
        query = {key: request.query_params.get(key, default) for key, default in _QUERY.items()}
        rows = chosen(self.shelf.rows(), query, self.shelf.search().find if query["q"].strip() else None)
        total = len(rows)
        count = max(1, -(-total // PER_PAGE))
        page = min(max(1, _number(request.query_params.get("page", "1"))), count)

        def link(number: int) -> str:
            return urlencode({**{k: v for k, v in query.items() if v != _QUERY[k]}, "page": number})

        rows = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
        return self.draw(
            request,
            "shelf.html",
            "shelf",
            rows=rows,
            total=total,
            page=page,
            pages=count,
            query=query,
            link=link,
            reading=self.shelf.reading,
        )

    def show_queue(self, request: Request) -> Response:
        """The least certain facts of all articles."""
        return self.draw(request, "queue.html", "queue", doubts=least_certain(self.shelf.rows(), QUEUE))

    def show_article(self, request: Request) -> Response:
        """One article with its text, its facts and what can be decided."""
        found = self.opened(request, page=True)
        desk = found.desk
        record = desk.record
        english, persian = pages.article_html(record, found.blocks)
        data = pages.page_data(record, found.facts, words_of(request), **self._client(desk.state))
        kinds = [kind for kind in get_args(EntityType) if any(entity.type == kind for entity in record.entities)]
        return self.draw(
            request, "article.html", record=record, english=english, persian=persian, data=data, state=desk.state,
            kinds=kinds, unfit=len(desk.unfit), conflicts=len(desk.conflicts),
        )  # fmt: skip

    def _client(self, state: str) -> dict[str, Any]:
        return {"csrf": self.access.csrf, "readOnly": self.store.read_only, "state": state}

    def show_section(self, request: Request) -> Response:
        """One part of the article page."""
        name = request.path_params["name"]
        if name not in pages.SECTIONS:
            raise KeyError(name)
        desk = self.opened(request).desk
        held = {entry.number for entry in desk.standing()}
        html = pages.section(
            name, desk.record, words_of(request), entries=desk.own, held=held, unfit=desk.unfit,
            acting=not self.store.read_only, pages=self.images.has(desk.record),
        )  # fmt: skip
        return HTMLResponse(html)

    def show_report(self, request: Request) -> Response:
        """The article as a report that can be printed."""
        return HTMLResponse(article_report(self.opened(request).desk.record, words_of(request), inline=False))

    def show_comparison(self, request: Request) -> Response:
        """Where the reviewers of an article differ, and how far they agree."""
        desk = self.opened(request).desk
        desk.reload()
        adjudicates = not self.store.user and not self.store.read_only
        return self.draw(
            request, "compare.html", record=desk.record, conflicts=desk.conflicts, adjudicates=adjudicates,
            agreements=agreements(desk.machine, self.store.reviews(desk.article)),
            data=pages.page_data(desk.record, {}, words_of(request), **self._client(desk.state)),
        )  # fmt: skip

    def show_page(self, request: Request) -> Response:
        """The picture of a page of the PDF."""
        picture = self.images.png(self.opened(request).desk.record, request.path_params["number"])
        return Response(picture, media_type="image/png")

    def static(self, request: Request) -> Response:
        """A style, a script or a font."""
        name = request.path_params["name"]
        return Response(pages.asset(name), media_type=pages.ASSETS[name])

    def prefs(self, request: Request) -> Response:
        """Remember the language or the light, and go back."""
        back = request.query_params.get("back", "/")
        parts = urlsplit(back)
        local = back.startswith("/") and not back.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
        answer = RedirectResponse(quote(back, safe="/?&=%#") if local else "/", 303)
        for name, known in (("lang", ("en", "fa")), ("theme", ("light", "dark"))):
            value = request.query_params.get(name)
            if value in known:
                answer.set_cookie(name, value, max_age=31536000, samesite="strict", httponly=True)
        return answer

    # ── changes ───────────────────────────────────────────────────────────────────────────────────────────────

    def take_decision(self, request: Request, body: bytes) -> dict[str, Any]:
        """Take a decision; the answer is what it changed on the page."""
        self.opened(request)
        return self.office.decide(request.path_params["article"], read_wish(body))

    def take_confirmation(self, request: Request, body: bytes) -> dict[str, Any]:
        """Confirm one reviewer's answer: their decision is written into the file that outranks the others."""
        if self.store.user:
            raise ReviewError("only a session without --user can confirm answers", code="E-REVIEW-DRAFT")
        try:
            which = _Confirmation.model_validate_json(body)
        except ValidationError:
            raise ReviewError("it is not said whose answer is confirmed", code="E-REVIEW-DRAFT") from None
        desk = self.opened(request).desk
        theirs = [e for review in self.store.reviews(desk.article) if review.user == which.user for e in review.entries]
        entry = next((entry for entry in theirs if entry.number == which.number), None)
        if entry is None or not which.user:
            raise ReviewError("there is no such decision", code="E-REVIEW-DRAFT")

        def copied(number: int, at: str, by: str) -> Entry:
            return entry.model_copy(update={"number": number, "at": at, "by": by, "note": f"as {which.user} decided"})

        desk.confirm(copied)
        self.office.publish(desk.article)
        return {"state": desk.state}


class _Confirmation(BaseModel):
    user: str
    number: int


_QUERY = {"q": "", "state": "all", "low": "any", "sort": "title"}


def chosen(rows: list[Row], query: dict[str, str], find: Callable[[str], list[str]] | None) -> list[Row]:
    """The rows that a query asks for, in its order."""
    if find is not None:
        by_id = {row.summary.id: row for row in rows}
        rows = [by_id[article] for article in find(query["q"]) if article in by_id]
    if query["state"] in ("new", "review", "done"):
        rows = [row for row in rows if row.state == query["state"]]
    if query["low"] == "some":
        rows = [row for row in rows if row.summary.low > 0]
    if query["sort"] == "doubt":
        return sorted(rows, key=lambda row: (-row.summary.low, row.summary.id))
    if query["sort"] == "facts":
        return sorted(rows, key=lambda row: (-sum(row.summary.counts.values()), row.summary.id))
    return rows


def words_of(request: Request) -> Words:
    """The language of the interface: as chosen, else as the browser asks."""
    known = request.cookies.get("lang")
    if known not in ("en", "fa"):
        known = "fa" if request.headers.get("accept-language", "").lower().startswith("fa") else "en"
    return Words("fa" if known == "fa" else "en")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
