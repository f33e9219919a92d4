"""A customer of whom every table holds something, for what is done with all of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from nba_desktop.backend.catalogues.content import files_at
from nba_desktop.backend.decisioning.loader import catalogue_version
from nba_desktop.backend.journey.features import features_of
from nba_desktop.backend.outbound.records import Endpoint, ResultType, SubjectRequest
from nba_desktop.backend.outbound.signing import new_secret
from nba_desktop.backend.rows.arrivals import WaitingRow
from nba_desktop.backend.rows.catalogues import StepRow, VersionRow
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import (
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    DataField,
    FeedbackReason,
    FollowUpKind,
    OutcomeCode,
    ResponseCode,
)
from nba_desktop.contract.events import (
    ActionAddressed,
    ActionsShown,
    ConcernChosen,
    ConsentRecorded,
    ContactEnded,
    ContactNoteWritten,
    CorrectionRequested,
    ErasureRequested,
    FollowUpPlanned,
    ObjectionRaised,
    RecommendationQuestioned,
    WrapUpFinished,
)
from tests.fakes.backend_calls import in_call, outcome, report, response, tell
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import PORTAL_CATALOGUE

NOTE = "Hund Waldi bellt"
WORDS = "Ja, sehr gern, sagt Lisa"
SEARCHED = "Rueckfrage von Frau Mueller"


def put_in_shadow(services: Services) -> None:
    """Let another version decide on trial."""
    ((name, text),) = files_at(PORTAL_CATALOGUE).items()
    files = {name: f"{text}# another version\n"}
    version = catalogue_version(files)
    with services.store.write() as unit:
        unit.catalogues.add(VersionRow(version, files, services.clock.now, "carla", ""))
        for step in ("submitted", "shadowed"):
            unit.catalogues.append_step(StepRow(version, step, "carla", services.clock.now, None, ""))


def something_waits(services: Services) -> None:
    """Let a touchpoint have raised an action."""
    now = services.clock.now
    with services.store.write() as unit:
        features = features_of(unit.customers.touchpoints("c-lisa"), "Europe/Berlin")
        assert features is not None
        unit.arrivals.put_features("c-lisa", features)
        row = WaitingRow("t-1", "letter", "SRV_MOVE", "c-lisa", "price_letter", now, now, now + timedelta(days=7))
        unit.arrivals.wait([row])


def everything_of_lisa(services: Services) -> UUID:
    """Let a call happen in which all is said that can be kept, and what comes of it; return the contact."""
    now = services.clock.now
    put_in_shadow(services)
    with services.store.write() as unit:
        notes = frozenset({ResultType.NOTE_WRITTEN})
        unit.outbound.add_endpoint(Endpoint("crm", "https://crm.invalid", notes, new_secret(), "urn:x", 3, now))
        was = {"city": ("Meissen", "Dresden")}
        unit.outbound.add_request(SubjectRequest(new_id(), "crm", "correction", now, "crm", "c-lisa", "0" * 64, was))
    view = in_call(services, customer_no="K-104233", interaction_id="pbx-4711")

    def fact(seq: int) -> dict[str, Any]:
        return {"event_id": new_id(), "contact_id": view.contact_id, "seq": seq, "at": now}

    about = {"decision_id": view.decision.decision_id, "action_id": "SRV_BILL"}
    assert view.consents is not None
    wording = view.consents.wordings[0]
    consent = {"customer_id": "c-lisa", "purpose": ConsentPurpose.ADV_OWN, "channel": ConsentChannel.PHONE}
    verdicts = tell(
        services,
        ConcernChosen(**fact(3), concern="bill"),
        ActionsShown(**fact(4), decision_id=view.decision.decision_id, action_ids=("SRV_BILL",)),
        ActionAddressed(**fact(5), **about),
        ObjectionRaised(**fact(6), **about, objection_id="no_time"),
        response(view, "SRV_BILL", ResponseCode.ACCEPTED_DONE, 7).model_copy(update={"note": NOTE}),
        FollowUpPlanned(**fact(8), kind=FollowUpKind.CALLBACK, due=(now + timedelta(days=2)).date(), words=NOTE),
        RecommendationQuestioned(**fact(9), **about, reason=FeedbackReason.OTHER, note=NOTE),
        ConsentRecorded(
            **fact(10),
            **consent,
            event=ConsentEventType.GRANTED,
            wording_id=wording.wording_id,
            wording_sha256=wording.text_sha256,
            read_aloud_confirmed=True,
            customer_words=WORDS,
        ),
        CorrectionRequested(**fact(14), customer_id="c-lisa", field=DataField.ADDRESS, words=NOTE),
        ErasureRequested(**fact(15), customer_id="c-lisa", words=NOTE),
        ContactNoteWritten(**fact(11), text=NOTE),
        ContactEnded(**fact(12), cause="normal", duration_s=60, held_s=10, waited_s=4),
        WrapUpFinished(**fact(13), seconds=30),
    )
    assert set(verdicts) == {"accepted"}
    services.teasers.teasers(services.portal, "c-lisa", "home", None)
    done = outcome(now, OutcomeCode.REVOKED, view.decision.decision_id, action_id="SRV_BILL")
    assert report(services, done) == ["accepted"]
    services.search.search(services.agent, "Lisa", None, SEARCHED, "de")
    something_waits(services)
    return view.contact_id
