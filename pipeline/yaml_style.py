"""The style of a record's YAML: UTF-8, fixed key order, LF, no anchors, a mention on one line.

PyYAML's C emitter does the writing (about three times as fast as the Python one); the representers here only choose
the style: small leaf mappings such as mentions and cells in flow style on one line, prose in block style.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import yaml

#: A leaf mapping is written on one line when its keys are among these…
_FLOW_KEYS = frozenset(
    ["span", "surface", "normalized", "method", "confidence", "sha256", "field", "calendar", "en", "fa", "country",
     "evidence", "basis", "kind", "language", "level", "page", "bbox", "section", "continues", "name", "version",
     "edtf", "gregorian", "native", "modifier", "calendar_confidence", "type", "target", "qualifier", "value",
     "minimum", "maximum", "unit", "before", "after"]
)  # fmt: skip
#: …and it holds no more characters than this.
_FLOW_WIDTH = 240


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


class _Flow(dict[str, Any]):
    """A mapping to be written on one line."""


class _FlowList(list[Any]):
    """A list to be written on one line."""


_Dumper.add_representer(
    _Flow, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)
)
_Dumper.add_representer(
    _FlowList, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)
)


def dump(data: Any) -> str:
    """Plain data as YAML text. The same data always give the same bytes."""
    with _collector_paused():
        text: str = yaml.dump(
            styled(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6, line_break="\n"
        )
    return text


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No garbage collection within: tens of thousands of nodes without cycles would each time make the collector walk
    through the loaded models, which takes as long as the writing itself.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def styled(value: Any) -> Any:
    """``value`` with each small leaf mapping and each list of numbers marked to be written on one line."""
    if isinstance(value, dict):
        styled_items = {key: styled(item) for key, item in value.items()}
        return _Flow(styled_items) if _fits_one_line(styled_items) else styled_items
    if isinstance(value, list):
        items = [styled(item) for item in value]
        return _FlowList(items) if _is_short_list(items) else items
    return value


def _fits_one_line(mapping: dict[str, Any]) -> bool:
    width = 0
    for key, item in mapping.items():
        if key not in _FLOW_KEYS or type(item) in (dict, _Flow, list):
            return False
        if isinstance(item, str):
            if "\n" in item:
                return False
            width += len(item)
        width += len(key) + 8
    return 0 < width <= _FLOW_WIDTH


def _is_short_list(items: list[Any]) -> bool:
    """Numbers (spans), or a few short strings."""
    if all(isinstance(item, int | float) for item in items):
        return True
    if all(isinstance(item, _FlowList) for item in items):
        return all(isinstance(i, int) for item in items for i in item) and len(items) <= 12
    return all(isinstance(item, str) and "\n" not in item for item in items) and sum(map(len, items)) <= 100
