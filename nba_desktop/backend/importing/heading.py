"""Whether the first line of a CSV file is the heading that a mapping speaks of; what stands there is never repeated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.importing.mapping import FileMapping

_DELIMITERS: Final = (";", ",", "\t", "|")


def best_delimiter(line: str, mapping: FileMapping) -> str:
    """Return what parts the first line into the most columns that the mapping names."""
    return max(_DELIMITERS, key=lambda one: _found(line, one, mapping))


def check_delimiter(file: str, line: str, delimiter: str, mapping: FileMapping) -> None:
    """Raise `ConfigurationError` where another delimiter finds columns of the mapping and the declared one does not."""
    other = best_delimiter(line, mapping)
    if _found(line, other, mapping) > _found(line, delimiter, mapping) and delimiter not in line:
        raise ConfigurationError(
            f"{file}, line 1: the heading has one column; is it separated by {other!r} and not {delimiter!r}?"
        )


def check_heading(file: str, heading: Sequence[str], mapping: FileMapping) -> None:
    """Raise `ConfigurationError` where the first line lacks most of the mapped columns, or has a name twice.

    A file without a heading begins with a customer: only of what is plainly a heading a name is ever said.
    """
    if not any(heading):
        raise ConfigurationError(f"{file}, line 1: there is no heading that names the columns")
    named = mapping.columns()
    found = len(named & set(heading))
    if named and 2 * found <= len(named):
        raise ConfigurationError(
            f"{file}, line 1 does not look like a heading: of the {len(named)} columns that the mapping names it has "
            f"{found}; the first line must name the columns as the mapping does"
        )
    twice = sorted({one for one in named if heading.count(one) > 1})
    if twice:
        raise ConfigurationError(f"{file}, line 1: the heading has {', '.join(twice)} more than once")


def _found(line: str, delimiter: str, mapping: FileMapping) -> int:
    """Return how many columns of the mapping are there; a byte order mark is none of a name."""
    return len(mapping.columns() & {name.strip(f" \r\n\ufeff{mapping.quote}") for name in line.split(delimiter)})
