"""Dates: exact spans and EDTF values, in English and Persian text, in the Gregorian, Jalali and Hijri calendars.

``grammar`` is the machine, ``english``, ``persian`` and ``relative`` the grammars it reads by, ``values`` what an
expression means, ``lookalikes`` the numbers that are no dates, ``context`` what the rest of the article says about one,
``roles`` its part in the article, ``stage`` the stage of the pipeline. ``docs/dates.md`` has the conventions.
"""

from pipeline.extract.dates.stage import DatesSettings, DatesStage, read_dates

__all__ = ["DatesSettings", "DatesStage", "read_dates"]
