"""File names made of record ids, which anybody may have written: no folders, no devices, no surprises."""

from __future__ import annotations

import re
import unicodedata

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+')
_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")
_LONGEST = 150


def safe_name(record_id: str) -> str:
    """A name that any file system takes, at most 150 bytes of UTF-8; Persian letters and half-spaces stay."""
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", record_id)).strip(" .")
    name = _DEVICES.sub(r"_\1", name)
    while len(name.encode("utf-8")) > _LONGEST:
        name = name[:-1]
    return name.strip(" .") or "article"


class FileNames:
    """Names for the articles of one export; two articles never get the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, record_id: str) -> str:
        """The name for the next article of this id."""
        wanted = name = safe_name(record_id)
        number = 2
        while name.casefold() in self._taken:
            name, number = f"{wanted}-{number}", number + 1
        self._taken.add(name.casefold())
        return name
