"""The body of a webhook: JSON or a form, as fields."""

from __future__ import annotations

import json
from typing import Final
from urllib.parse import parse_qsl

from nba_desktop.backend.calls.report import Fields
from nba_desktop.backend.errors import MalformedHook

_MOST_FIELDS: Final = 500


def fields_of(body: bytes) -> Fields:
    """Read a body, whatever its content type says: telephone systems send JSON under many names.

    A JSON object holds texts, numbers or lists of them; everything deeper is ignored. Raises `MalformedHook`.
    """
    values = _json(body) if body.lstrip()[:1] in (b"{", b"[", b'"') else _form(body)
    found: dict[str, tuple[str, ...]] = {}
    for name, value in values:
        key = name.removesuffix("[]")
        found[key] = (*found.get(key, ()), value)
    return Fields(found)


def _json(body: bytes) -> list[tuple[str, str]]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise MalformedHook("the body is not JSON") from error
    if not isinstance(document, dict):
        raise MalformedHook("the body is JSON, but no object")
    pairs = [
        (name, text)
        for name, value in document.items()
        for one in (value if isinstance(value, list) else (value,))
        if (text := _text(one)) is not None
    ]
    if len(pairs) > _MOST_FIELDS:
        raise MalformedHook("the body has too many fields")
    return pairs


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return value
    # A long run of digits is no number of a telephone, and slow to print.
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**40:
        return str(value)
    return None


def _form(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            body.decode("utf-8", errors="replace"),
            keep_blank_values=True,
            max_num_fields=_MOST_FIELDS,
            errors="replace",
        )
    except ValueError as error:
        raise MalformedHook("the body has too many fields") from error
