"""One made-up call: its events as a panel would have sent them, the decision between them, and what came of it later."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final
from uuid import UUID

from nba_desktop.backend.decisioning.arms import Arm, arm_of, period_of
from nba_desktop.backend.decisioning.built_in_rules import ADVERTISING_OBJECTION
from nba_desktop.backend.decisioning.catalogue import Action, Catalogue
from nba_desktop.backend.decisioning.record import CandidateRecord, DecisionRecord, RemovedRecord
from nba_desktop.backend.rows import ContactRecord, DecisionRow, OutcomeRow
from nba_desktop.backend.samples.half_year import timetable, truth
from nba_desktop.backend.samples.half_year.answers import Answer, Answers
from nba_desktop.backend.samples.half_year.ids import id_at
from nba_desktop.backend.samples.half_year.offers import Offer, Offers, asks, fits
from nba_desktop.backend.samples.half_year.people import Person, SampleAgent
from nba_desktop.contract.codes import (
    AuthLevel,
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    DecisionChannel,
    Load,
    OutcomeCode,
    ResponseCode,
)
from nba_desktop.contract.events import (
    ActionAddressed,
    ActionsShown,
    AnyEvent,
    CallerAuthenticated,
    CallerNumber,
    ConcernChosen,
    ConcernSolved,
    ConfirmationRequested,
    ConsentRecorded,
    ContactEnded,
    ContactStarted,
    ObjectionRaised,
    ResponseRecorded,
    ResponseRetracted,
)

SOURCE: Final = "sample"
