"""The style of a record's YAML: UTF-8, fixed key order, LF, no anchors, a mention on one line.

PyYAML's C emitter does the writing. Its events are made here in one pass over the data, small leaf mappings such as
mentions and cells in flow style on one line, prose in block style: the usual way, by nodes that are represented and
then serialized in Python, takes three times as long for the same bytes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml
from yaml.representer import SafeRepresenter
from yaml.resolver import Resolver

from pipeline import collector

#: A leaf mapping is written on one line when its keys are among these…
_FLOW_KEYS = frozenset(
    ["span", "surface", "normalized", "method", "confidence", "sha256", "field", "calendar", "en", "fa", "country",
     "evidence", "basis", "kind", "language", "level", "page", "bbox", "section", "continues", "name", "version",
     "edtf", "gregorian", "native", "modifier", "calendar_confidence", "type", "target", "qualifier", "value",
     "minimum", "maximum", "unit", "before", "after"]
)  # fmt: skip
#: …and it holds no more characters than this.
_FLOW_WIDTH = 240


#: Strings longer than this are prose that does not come twice.
_LONGEST_REMEMBERED = 60

_TAG = "tag:yaml.org,2002:"
_BLOCK_MAPPING, _FLOW_MAPPING = (yaml.MappingStartEvent(None, f"{_TAG}map", True, flow_style=f) for f in (False, True))
_BLOCK_LIST, _FLOW_LIST = (yaml.SequenceStartEvent(None, f"{_TAG}seq", True, flow_style=f) for f in (False, True))
_MAPPING_END, _LIST_END = yaml.MappingEndEvent(), yaml.SequenceEndEvent()
_HEAD = (yaml.StreamStartEvent(), yaml.DocumentStartEvent(explicit=False))
_TAIL = (yaml.DocumentEndEvent(explicit=False), yaml.StreamEndEvent())
#: A string that begins with none of these is never taken for something else than a string.
_OTHER_THAN_STRINGS = frozenset(Resolver.yaml_implicit_resolvers)


_RESOLVER = Resolver()


class _Representer(SafeRepresenter):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def dump(data: Any) -> str:
    """Plain data as YAML text. The same data always give the same bytes."""
    with collector.paused():
        events: list[yaml.Event] = [*_HEAD]
        _add(data, events)
        events += _TAIL
        text: str = yaml.emit(events, Dumper=yaml.CSafeDumper, allow_unicode=True, width=10**6, line_break="\n")
    return text


def _add(value: Any, events: list[yaml.Event]) -> yaml.Event:
    """Add the events of a value. Returns the first of them, by which mappings and lists are told apart."""
    kind = type(value)
    if kind is str or kind is int:
        event = _short(value) if kind is int or len(value) <= _LONGEST_REMEMBERED else _string(value)
    elif isinstance(value, dict):
        return _add_mapping(value, events)
    elif isinstance(value, list):
        return _add_list(value, events)
    elif kind is float:
        event = _fraction(repr(value))
    else:
        first = len(events)
        _add_node(_represented(value), events)
        return events[first]
    events.append(event)
    return event


def _add_mapping(mapping: dict[Any, Any], events: list[yaml.Event]) -> yaml.Event:
    """A mapping, on one line when it is small, its keys are among those that may stand so, and nothing is nested."""
    at = len(events)
    events.append(_BLOCK_MAPPING)
    width: float = 0
    for key, item in mapping.items():
        if key in _FLOW_KEYS:
            events.append(_short(key))
        else:
            _add(key, events)
        begun = _add(item, events)
        if width > _FLOW_WIDTH:
            continue
        if (
            key not in _FLOW_KEYS
            or begun is _BLOCK_MAPPING
            or begun is _FLOW_MAPPING
            or begun is _BLOCK_LIST
            or (isinstance(item, str) and "\n" in item)
        ):
            width = float("inf")
        else:
            width += len(key) + 8 + (len(item) if isinstance(item, str) else 0)
    events.append(_MAPPING_END)
    if 0 < width <= _FLOW_WIDTH:
        events[at] = _FLOW_MAPPING
    return events[at]


def _add_list(items: list[Any], events: list[yaml.Event]) -> yaml.Event:
    """A list, on one line when it holds numbers (a span), a few spans, or a few short strings."""
    if len(items) == 2 and type(items[0]) is int and type(items[1]) is int:
        events += (_FLOW_LIST, _short(items[0]), _short(items[1]), _LIST_END)
        return _FLOW_LIST
    at = len(events)
    events.append(_BLOCK_LIST)
    begun = [_add(item, events) for item in items]
    events.append(_LIST_END)
    if _is_short(items, begun):
        events[at] = _FLOW_LIST
    return events[at]


def _is_short(items: list[Any], begun: list[yaml.Event]) -> bool:
    if all(isinstance(item, int | float) for item in items):
        return True
    if all(event is _FLOW_LIST for event in begun):
        return len(items) <= 12 and all(isinstance(i, int) for item in items for i in item)
    return all(isinstance(item, str) and "\n" not in item for item in items) and sum(map(len, items)) <= 100


@lru_cache(maxsize=20_000)
def _short(value: str | int) -> yaml.Event:
    """The event of a short string or whole number: names, ids, keys and offsets come again and again."""
    return _string(value) if isinstance(value, str) else yaml.ScalarEvent(None, f"{_TAG}int", (True, False), str(value))


def _string(text: str) -> yaml.Event:
    plain = text[:1] not in _OTHER_THAN_STRINGS or _resolved(text, (True, False)) == f"{_TAG}str"
    return yaml.ScalarEvent(None, f"{_TAG}str", (plain, True), text)


@lru_cache(maxsize=20_000)
def _fraction(text: str) -> yaml.Event:
    events: list[yaml.Event] = []
    _add_node(_represented(float(text)), events)
    return events[0]


def _represented(value: Any) -> yaml.Node:
    """The node PyYAML makes of a value. Raises RepresenterError for what is no plain data."""
    return _Representer(default_flow_style=False, sort_keys=False).represent_data(value)


def _resolved(text: str, implicit: tuple[bool, bool]) -> str:
    """The tag a reader will give to a scalar that is written plain (first), or in quotes (second)."""
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, text, implicit)  # type: ignore[no-untyped-call]
    return tag


def _add_node(node: yaml.Node, events: list[yaml.Event]) -> None:
    """The events of a node that PyYAML made of a value (fractions, truth values, dates…)."""
    if isinstance(node, yaml.MappingNode):
        usual = node.tag == f"{_TAG}map"
        events.append(yaml.MappingStartEvent(None, node.tag, usual, flow_style=node.flow_style))
        for key, value in node.value:
            _add_node(key, events)
            _add_node(value, events)
        events.append(_MAPPING_END)
    elif isinstance(node, yaml.SequenceNode):
        usual = node.tag == f"{_TAG}seq"
        events.append(yaml.SequenceStartEvent(None, node.tag, usual, flow_style=node.flow_style))
        for item in node.value:
            _add_node(item, events)
        events.append(_LIST_END)
    elif isinstance(node, yaml.ScalarNode):
        plain, quoted = (_resolved(node.value, how) == node.tag for how in ((True, False), (False, True)))
        events.append(yaml.ScalarEvent(None, node.tag, (plain, quoted), node.value, style=node.style))
