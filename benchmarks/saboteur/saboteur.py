"""A stage that harms its worker when an article asks for it; the fault drill puts it on the road."""

from __future__ import annotations

import ctypes
import time
from typing import Any, ClassVar

from pipeline.article import Article
from pipeline.stage import Settings


class Saboteur:
    """Crashes in native code, or never comes back, as the article's text says. Adds nothing."""

    name: ClassVar[str] = "saboteur"
    version: ClassVar[str] = "1"
    requires: ClassVar[frozenset[str]] = frozenset({"text"})
    provides: ClassVar[frozenset[str]] = frozenset()
    Settings: ClassVar[type[Settings]] = Settings

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __call__(self, article: Article) -> dict[str, Any]:
        if "SABOTEUR: CRASH" in article.text:
            ctypes.string_at(0)
        if "SABOTEUR: SLEEP" in article.text:
            while True:
                time.sleep(60)
        return {}
