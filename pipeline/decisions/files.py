"""The files of decisions beside the records: ``reviews/<id>.yaml`` and, for a named reviewer, ``<id>.<name>.yaml``."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.decisions.entries import Entry, parse_reviews
from pipeline.errors import ReviewError

#: The folder of decisions, beside the records.
FOLDER = "reviews"

_USER = re.compile(r"[^\W_][\w-]{0,39}")


@dataclass(frozen=True)
class ReviewFile:
    """One reviewer's decisions on one article; ``user`` is empty for the file that outranks the others."""

    article: str
    user: str
    entries: tuple[Entry, ...]
    sha256: str

    @property
    def name(self) -> str:
        """The file's name."""
        return file_name(self.article, self.user)


def checked_user(name: str) -> str:
    """A reviewer's name that can be part of a file's name. Raises ReviewError ``E-REVIEW-USER``."""
    if not _USER.fullmatch(name):
        raise ReviewError(
            f"{name!r} cannot name a reviewer; use up to 40 letters, digits, '-' and '_', a letter or digit first",
            code="E-REVIEW-USER",
        )
    return name


def file_name(article: str, user: str = "") -> str:
    """The name of the file of decisions."""
    return f"{article}.{user}.yaml" if user else f"{article}.yaml"


def read_reviews(folder: Path, article: str) -> list[ReviewFile]:
    """The files about an article, the one without a reviewer's name last, since it outranks the others.

    Raises ReviewError (``E-REVIEW-FILE``) when one cannot be read.
    """
    if not folder.is_dir():
        return []
    found = []
    prefix = f"{article}."
    for path in sorted(path for path in folder.iterdir() if path.name.startswith(prefix) and path.suffix == ".yaml"):
        user = path.name.removeprefix(prefix).removesuffix("yaml").rstrip(".")
        if user and not _USER.fullmatch(user):
            continue
        review = read_review(path)
        if review.article == article and review.user == user:
            found.append(review)
    return sorted(found, key=lambda review: (review.user == "", review.user))


def read_review(path: Path) -> ReviewFile:
    """One file of decisions. Raises ReviewError (``E-REVIEW-FILE``)."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReviewError(f"{path} cannot be opened: {error.strerror or error}", code="E-REVIEW-FILE") from None
    article, user, entries = parse_reviews(data, str(path))
    return ReviewFile(article, user, tuple(entries), hashlib.sha256(data).hexdigest())
