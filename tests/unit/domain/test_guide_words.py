"""The sentences of a guide, the catalogue's and the agent's."""

from __future__ import annotations

from nba_desktop.contract.recommendation import StepInput
from nba_desktop.domain.guide import GuideRun
from nba_desktop.domain.guide_words import original_of, values_of, wording_of, wording_problem
from nba_desktop.domain.own import BRIDGE, Own, step_part
from nba_desktop.domain.template import TemplateFault
from tests.fakes import states
from tests.widget.ui.lower.contacts import chosen, with_action

contact = with_action(
    states.helmut_contact("de"),
    "SRV_INSTALMENT",
    bridge="Es sind 84 € – gut?",
    bridge_template="Es sind {new_eur} – gut?",
    given={"new_eur": "84 €"},
)
action = chosen(contact)


def written(asked: StepInput, value: str) -> str:
    return f"<{value}>"


def test_the_agents_sentence_stands_for_the_catalogues() -> None:
    own = Own().worded(action.action_id, BRIDGE, "de", "Es sind {new_eur} – gut?", "Passen {new_eur}?")
    wording = wording_of(action, BRIDGE, own, "de")
    assert (wording.template, wording.own) == ("Passen {new_eur}?", True)
    plain = wording_of(action, BRIDGE, Own(), "de")
    assert (plain.template, plain.own) == ("Es sind {new_eur} – gut?", False)


def test_a_step_that_came_without_a_template_is_said_as_it_came_and_cannot_be_worded() -> None:
    wording = wording_of(action, step_part("reading"), Own(), "de")
    assert (wording.template, wording.original) == ("Aktuellen Zählerstand erfragen", None)
    assert original_of(action, step_part("reading")) is None
    assert original_of(action, "step:nowhere") is None


def test_gaps_are_filled_by_the_backend_and_by_what_was_entered() -> None:
    run = GuideRun().entered("reading", "reading", "12345").entered("x", "unknown", "1")
    assert values_of(action, run, written) == {"new_eur": "84 €", "reading": "<12345>"}


def test_what_belongs_to_this_customer_is_not_kept_for_the_next() -> None:
    for text in ("Es sind 84 Euro", "Gut, Frau Brandt?", "Kunde 104 776"):
        problem = wording_problem(contact, BRIDGE, text, written)
        assert problem is not None, text
        assert problem.fault is TemplateFault.CUSTOMER_DATA
    assert wording_problem(contact, BRIDGE, "Passen {new_eur}, nach dem Stand {reading}?", written) is None
