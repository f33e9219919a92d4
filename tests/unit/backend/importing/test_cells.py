"""What cells of other systems say, and the rule that is named where they say nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nba_desktop.backend.importing.cells import CellType, Notation, Unfit, reader
from nba_desktop.contract.numbers import NumberFormat, NumberRules

BERLIN = ZoneInfo("Europe/Berlin")
OURS = Notation(BERLIN)
GERMAN = Notation(
    BERLIN,
    ("%d.%m.%Y",),
    ("%d.%m.%Y %H:%M", "%d.%m.%Y"),
    ",",
    frozenset({"ja", "J"}),
    frozenset({"nein"}),
    NumberRules(NumberFormat.NATIONAL, "DE"),
)


@pytest.mark.parametrize(
    ("kind", "notation", "cell", "value"),
    [
        ("number", GERMAN, "1.234,56", 1234.56),
        ("number", GERMAN, "-0,5", -0.5),
        ("number", GERMAN, "1234", 1234.0),
        ("number", OURS, "1,234.5", 1234.5),
        ("number", OURS, Decimal("4.20"), 4.2),
        ("integer", GERMAN, "12.000", 12000),
        ("integer", GERMAN, "12,0", 12),
        ("integer", OURS, 7.0, 7),
        ("date", GERMAN, "31.12.2026", date(2026, 12, 31)),
        ("date", OURS, "2026-12-31", date(2026, 12, 31)),
        ("date", OURS, datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 1, 1)),
        ("moment", GERMAN, "01.07.2026 12:00", datetime(2026, 7, 1, 10, tzinfo=UTC)),
        ("moment", GERMAN, "01.01.2026", datetime(2025, 12, 31, 23, tzinfo=UTC)),
        ("moment", OURS, "2026-07-01T12:00:00Z", datetime(2026, 7, 1, 12, tzinfo=UTC)),
        ("moment", Notation(BERLIN, (), ("epoch_ms",)), 1_782_900_000_000, datetime(2026, 7, 1, 10, tzinfo=UTC)),
        ("bool", GERMAN, "Ja", True),
        ("bool", GERMAN, "nein", False),
        ("bool", OURS, False, False),
        ("phone", GERMAN, "0351 / 123-45 67", "+493511234567"),
        ("phone", GERMAN, "0043 1 5880", "+4315880"),
        ("text", OURS, 4711, "4711"),
        ("text", OURS, 4711.0, "4711"),
        ("text", OURS, "  Öztürk ", "Öztürk"),
    ],
)
def test_a_cell_is_read_as_its_system_writes_it(kind: CellType, notation: Notation, cell: Any, value: Any) -> None:
    read = reader(kind, notation)(cell)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("kind", "notation", "cell", "rule"),
    [
        ("number", GERMAN, "1,234.56", "is no number as 1.234,56"),
        ("number", OURS, "12.34.56", "is no number as 1,234.56"),
        ("number", OURS, "1e999", "is no number"),
        ("number", OURS, float("inf"), "is too large"),
        ("number", OURS, 10**400, "is too large"),
        ("number", OURS, Decimal("NaN"), "is too large"),
        ("integer", GERMAN, "1,5", "is no whole number as 1.234"),
        ("integer", OURS, True, "is no whole number"),
        ("date", GERMAN, "2026-12-31", "is no date as %d.%m.%Y"),
        ("date", GERMAN, "01.01.1026", "lies outside of the years 1900 to 2199"),
        ("moment", OURS, "gestern", "is no moment as 2026-03-12T14:30"),
        ("moment", Notation(BERLIN, (), ("epoch_s",)), "1e40", "is no moment as epoch_s"),
        ("bool", GERMAN, "vielleicht", "is none of j, ja, nein"),
        ("phone", GERMAN, "123", "is no telephone number as the mapping says (national, DE)"),
        ("text", OURS, "x" * 201, "is longer than 200 characters"),
        ("text", OURS, "a\x00b", "holds a control character"),
        ("text", OURS, ["a"], "is no single value"),
    ],
)
def test_what_cannot_be_read_is_said_by_its_rule(kind: CellType, notation: Notation, cell: Any, rule: str) -> None:
    with pytest.raises(Unfit) as wrong:
        reader(kind, notation)(cell)
    assert rule in str(wrong.value)
    assert str(cell) not in str(wrong.value)


def test_a_code_that_there_is_not_is_refused_with_those_there_are() -> None:
    read = reader("choice", OURS, ("mr", "ms"))
    assert read("ms") == "ms"
    with pytest.raises(Unfit, match="is none of mr, ms: the mapping can translate it"):
        read("Herr")


@pytest.mark.parametrize(
    ("form", "cell", "day"),
    [
        ("%d.%m.%y", "25.03.63", date(1963, 3, 25)),
        ("%d.%m.%y", "29.02.64", date(1964, 2, 29)),
        ("%d.%m.%y", "25.03.26", date(2026, 3, 25)),
        ("%d.%m.%y", "13.06.26", date(1926, 6, 13)),
        ("%d.%m.%Y", "12.06.2026", date(2026, 6, 12)),
    ],
)
def test_a_day_that_has_been_is_read_in_the_past(form: str, cell: str, day: date) -> None:
    assert reader("date", Notation(BERLIN, (form,)), latest=date(2026, 6, 12))(cell) == day


@pytest.mark.parametrize("cell", ["13.06.2026", date(2063, 3, 25)])
def test_a_day_that_has_not_been_is_refused(cell: Any) -> None:
    notation = Notation(BERLIN, ("%d.%m.%y", "%d.%m.%Y"))
    with pytest.raises(Unfit, match="lies after 2026-06-12"):
        reader("date", notation, latest=date(2026, 6, 12))(cell)
