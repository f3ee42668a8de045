"""The smallest useful stage: it reads one working layer and adds a layer of its own."""

from __future__ import annotations

from typing import Any, ClassVar

from pipeline.article import Article
from pipeline.stage import Settings


class QuestionsSettings(Settings):
    """``marks`` are the characters that end a question."""

    marks: str = "?؟"


class QuestionsStage:
    """Adds ``questions``: how many sentences of each language end in a question mark."""

    name: ClassVar[str] = "questions"
    version: ClassVar[str] = "1"
    requires: ClassVar[frozenset[str]] = frozenset({"text", "sentences"})
    provides: ClassVar[frozenset[str]] = frozenset({"questions"})
    Settings: ClassVar[type[Settings]] = QuestionsSettings

    def __init__(self, settings: QuestionsSettings) -> None:
        self.settings = settings

    def __call__(self, article: Article) -> dict[str, Any]:
        asked = [s for s in article.sentences if article.surface(s.span).endswith(tuple(self.settings.marks))]
        return {"questions": {lang: sum(1 for s in asked if s.language == lang) for lang in ("en", "fa")}}
