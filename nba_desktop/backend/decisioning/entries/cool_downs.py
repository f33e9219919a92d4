"""How long an action rests after a response or an outcome, in days or for good."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from nba_desktop.contract.codes import OutcomeCode, ResponseCode

FOREVER = "forever"
PastCode = ResponseCode | OutcomeCode
CoolDown = Annotated[int, Field(ge=0, le=3650)] | Literal["forever"]

CONFIRM_DAYS: Final = 14
"""How long a yes may wait for its confirmation where no cool-down of `ACCEPTED_PENDING` says it; then it has lapsed."""
