"""A site's own words for what stands in a journey, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nba_desktop.contract.base import Params


@dataclass(frozen=True, slots=True)
class TouchpointWords:
    """What a type of touchpoint is called in the strip, and its sentence with the params in braces."""

    word: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SiteWords:
    """The words by the codes of touchpoint types and of forms; what has none is said in the panel's own words."""

    touchpoints: Mapping[str, TouchpointWords] = field(default_factory=dict)
    forms: Mapping[str, str] = field(default_factory=dict)

    def params(self, params: Params) -> Params:
        """Return params in which a form that the site named stands by its name."""
        form = params.get("form")
        return {**params, "form": self.forms[form]} if isinstance(form, str) and form in self.forms else params
