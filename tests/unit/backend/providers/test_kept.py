"""What is kept of answers: so many, so long, and only for what they were asked for."""

from __future__ import annotations

from nba_desktop.backend.providers.answer import Answer
from nba_desktop.backend.providers.kept import KeptAnswer, KeptAnswers
from tests.fakes.decisions import NOW


def kept(until: float) -> KeptAnswer:
    return KeptAnswer(Answer(frozenset({"a", "b"})), NOW, until)


def test_the_oldest_goes_where_there_are_too_many_and_what_is_over_first() -> None:
    answers = KeptAnswers(2)
    for number in range(3):
        answers.put(("tariffs", f"c-{number}"), kept(50), now=0)
    asked = frozenset({"a"})
    assert [answers.find(("tariffs", f"c-{number}"), asked, 49) is None for number in range(3)] == [True, False, False]
    assert answers.find(("tariffs", "c-1"), asked, 50) is None
    answers.put(("tariffs", "c-3"), kept(90), now=60)
    assert len(answers._kept) == 1


def test_an_answer_to_another_question_is_none() -> None:
    answers = KeptAnswers(2)
    answers.put(("tariffs", "c-1"), kept(50), now=0)
    assert answers.find(("tariffs", "c-1"), frozenset({"a", "c"}), 1) is None
    assert answers.find(("parcels", "c-1"), frozenset({"a"}), 1) is None
