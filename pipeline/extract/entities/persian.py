"""placeholder"""

from pipeline.extract.entities.resolve import disjoint


def persian_mentions(reading, known, systems, given=()):
    return disjoint(
        [*given] + [n for d in (False, True) for n, p in known.find(reading, descriptive=d) if not p.guarded]
    )
