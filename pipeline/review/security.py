"""Who may speak to the page: one browser on this machine, let in once by the link that the terminal shows.

The link's token works once and becomes a cookie. Every request has to name this server as its host (which defeats DNS
rebinding) and carry the cookie; every change has to come from this server's own pages (Origin), with a secret that only
they know. Nothing is loaded from anywhere else, and no script or style stands in the pages themselves.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Largest body that is read (bytes); a note has at most 10,000 characters.
LARGEST_BODY = 256 * 1024

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Access:
    """The secrets of one run of the server."""

    def __init__(self, port: int) -> None:
        self.hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self.cookie = f"dozaban-{port}"
        self.token: str | None = secrets.token_urlsafe(24)
        self._session = secrets.token_urlsafe(32)
        self._key = secrets.token_bytes(32)

    def admit(self, token: str) -> bool:
        """Whether this is the token, which is used up by that."""
        if self.token is None or not hmac.compare_digest(token.encode(), self.token.encode()):
            return False
        self.token = None
        return True

    def knows(self, cookies: str) -> bool:
        """Whether the request carries the session's cookie."""
        try:
            morsel = SimpleCookie(cookies).get(self.cookie)
        except CookieError:
            return False
        return morsel is not None and hmac.compare_digest(morsel.value.encode(), self._session.encode())

    @property
    def session_cookie(self) -> str:
        """The header that gives the browser its cookie."""
        return f"{self.cookie}={self._session}; Path=/; HttpOnly; SameSite=Strict"

    @property
    def csrf(self) -> str:
        """What a page of this server sends with a change."""
        return hmac.new(self._key, self._session.encode(), hashlib.sha256).hexdigest()


class Guard:
    """The door in front of the application (ASGI)."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        answer = self._answer(scope)

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        if answer is not None:
            await answer(scope, receive, protected)
            return
        await self.app(scope, _limited(receive), protected)

    def _answer(self, scope: Scope) -> Response | None:
        """The refusal or redirect that a request gets at the door, or None."""
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self.access.hosts:
            return PlainTextResponse("wrong host", 421)
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return PlainTextResponse("wrong method", 405)
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        known = self.access.knows(headers.get("cookie", ""))
        if "token" in query and scope["method"] == "GET":
            if not known and not self.access.admit(query.pop("token")):
                return _refusal()
            query.pop("token", None)
            target = scope["path"] if scope["path"].startswith("/") and not scope["path"].startswith("//") else "/"
            answer = RedirectResponse(target + (f"?{urlencode(query)}" if query else ""), 303)
            answer.headers["set-cookie"] = self.access.session_cookie
            return answer
        if not known:
            return _refusal()
        if scope["method"] == "POST":
            return self._refused_change(headers)
        return None

    def _refused_change(self, headers: Headers) -> Response | None:
        if headers.get("origin", "") not in {f"http://{host}" for host in self.access.hosts}:
            return PlainTextResponse("wrong origin", 403)
        if not hmac.compare_digest(headers.get("x-dozaban", "").encode(), self.access.csrf.encode()):
            return PlainTextResponse("the page is from an earlier run; load it again", 403)
        length = headers.get("content-length", "")
        if not length.isdigit():
            return PlainTextResponse("length required", 411)
        if int(length) > LARGEST_BODY:
            return PlainTextResponse("too large", 413)
        return None


def _refusal() -> Response:
    from pipeline.review.words import Words

    return PlainTextResponse(f"{Words('en')('no.entry')}\n{Words('fa')('no.entry')}\n", 403)


def _limited(receive: Receive) -> Receive:
    """A body that turns out larger than it said ends the connection."""
    read = 0

    async def limited() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > LARGEST_BODY:
            return {"type": "http.disconnect"}
        return message

    return limited
