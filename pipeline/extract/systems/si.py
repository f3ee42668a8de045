"""Amounts in the units of the SI, beside the stated ones: ``12-32 km`` is 12,000 to 32,000 m.

The units that the shipped packs use stand in a table of exact factors, because importing pint and building its registry
takes most of a second in every process, more than all systems of an article. A unit that only a user's own pack knows
is asked of pint, when it comes up. The tests compare the table with pint.

What has no fixed value in the SI has none here: Mach numbers, money, percentages, bytes, counts.
"""

from __future__ import annotations

from functools import cache

from pipeline.facts import Quantity

#: Unit to SI unit and factor, exact by definition (international foot, mile and pound).
FACTORS: dict[str, tuple[str, float]] = {
    "m": ("m", 1.0), "km": ("m", 1000.0), "cm": ("m", 0.01), "mm": ("m", 0.001), "ft": ("m", 0.3048),
    "mi": ("m", 1609.344), "nmi": ("m", 1852.0),
    "m/s": ("m/s", 1.0), "km/h": ("m/s", 1000 / 3600), "kn": ("m/s", 1852 / 3600),
    "kg": ("kg", 1.0), "g": ("kg", 0.001), "t": ("kg", 1000.0), "lb": ("kg", 0.45359237),
    "s": ("s", 1.0), "ms": ("s", 0.001), "min": ("s", 60.0), "h": ("s", 3600.0),
    "W": ("W", 1.0), "kW": ("W", 1e3), "MW": ("W", 1e6), "GW": ("W", 1e9),
    "Hz": ("Hz", 1.0), "kHz": ("Hz", 1e3), "MHz": ("Hz", 1e6), "GHz": ("Hz", 1e9),
    "N": ("N", 1.0), "kN": ("N", 1e3),
}  # fmt: skip
#: Units of the packs that the SI has no fixed value for.
_NONE = frozenset({"Mach", "USD", "EUR", "GBP", "%", "GB", "MB", "KB", "TB", "year", "units", "hp", "SWU"})


def in_si(
    unit: str | None, value: float, minimum: float | None = None, maximum: float | None = None
) -> Quantity | None:
    """The amount in the SI's unit; None for what has none there."""
    found = _factor(unit) if unit is not None else None
    if found is None:
        return None
    si_unit, factor = found
    return Quantity(
        value=_rounded(value * factor),
        minimum=None if minimum is None else _rounded(minimum * factor),
        maximum=None if maximum is None else _rounded(maximum * factor),
        unit=si_unit,
    )


def _rounded(value: float) -> int | float:
    """Seven significant digits: more than any text states, and no trace of binary fractions."""
    short = float(f"{value:.7g}")
    return int(short) if short == int(short) else short


@cache
def _factor(unit: str) -> tuple[str, float] | None:
    if unit in FACTORS:
        return FACTORS[unit]
    return None if unit in _NONE or not unit.isascii() else _by_pint(unit)


def _by_pint(unit: str) -> tuple[str, float] | None:
    import pint

    try:
        base = _registry().Quantity(1.0, unit).to_base_units()
    except (pint.PintError, AssertionError, ValueError, TypeError):
        return None
    return (f"{base.units:~}".replace(" ", ""), float(base.magnitude)) if not base.unitless else None


@cache
def _registry():  # type: ignore[no-untyped-def]
    import pint

    return pint.UnitRegistry()
