"""Sentences with gaps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.domain.template import GAP, Part, TemplateFault, filled, gap_names, parts, problem_of

ORIGINAL = "Neuen Abschlag nennen: {new_eur} statt {old_eur} ab {start}, 12 Monate"
VALUES = {"new_eur": "84 €", "old_eur": "98 €"}


def test_values_are_put_in_and_what_is_missing_is_marked() -> None:
    assert filled(ORIGINAL, VALUES) == "Neuen Abschlag nennen: 84 € statt 98 € ab […], 12 Monate"
    assert parts("{a} und {b}", {"a": "1"}) == (Part("value", "1"), Part("words", " und "), Part("gap", GAP))
    assert filled("im {bill:month}", {"bill:month": "März"}) == "im März"


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_value_is_a_gap(empty: str) -> None:
    assert filled("{a}!", {"a": empty}) == "[…]!"


@pytest.mark.parametrize(
    "text", ["{a.b}", "{a[0]}", "{a!r}", "{0}", "{}", "{{a}}"[:3], "{a:>10}", "{__class__}", "{", "}", "{a b}", "%(a)s"]
)
def test_only_plain_names_are_gaps(text: str) -> None:
    assert filled(text, {"a": "x", "b": "y"}) == text


def test_a_value_is_never_read_as_a_template() -> None:
    assert filled("{a} {b}", {"a": "{b}", "b": "{a}"}) == "{b} {a}"


@given(st.text(), st.dictionaries(st.sampled_from(["a", "b", "c:month"]), st.text()))
def test_nothing_but_gaps_changes_and_none_is_never_said(text: str, values: dict[str, str]) -> None:
    found = parts(text, values)
    words = [part.text for part in found if part.kind == "words"]
    assert all(part.text == GAP for part in found if part.kind == "gap")
    assert len(gap_names(text)) <= sum(part.kind != "words" for part in found)
    rest = text
    for word in words:
        assert word in rest
        rest = rest[rest.index(word) + len(word) :]


@pytest.mark.parametrize(
    ("own", "fault", "words"),
    [
        ("   ", TemplateFault.EMPTY, ""),
        ("x" * 601, TemplateFault.TOO_LONG, "600"),
        ("eins\nzwei", TemplateFault.SEVERAL_LINES, ""),
        ("nur {new_eur", TemplateFault.BRACES, ""),
        ("nur {new.eur}", TemplateFault.BRACES, ""),
        ("Herr {name}", TemplateFault.UNKNOWN_GAP, "{name}"),
        ("Es werden 84 Euro", TemplateFault.CUSTOMER_DATA, "84"),
        ("Das passt, Herr Brandt", TemplateFault.CUSTOMER_DATA, "Brandt"),
    ],
)
def test_an_own_sentence_says_what_is_wrong(own: str, fault: TemplateFault, words: str) -> None:
    problem = problem_of(own, ORIGINAL, VALUES, ("Helmut", "Brandt"))
    assert problem is not None
    assert (problem.fault, problem.words) == (fault, words)


@pytest.mark.parametrize(
    "own", ["Künftig {new_eur} statt {old_eur}.", "Ab {start} nur noch {new_eur}, zwölf oder 12 Monate lang", ORIGINAL]
)
def test_a_good_own_sentence_has_no_fault(own: str) -> None:
    assert problem_of(own, ORIGINAL, VALUES, ("Helmut", "Brandt")) is None
