"""Addresses and bodies with placeholders: simple string expansion as of RFC 6570, level 1."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

PLACEHOLDERS: Final = ("customer_id", "customer_no", "postcode")
"""What may be told of the customer to whoever is asked."""

_GAP: Final = re.compile(r"\{([^{}]*)\}")


def check_template(template: Any) -> None:
    """Raise `ValueError` for a text, or one inside of lists and mappings, with a placeholder that nothing fills."""
    if isinstance(template, dict):
        for key, value in template.items():
            if "{" in key or "}" in key:
                raise ValueError(f"the key '{key}' holds a placeholder: only values may")
            check_template(value)
    elif isinstance(template, list):
        for one in template:
            check_template(one)
    elif isinstance(template, str):
        for name in _GAP.findall(template):
            if name not in PLACEHOLDERS:
                known = ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
                raise ValueError(f"nothing fills '{{{name}}}': there are {known}")
        if set("{}") & set(_GAP.sub("", template)):
            raise ValueError("a brace is not closed or not opened")
    elif template is not None and not isinstance(template, int | float):
        raise ValueError(f"'{template}' is nothing that JSON knows: put it in quotes")


def filled_url(template: str, values: Mapping[str, str]) -> str:
    """Return an address with its placeholders filled; everything but letters, digits and -._~ is escaped.

    Raises `ValueError` for a value of dots alone, which would lead to another place of the server.
    """
    if any(set(values[name]) == {"."} for name in _GAP.findall(template)):
        raise ValueError("dots alone name no customer")
    return _GAP.sub(lambda gap: quote(values[gap[1]], safe=""), template)


def filled_body(template: Any, values: Mapping[str, str]) -> Any:
    """Return a body with the placeholders in its texts filled; JSON escapes what must be."""
    if isinstance(template, dict):
        return {key: filled_body(value, values) for key, value in template.items()}
    if isinstance(template, list):
        return [filled_body(one, values) for one in template]
    return _GAP.sub(lambda gap: values[gap[1]], template) if isinstance(template, str) else template
