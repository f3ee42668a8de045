"""The tagger's weights on disk: one compressed numpy archive.

Tables of words are kept as whole numbers of six bits with a scale for each column, which costs no accuracy that can be
measured; matrices are kept as half floats.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import ModelMissingError
from pipeline.text.tagger.network import MATRICES, Head, Member, Network
from pipeline.text.tagger.words import Table, as_bytes, lines, packed, unpacked

_TABLES = ("learned_table", "sign_table")
_HEAD = ("weights", "bias", "steps", "first", "last")


def save_network(network: Network, path: Path) -> None:
    """Write a network; the same network gives the same bytes."""
    arrays = packed(network.words)
    arrays["learned"] = as_bytes(sorted(network.learned, key=lambda form: network.learned[form]))
    arrays["heads"] = as_bytes(sorted(network.heads))
    for number, member in enumerate(network.members):
        for name in _TABLES:
            table = getattr(member, name)
            arrays |= {f"{number}.{name}": table.steps, f"{number}.{name}_scale": table.scale}
        arrays |= {f"{number}.{name}": getattr(member, name).astype(np.float16) for name in MATRICES}
    for key, head in network.heads.items():
        arrays[f"{key}.labels"] = as_bytes(head.labels)
        arrays |= {f"{key}.{part}": getattr(head, part).astype(np.float32) for part in _HEAD}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)


def load_network(path: Path) -> Network:
    """Read a network. Raises ModelMissingError when the file is no such thing."""
    try:
        with np.load(path) as data:
            given = {name: data[name] for name in data.files}
        heads = {
            key: Head(lines(given[f"{key}.labels"]), *(given[f"{key}.{part}"] for part in _HEAD))
            for key in lines(given["heads"])
        }
        members: list[Member] = []
        while f"{len(members)}.gates" in given:
            members.append(_member(given, f"{len(members)}."))
        learned = {form: at for at, form in enumerate(lines(given["learned"]), 1)}
        return Network(unpacked(given), learned, members, heads)
    except (OSError, ValueError, KeyError) as error:
        raise ModelMissingError(
            f"{path}: the Persian model cannot be read ({error}); make it again with: dozaban train ner-fa"
        ) from None


def _member(given: dict[str, Any], prefix: str) -> Member:
    tables = {name: Table(given[prefix + name], given[f"{prefix}{name}_scale"]) for name in _TABLES}
    return Member(**tables, **{name: given[prefix + name].astype(np.float32) for name in MATRICES})
