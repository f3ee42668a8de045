"""Names of people as lists of fields write them."""

from __future__ import annotations

import re

from pipeline.read.inline import clean


def given_first(name: str) -> str:
    """“Doe, Jane B.” and «احمدی، علی» with the given names first; a name without a comma as it is."""
    parts = [" ".join(part.split()) for part in re.split("[,،]", clean(name))]
    parts = [part for part in parts if part]
    if len(parts) == 2:
        return f"{parts[1]} {parts[0]}"
    if len(parts) == 3:  # Doe, Jr., Jane
        return f"{parts[2]} {parts[0]} {parts[1]}"
    return " ".join(parts)
