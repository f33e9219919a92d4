"""What the agent keeps for himself."""

from __future__ import annotations

from nba_desktop.domain.own import BRIDGE, LONGEST_NOTE, Own


def test_a_favourite_comes_and_goes() -> None:
    own = Own().toggled("move", "Umzug").toggled("bill", "Rechnung")
    assert [one.article_id for one in own.favourites] == ["bill", "move"]
    assert not own.toggled("move", "Umzug").is_favourite("move")


def test_a_note_is_replaced_and_an_empty_one_taken_away() -> None:
    own = Own().noted("move", "Umzug", "erst").noted("move", "Umzug", " dann ")
    assert own.note_on("move") == "dann"
    assert own.noted("move", "Umzug", "  ") == Own()
    assert len(Own().noted("move", "Umzug", "x" * 9_999).note_on("move")) == LONGEST_NOTE


def test_an_own_wording_holds_for_the_very_sentence_it_was_written_for() -> None:
    own = Own().worded("A", BRIDGE, "de", "Alt?", "Mein Satz?")
    assert own.wording_of("A", BRIDGE, "de", "Alt?") == "Mein Satz?"
    assert own.wording_of("A", BRIDGE, "de", "Neu?") is None
    assert own.wording_of("A", BRIDGE, "en", "Alt?") is None
    assert own.outdated_wording("A", BRIDGE, "de", "Neu?") == "Mein Satz?"
    assert own.outdated_wording("A", BRIDGE, "de", "Alt?") is None


def test_the_sentence_itself_or_nothing_resets_a_wording() -> None:
    own = Own().worded("A", BRIDGE, "de", "Alt?", "Mein Satz?")
    assert own.worded("A", BRIDGE, "de", "Alt?", "") == Own()
    assert own.worded("A", BRIDGE, "de", "Alt?", "Alt?") == Own()


def test_what_is_written_is_not_told_by_accident() -> None:
    own = Own().noted("move", "Umzug", "geheim").worded("A", BRIDGE, "de", "Alt?", "heimlich")
    assert "geheim" not in repr(own)
    assert "heimlich" not in repr(own)
