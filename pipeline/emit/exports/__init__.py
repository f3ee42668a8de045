"""Records as files that other programs read: one module a format, one table of them (:mod:`.exporter`).

A module only says how a record looks in its format. Which records, into which folder, under which names, and what
happens to a record that a format cannot hold is the business of :mod:`.delivery`. ``docs/exports.md`` says for each
format what is lost.
"""

from pipeline.emit.exports.delivery import Delivered, deliver
from pipeline.emit.exports.exporter import Exporter, exporter, exporters

__all__ = ["Delivered", "Exporter", "deliver", "exporter", "exporters"]
