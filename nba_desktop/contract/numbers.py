"""Telephone numbers as a telephone system writes them, and what they are; panel and backend read them alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

import phonenumbers

Presentation = Literal["allowed", "restricted", "unknown"]

_WITHHELD: Final = frozenset({"anonymous", "restricted", "withheld", "private"})
_UNKNOWN: Final = frozenset({"", "unknown", "<unknown>", "unavailable"})
_SEPARATORS: Final = re.compile(r"[ \-/().]")
_DIGITS: Final = re.compile(r"\+?[0-9*#]{1,32}")
# Emergency, authorities, the harmonised European service numbers (116xxx) and directory enquiries: they look like
# short extensions or broken subscriber numbers, and some pass as valid once a country code is guessed in front.
_SERVICE: Final = re.compile(r"110|112|115|116[0-9]{3}|118[0-9]{2,3}")


class NumberFormat(StrEnum):
    """How a source writes the numbers of outside callers. A leading `+` is understood in every format."""

    E164 = "e164"
    E164_WITHOUT_PLUS = "e164_without_plus"
    NATIONAL = "national"
    INTERNATIONAL_00 = "international_00"


class NumberKind(StrEnum):
    """What a number turns out to be."""

    WITHHELD = "withheld"
    UNKNOWN = "unknown"
    EXTENSION = "extension"
    SERVICE = "service"
    SUBSCRIBER = "subscriber"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class NumberRules:
    """How one source writes numbers; never guessed from the numbers themselves.

    `region` is the two-letter country the telephone system stands in. `trunk_prefix` are the digits it puts before
    every outside number (often `0`); empty when it puts none. `extension_digits` is the length of the longest
    extension. Raises `ValueError` with a text that says what cannot be.
    """

    format: NumberFormat = NumberFormat.E164
    region: str = "DE"
    trunk_prefix: str = ""
    extension_digits: int = 5

    def __post_init__(self) -> None:
        if self.region not in phonenumbers.SUPPORTED_REGIONS:
            raise ValueError("the region is not a two-letter country code such as DE")
        if self.trunk_prefix and not re.fullmatch("[0-9]{1,4}", self.trunk_prefix):
            raise ValueError("the trunk prefix is not one to four digits")
        if not 0 <= self.extension_digits <= 9:
            raise ValueError("extensions are 0 to 9 digits long")


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number as it came and, where it is a subscriber's, as E.164."""

    raw: str = ""
    e164: str | None = None
    presentation: Presentation = "unknown"


def classify(raw: str, rules: NumberRules) -> NumberKind:
    """Say what `raw` is; UNREADABLE when the source's format does not fit it."""
    return _classified(raw, rules)[0]


def _classified(raw: str, rules: NumberRules) -> tuple[NumberKind, str | None]:
    word = raw.strip().lower()
    if word in _UNKNOWN:
        return NumberKind.UNKNOWN, None
    if word in _WITHHELD:
        return NumberKind.WITHHELD, None
    digits = _SEPARATORS.sub("", word)
    if not _DIGITS.fullmatch(digits):
        return NumberKind.UNREADABLE, None
    if _SERVICE.fullmatch(digits):
        return NumberKind.SERVICE, None
    if not digits.startswith("+") and len(digits) <= rules.extension_digits:
        return NumberKind.EXTENSION, None
    e164 = _e164(digits, rules)
    return NumberKind.UNREADABLE if e164 is None else NumberKind.SUBSCRIBER, e164


def read_number(raw: str, rules: NumberRules) -> ReadNumber:
    """Understand a number as the source wrote it.

    `raw` is kept, but for a source's word for "nothing", which becomes empty.
    """
    kind, e164 = _classified(raw, rules)
    if kind is NumberKind.UNKNOWN:
        return ReadNumber()
    presentation: Presentation = "restricted" if kind is NumberKind.WITHHELD else "allowed"
    return ReadNumber(raw=raw.strip(), e164=e164, presentation=presentation)


def _e164(digits: str, rules: NumberRules) -> str | None:
    international = digits if digits.startswith("+") else _international(digits, rules)
    if international is None:
        return None
    try:
        number = phonenumbers.parse(international, None)
    except phonenumbers.NumberParseException:
        return None
    # Possible, not valid: a range handed out after the library's release must not make a customer unknown.
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _international(digits: str, rules: NumberRules) -> str | None:
    """Rewrite `digits` with a leading plus, or None when they are not written in the source's format."""
    if rules.trunk_prefix:
        if not digits.startswith(rules.trunk_prefix):
            return None
        digits = digits[len(rules.trunk_prefix) :]
    match rules.format:
        case NumberFormat.E164:
            return None
        case NumberFormat.E164_WITHOUT_PLUS:
            # No country code starts with 0; such a number came in another format.
            return None if digits.startswith("0") else f"+{digits}"
        case NumberFormat.INTERNATIONAL_00:
            return f"+{digits[2:]}" if digits.startswith("00") else None
        case NumberFormat.NATIONAL:
            if digits.startswith("00"):
                return f"+{digits[2:]}"
            prefix = phonenumbers.ndd_prefix_for_region(rules.region, True) or ""
            if not digits.startswith(prefix):
                return None
            return f"+{phonenumbers.country_code_for_region(rules.region)}{digits[len(prefix) :]}"
