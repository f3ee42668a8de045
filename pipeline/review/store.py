"""Writing decisions down so that none is lost: appended under a lock, to a file that is replaced as a whole.

Two sessions (or two programs) may write at once; whoever comes second waits for the lock and appends to what the
first has written. A file is written beside its place and renamed into it, so that a process killed while saving leaves
the old file or the new one.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pipeline.decisions.entries import Entry, entry_yaml, head_yaml, parse_reviews
from pipeline.decisions.files import ReviewFile, checked_user, file_name, read_reviews
from pipeline.emit.atomic import write_atomically
from pipeline.errors import ReviewError

#: What a reviewer without a name is called in the records.
NOBODY = "reviewer"

#: Beside the decisions, which belong under version control, lie files that do not.
_IGNORED = "# Made anew when needed; the decisions are the .yaml files.\n.lock\n.machine/\n.shelf.json\n"

#: Takes the number, the time and the name that the entry is to bear.
Draft = Callable[[int, str, str], Entry]


class Store:
    """One reviewer's pen: the folder of decisions and the name they are signed with."""

    def __init__(self, folder: Path, user: str = "", *, read_only: bool = False) -> None:
        """``folder`` is made with the first decision. Raises ReviewError for a name that cannot be part of a file's."""
        self.folder = folder
        self.user = checked_user(user) if user else ""
        self.read_only = read_only
        self._next: dict[Path, tuple[int, int]] = {}

    @property
    def by(self) -> str:
        """The name that decisions are signed with."""
        return self.user or NOBODY

    def path(self, article: str) -> Path:
        """The file of this reviewer's decisions on an article."""
        return self.folder / file_name(article, self.user)

    def reviews(self, article: str) -> list[ReviewFile]:
        """Every reviewer's file on an article. Raises ReviewError when one cannot be read."""
        return read_reviews(self.folder, article)

    def append(self, article: str, draft: Draft) -> Entry:
        """Write one decision down and return it. When this returns, it is on the disk.

        Raises ReviewError (``E-REVIEW-READ-ONLY``, ``E-REVIEW-FILE``, ``E-REVIEW-WRITE``); nothing is written then.
        """
        if self.read_only:
            raise ReviewError("this is a review for reading only; nothing was saved", code="E-REVIEW-READ-ONLY")
        path = self.path(article)
        try:
            with self._locked():
                before = path.read_bytes() if path.is_file() else b""
                number = self._number(path, before, article)
                entry = draft(number, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), self.by)
                content = (before.decode("utf-8") or head_yaml(article, self.user)) + entry_yaml(entry)
                write_atomically(path, content)
                self._next[path] = (len(content.encode("utf-8")), number + 1)
                return entry
        except OSError as error:
            what = error.strerror or str(error)
            raise ReviewError(f"{path} cannot be written: {what}; nothing was saved", code="E-REVIEW-WRITE") from None

    def _number(self, path: Path, content: bytes, article: str) -> int:
        """The number of the next entry; the file is only read as YAML when another hand has written to it."""
        if not content:
            return 1
        known = self._next.get(path)
        if known is not None and known[0] == len(content):
            return known[1]
        owner, user, entries = parse_reviews(content, str(path))
        if (owner, user) != (article, self.user):
            raise ReviewError(f"{path} holds the decisions of another article or reviewer", code="E-REVIEW-FILE")
        return max((entry.number for entry in entries), default=0) + 1

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        ignored = self.folder / ".gitignore"
        if not ignored.exists():
            ignored.write_text(_IGNORED, encoding="utf-8")
        descriptor = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
