"""Something happens to the customer while he is on the line: the ranking follows, and the agent stays where he is."""

from __future__ import annotations

from nba_desktop.contract.arrival import OfferNews
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.domain.blocks import Block, BlockStatus
from nba_desktop.domain.errors import BackendOffline
from tests.fakes.desk import Desk


def tell(desk: Desk, *action_ids: str) -> None:
    desk.backend.raised = action_ids[-1]
    news = OfferNews(sequence=7, contact_id=desk.contact().contact_id, action_ids=action_ids)
    desk.session.on_news(news)


def ranked(desk: Desk) -> list[str]:
    return [one.action_id for one in desk.contact().recommendations]


def test_a_new_offer_is_ranked_and_said_and_the_chosen_action_stays(solved: Desk) -> None:
    before = solved.contact()
    raised = ranked(solved)[-1]
    assert (before.action_picked, before.action_id) == (False, ranked(solved)[0])
    tell(solved, raised)
    assert (solved.contact().actions_block.status, ranked(solved)[-1]) == (BlockStatus.LOADING, raised)
    solved.tasks.finish_all()
    after = solved.contact()
    assert (ranked(solved)[0], after.action_id, after.action_picked) == (raised, before.action_id, False)
    assert [one.action_id for one in after.new_actions] == [raised]
    assert after.tab is before.tab


def test_once_the_customer_hears_of_it_it_is_new_no_more(solved: Desk) -> None:
    raised = ranked(solved)[-1]
    tell(solved, raised)
    solved.tasks.finish_all()
    solved.session.select_action(raised)
    solved.session.respond(ResponseCode.THINKING)
    assert solved.contact().new_actions == ()


def test_what_the_agent_asks_meanwhile_chooses_for_him_as_ever(solved: Desk) -> None:
    raised = ranked(solved)[-1]
    solved.session.mark_solved(False)
    tell(solved, raised)
    solved.tasks.finish_all()
    assert solved.contact().action_id == raised
    assert {solved.contact().block(block).status for block in Block} == {BlockStatus.READY}


def test_news_of_another_call_or_of_a_caller_nobody_knows_ask_nothing(desk: Desk) -> None:
    desk.answer_call()
    asked = list(desk.backend.asked)
    tell(desk, "SRV_INSTALMENT")
    desk.session.on_news(OfferNews(sequence=1, contact_id=new_id(), action_ids=("SRV_INSTALMENT",)))
    desk.tasks.finish_all()
    assert desk.backend.asked == asked


def test_a_ranking_that_does_not_come_leaves_the_cards(solved: Desk) -> None:
    before = ranked(solved)
    solved.backend.broken = BackendOffline()
    tell(solved, before[-1])
    solved.tasks.finish_all()
    assert (ranked(solved), solved.contact().actions_block.status) == (before, BlockStatus.FAILED)
