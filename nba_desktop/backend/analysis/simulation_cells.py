"""Tables in words: numbers as they are written, and two versions' numbers side by side with their difference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Written = Literal["count", "share"]
TableKey = Literal[
    "funnel", "issues", "actions", "never", "choice", "without", "factors", "rules", "comparison", "moves"
]

NOT_SHOWN: Final = "–"


@dataclass(frozen=True, slots=True)
class Table:
    """A table in words; the first `words` columns hold texts, the others numbers."""

    key: TableKey
    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of this version, and the one it is compared with (None: there is none)."""

    now: float
    before: float | None = None


def count(number: float) -> str:
    """A number as 12,345."""
    return f"{number:,.0f}"


def share(part: float) -> str:
    """A share between 0 and 1 as 12.3 %."""
    return f"{part:.1%}".replace("%", " %")


def beside(
    compared: bool,
    labels: Sequence[str],
    measures: Sequence[tuple[str, Written]],
    rows: Iterable[tuple[tuple[str, ...], Sequence[Figure]]],
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Heads and rows: each measure, and with two versions the other's and the difference behind it."""
    heads = list(labels)
    for name, _ in measures:
        heads += [name] if not compared else [name, "before", "±"]
    written: list[tuple[str, ...]] = []
    for words, figures in rows:
        cells = list(words)
        for (_, how), figure in zip(measures, figures, strict=True):
            cells.append(as_written(figure.now, how))
            if compared:
                cells += [NOT_SHOWN if figure.before is None else as_written(figure.before, how), change(figure, how)]
        written.append(tuple(cells))
    return tuple(heads), tuple(written)


def as_written(number: float, how: Written) -> str:
    """A number as it is written."""
    return share(number) if how == "share" else count(number)


def change(figure: Figure, how: Written) -> str:
    """The difference with its sign; a share's in percentage points, none as `=`."""
    difference = figure.now - (figure.before or 0)
    text = f"{100 * difference:+.1f}" if how == "share" else f"{difference:+,.0f}"
    return "=" if not text.strip("+-0.") else text.replace("-", "−")
