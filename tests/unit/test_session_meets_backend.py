"""Whatever an agent does in whatever order: the backend takes in all that his panel recorded, in order or in one batch.

The real session and the real services meet in one process; only the network between them is played.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.decisions.engines import Engines
from nba_desktop.contract.codes import CallFlag, ConsentChannel, ResponseCode, ResponseGroup, Speaker
from nba_desktop.domain.call_event import CallEventType, EndCause, Party
from nba_desktop.domain.consent_draft import ConsentAnswer
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.follow_ups import CONFIRMED_BY, KINDS
from nba_desktop.domain.receipts import Receipt
from nba_desktop.domain.responses import codes_of
from tests.fakes.backend_in_process import BackendInProcess
from tests.fakes.backend_services import open_services
from tests.fakes.backend_site import PORTAL_CATALOGUE
from tests.fakes.desk import CLOSES_AFTER_S, Desk

NUMBERS = {"first": "+4915112345678", "second": "+493511234567", "third": "+4935198765432"}
ITEMS = ("customer_no", "birth_date", "iban_last4", "street")
any_place = st.integers(0, 5)


def _asking_more(folder: Path) -> Path:
    """The catalogue whose actions also take a callback, and information for later."""
    words = PORTAL_CATALOGUE.read_text(encoding="utf-8")
    catalogue = folder / "catalogue.yaml"
    more = "INTEREST_INFO, INTEREST_CALLBACK, THINKING, STOP_TOPIC"
    catalogue.write_text(words.replace("THINKING, DECLINED_NO_NEED", more), encoding="utf-8")
    return catalogue


class AgentAndBackend(RuleBasedStateMachine):
    """An agent at work while the line to the backend comes and goes."""

    def __init__(self, catalogue: Path, catalogues: LiveCatalogues, engines: Engines) -> None:
        super().__init__()
        self.opened = ExitStack()
        folder = Path(self.opened.enter_context(tempfile.TemporaryDirectory()))
        services = self.opened.enter_context(open_services(folder, catalogue, catalogues, engines))
        self.desk = Desk()
        self.backend = BackendInProcess(services, self.desk.clock)
        self.session = self.desk.session
        self.session.on_backend_ready(self.backend)
        self.sent = 0
        self.late = False

    @property
    def contact(self) -> ContactState | None:
        return self.session.state.contact

    @initialize(late=st.booleans())
    def all_is_sent_in_the_end(self, late: bool) -> None:
        self.late = late
        self.a_call_is_taken("first")
        self.come_as_far_as_the_actions()

    # ---- the telephone and the line to the backend

    @rule(call=st.sampled_from(sorted(NUMBERS)))
    def a_call_is_taken(self, call: str) -> None:
        for kind in (CallEventType.RINGING, CallEventType.ANSWERED):
            party = Party(NUMBERS[call], NUMBERS[call], "allowed")
            self.desk.phone(kind, call, caller=party, called=party)
        self.desk.tasks.finish_all()

    @precondition(lambda self: self.contact is not None and bool(self.contact.responses or self.contact.failures))
    @rule(call=st.sampled_from(sorted(NUMBERS)), cause=st.sampled_from(["normal", "missed", "transferred"]))
    def a_call_ends(self, call: str, cause: EndCause) -> None:
        self.desk.phone(CallEventType.ENDED, call, cause=cause)

    @rule(call=st.sampled_from(sorted(NUMBERS)))
    def another_tab(self, call: str) -> None:
        self.session.select_call(call)

    @rule()
    def finish(self) -> None:
        self.session.finish_wrap_up()

    @rule(hold=st.integers(0, 3))
    def line(self, hold: int) -> None:
        self.backend.away = hold == 0

    @rule(seconds=st.integers(1, CLOSES_AFTER_S))
    def wait(self, seconds: int) -> None:
        self.desk.clock.pass_ms(seconds * 1000)

    @rule()
    def all_answers_come(self) -> None:
        self.desk.tasks.finish_all()

    @rule(chance=st.randoms(use_true_random=False))
    def one_answer_comes(self, chance: Random) -> None:
        if self.desk.tasks.waiting:
            self.desk.tasks.waiting.pop(chance.randrange(len(self.desk.tasks.waiting)))()

    @precondition(lambda self: not self.backend.away and not self.late)
    @rule()
    def what_waits_is_sent(self) -> None:
        self.deliver()

    def deliver(self) -> None:
        waiting = self.desk.outbox.events[self.sent :]
        self.sent = len(self.desk.outbox.events)
        refused = self.backend.take(waiting)
        assert refused == []
        for event in waiting:
            self.session.on_receipt(event.event_id, Receipt.ACCEPTED)

    # ---- who is on the line

    @precondition(lambda self: self.contact is None or not self.contact.authenticated)
    @rule(customer=st.sampled_from(["c-lisa", "c-jan", "c-ann"]))
    def attach(self, customer: str) -> None:
        self.session.attach_customer(customer)

    @rule(place=any_place)
    def choose_one_of_several(self, place: int) -> None:
        candidates = self.contact.candidates if self.contact else ()
        if candidates:
            self.session.choose_candidate(candidates[place % len(candidates)].customer_id)

    @rule(items=st.sets(st.sampled_from(ITEMS), min_size=1))
    def authenticate(self, items: set[str]) -> None:
        for item in sorted(items):
            self.session.toggle_item(item)
        self.session.confirm_caller()

    @rule()
    def authenticate_at_once(self) -> None:
        self.authenticate(set(ITEMS) - (self.contact.items_passed if self.contact else set()))
        self.desk.tasks.finish_all()

    @rule()
    def come_as_far_as_the_actions(self) -> None:
        if self.contact is not None and not self.contact.authenticated:
            self.session.name_speaker(Speaker.CUSTOMER)
            self.authenticate_at_once()
        self.talk_about("bill", True)
        self.desk.tasks.finish_all()
        self.see_the_actions()

    @precondition(lambda self: self.contact is not None and not self.contact.authenticated)
    @rule(item=st.sampled_from(ITEMS))
    def get_an_item_wrong(self, item: str) -> None:
        self.session.fail_item(item)

    @rule(speaker=st.sampled_from([*Speaker, Speaker.CUSTOMER, Speaker.CUSTOMER]))
    def somebody_speaks(self, speaker: Speaker) -> None:
        self.session.name_speaker(speaker)

    @rule(flag=st.sampled_from(list(CallFlag)))
    def notice(self, flag: CallFlag) -> None:
        self.session.toggle_flag(flag)

    # ---- the concern and the actions

    @rule(concern=st.sampled_from(["bill", "move"]), solved=st.none() | st.booleans())
    def talk_about(self, concern: str, solved: bool | None) -> None:
        self.session.choose_concern(concern)
        if solved is not None:
            self.session.mark_solved(solved)

    @rule()
    def see_the_actions(self) -> None:
        if self.contact is not None and self.contact.view is not None:
            self.session.on_decision_painted(self.contact.view.decision.decision_id)

    @rule(place=any_place)
    def pick_an_action(self, place: int) -> None:
        offered = self.contact.recommendations if self.contact else ()
        if offered:
            self.session.select_action(offered[place % len(offered)].action_id)

    @rule()
    def raise_the_action(self) -> None:
        self.session.say_bridge()

    @rule()
    def hear_an_objection(self) -> None:
        if self.contact is not None and self.contact.action is not None:
            self.session.raise_objection("no_time")

    @rule(group=st.sampled_from(ResponseGroup), place=any_place)
    def respond(self, group: ResponseGroup, place: int) -> None:
        codes = codes_of(self.contact, group) if self.contact else ()
        if codes:
            self.session.respond(codes[place % len(codes)])

    @rule(place=any_place, words=st.sampled_from(["", "nach der Arbeit"]), flag=st.none() | st.just(CallFlag.OUTAGE))
    def add_a_line_to_a_sale(self, place: int, words: str, flag: CallFlag | None) -> None:
        self.pick_an_action(place)
        self.respond(ResponseGroup.THINKING, place)
        if flag is not None:
            self.notice(flag)
            self.desk.tasks.finish_all()
        if self.contact is not None and self.contact.last_response is not None:
            self.session.note_response(self.contact.last_response.event_id, words)

    @rule()
    def take_it_back(self) -> None:
        if self.contact is not None and self.contact.last_response is not None:
            self.session.retract(self.contact.last_response.event_id)

    @rule(code=st.none() | st.sampled_from(sorted(KINDS)))
    def ask_for_the_day(self, code: ResponseCode | None) -> None:
        action = self.contact.action if self.contact else None
        if code is None or (action is not None and code in action.responses):
            self.session.promises.begin(code)

    @rule(days=st.integers(0, 365), code=st.none() | st.sampled_from(sorted(KINDS)))
    def promise(self, days: int, code: ResponseCode | None) -> None:
        if self.contact is not None and self.contact.follow_up_draft is None:
            self.ask_for_the_day(code)
        self.session.promises.plan(self.desk.clock.now().date() + timedelta(days=days))

    @rule()
    def take_a_promise_back(self) -> None:
        for entry in self.contact.live_follow_ups[:1] if self.contact else ():
            self.session.promises.cancel(entry.event_id)

    @rule(channel=st.sampled_from(CONFIRMED_BY), accepted=st.booleans())
    def have_it_confirmed(self, channel: ConsentChannel, accepted: bool) -> None:
        if accepted:
            self.respond(ResponseGroup.ACCEPTED, 0)
        self.session.promises.request_confirmation(channel)

    # ---- consents, the note and the day

    @rule(answer=st.sampled_from(ConsentAnswer), place=any_place)
    def ask_for_a_consent(self, answer: ConsentAnswer, place: int) -> None:
        contact = self.contact
        consents = contact.view.consents if contact and contact.view else None
        if consents is None:
            return
        self.session.consents.toggle(True)
        wording = consents.wordings[place % len(consents.wordings)]
        self.session.consents.toggle_read_aloud(wording.text_sha256)
        self.session.consents.answer(wording.purpose, wording.channels[0], answer)

    @rule()
    def save_the_consents(self) -> None:
        self.session.consents.save()

    @rule(place=any_place)
    def hear_a_withdrawal(self, place: int) -> None:
        consents = self.contact.view.consents if self.contact and self.contact.view else None
        if consents is not None:
            status = consents.statuses[place % len(consents.statuses)]
            self.session.consents.ask_withdrawal(status.purpose, status.channel)
            self.session.consents.confirm_withdrawal()

    @rule()
    def hear_an_objection_to_advertising(self) -> None:
        self.session.consents.ask_objection(True)
        self.session.consents.confirm_objection()

    @rule(text=st.sampled_from(["", "ruft zurück", "  zwei\nZeilen "]))
    def write_a_note(self, text: str) -> None:
        self.session.write_note(text)

    @rule(opened=st.booleans())
    def look_at_the_proof(self, opened: bool) -> None:
        self.session.proofs.toggle(opened)

    @rule()
    def look_at_the_day(self) -> None:
        self.session.day.toggle(True)
        self.desk.tasks.finish_all()

    @rule(place=any_place, code=st.sampled_from(ResponseCode))
    def correct_the_day(self, place: int, code: ResponseCode) -> None:
        day = self.session.state.day.day
        responses = [(one.contact_id, response) for one in day.contacts for response in one.responses] if day else []
        if responses:
            contact_id, response = responses[place % len(responses)]
            if code in response.codes:
                self.session.day.correct(contact_id, response.event_id, code)

    # ---- what always holds

    @invariant()
    def nobody_without_authority_sees_anything(self) -> None:
        for contact in self.session.state.contacts:
            view = contact.view
            if view is None or contact.speaker is not Speaker.UNAUTHORISED:
                continue
            assert (view.customer, view.value, view.journey, view.consents, view.concerns) == (None,) * 4 + ((),)
            assert view.handover is None or view.handover.details is None
            assert not contact.recommendations
            assert contact.proof.proof is None
            assert contact.history.older == ()

    @invariant()
    def a_representative_sees_no_value_and_is_sold_nothing(self) -> None:
        for contact in self.session.state.contacts:
            if contact.speaker is Speaker.REPRESENTATIVE and contact.view is not None:
                assert contact.view.value is None
                assert all(one.kind.value in ("service", "information") for one in contact.recommendations)
                assert contact.view.consents is None or not contact.view.consents.may_ask

    def teardown(self) -> None:
        try:
            self.backend.away = False
            self.desk.tasks.finish_all()
            for call in sorted(NUMBERS):
                self.desk.phone(CallEventType.ENDED, call)
            for contact in self.session.state.contacts:
                self.session.select_call(contact.interaction.interaction_id)
                self.session.end_call_by_hand()
            self.desk.clock.pass_ms(3 * CLOSES_AFTER_S * 1000)
            self.deliver()
            self.desk.tasks.finish_all()
            seqs: dict[UUID, list[int]] = {}
            for event in self.desk.outbox.events:
                seqs.setdefault(event.contact_id, []).append(event.seq)
            assert all(of_one == list(range(1, len(of_one) + 1)) for of_one in seqs.values())
        finally:
            self.opened.close()


def test_the_backend_takes_in_whatever_the_panel_recorded(tmp_path: Path) -> None:
    catalogue, catalogues, engines = _asking_more(tmp_path), LiveCatalogues(), Engines()

    class Here(AgentAndBackend):
        def __init__(self) -> None:
            super().__init__(catalogue, catalogues, engines)

    few = settings(max_examples=10, stateful_step_count=50, phases=(Phase.generate,))
    run_state_machine_as_test(Here, settings=few)
