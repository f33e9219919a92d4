"""Made-up customers as written, and what the catalogue must and must not show them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from nba_desktop.backend.decisioning.entries.base import Entry, Words
from nba_desktop.backend.decisioning.entries.cool_downs import PastCode
from nba_desktop.contract.base import Code
from nba_desktop.contract.codes import ActionKind, ContactChannel, Experience, Load


class PersonaPast(Entry):
    """A response of a persona so many days ago."""

    action: Code
    code: PastCode
    days_ago: Annotated[int, Field(ge=0)]
    household: bool = False


class PersonaContact(Entry):
    """A touchpoint of a persona's journey so many days ago; `type` is one of the known types of touchpoints."""

    type: Code
    channel: ContactChannel = ContactChannel.PHONE
    experience: Experience = Experience.NEUTRAL
    days_ago: Annotated[int, Field(ge=0)]


class PersonaExpectation(Entry):
    """What must hold of the decision; each part that is named must hold.

    `order` names pairs: the first is shown, and before the second or without it. `none_of` are issues. `bonus_eur`
    names shown actions with the bonus their offer holds, or null for none.
    """

    first: Code | None = None
    shown: tuple[Code, ...] = ()
    never: tuple[Code, ...] = ()
    order: tuple[tuple[Code, Code], ...] = ()
    none_of: tuple[ActionKind, ...] = ()
    bonus_eur: dict[Code, Annotated[float, Field(gt=0)] | None] = Field(default_factory=dict)
    nothing: bool = False


class PersonaEntry(Entry):
    """A made-up customer in a situation, and what the catalogue must and must not show him; run before approval.

    `values` are declared attributes; those that are left out, and do not follow from others or from `contacts`, are
    missing. A date is given as such or as a number of days from today.
    """

    id: Code
    why: Words
    values: dict[Code, str | bool | int | float | date | None]
    contacts: tuple[PersonaContact, ...] = ()
    past: tuple[PersonaPast, ...] = ()
    objected: bool = False
    skills: tuple[Code, ...] = ()
    authority: Code | None = None
    load: Load = Load.NORMAL
    expect: PersonaExpectation
