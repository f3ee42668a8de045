"""Text that XML can carry, and identifiers that it accepts.

XML 1.0 has no place for most control characters, not even as references. They are replaced one for one, so that
offsets still hold: a page or line break by a line feed, anything else by U+FFFD.
"""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = frozenset("\f\v\x1c\x1d\x1e\x1f")
_NOT_IN_NAME = re.compile(r"[^\w.-]")


def legal(text: str) -> str:
    """``text`` with each character that XML refuses replaced; the length stays the same."""
    return _ILLEGAL.sub(lambda match: "\n" if match[0] in _BREAKS else "\ufffd", text)


class Names:
    """Unique ``xml:id`` values for a document: the same key always gets the same one."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}
        self._taken: set[str] = set()

    def of(self, key: str) -> str:
        """The identifier of a key such as ``gpe/iran`` (``gpe_iran``)."""
        if key not in self._given:
            name = _NOT_IN_NAME.sub("_", key)
            if not name or not (name[0].isalpha() or name[0] == "_"):
                name = f"_{name}"
            wanted, number = name, 2
            while name in self._taken:
                name, number = f"{wanted}_{number}", number + 1
            self._taken.add(name)
            self._given[key] = name
        return self._given[key]
