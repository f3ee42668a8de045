"""What a person decided about a record: the entries, their files, the text they are anchored in, and applying them.

A person's decision outranks every stage: ``emit`` applies the decisions last, before it writes. Nothing here knows
of stages, of the web page, or of time; how an entry gets into a file is the business of :mod:`pipeline.review`.
"""

from pipeline.decisions.apply import Decided, decide, is_decided
from pipeline.decisions.entries import Anchor, Entry, Into
from pipeline.decisions.files import FOLDER, ReviewFile, read_reviews

__all__ = ["FOLDER", "Anchor", "Decided", "Entry", "Into", "ReviewFile", "decide", "is_decided", "read_reviews"]
