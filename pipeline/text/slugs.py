"""Names as parts of ids."""

from __future__ import annotations

import re
import unicodedata


def slug(name: str) -> str:
    """A name as the last part of an id: Latin letters without accents, Persian letters as they are."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "").replace("'", ""))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).lower()
    return re.sub(r"[^\w]+|_", "-", plain).strip("-")
