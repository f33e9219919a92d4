"""A file of settings, of the user or of the machine, as the values it holds."""

from __future__ import annotations

import json
from typing import Any, Final

from nba_desktop.domain.errors import SettingsError

LARGEST: Final = 1024 * 1024


def values_of(content: bytes, where: str) -> Any:
    """What the JSON says. Raises `SettingsError` with place and fault, never with a value.

    `content` may be cut off behind `LARGEST` bytes, and one more that tells that there were more.
    """
    if len(content) > LARGEST:
        raise SettingsError(where, "larger than 1 MiB")
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_without_doubles)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{where}, line {line}", "not UTF-8") from None
    except json.JSONDecodeError as error:
        raise SettingsError(f"{where}, line {error.lineno}", error.msg) from None
    except RecursionError:
        raise SettingsError(where, "nested too deeply") from None
    except ValueError as error:
        raise SettingsError(where, str(error)) from None


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("a key is there twice")
    return values
