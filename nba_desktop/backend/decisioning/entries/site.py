"""What is said once for the whole site: company, caller security, concerns, consent wordings, places of the portal."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from nba_desktop.backend.decisioning.entries.base import Entry, Sentence, WordList, Words
from nba_desktop.contract.base import Code, Language
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose

SecurityItemCode = Literal["customer_no", "meter_no", "birth_date", "iban_last4", "postcode", "street"]


class CompanyEntry(Entry):
    """Who asks for consent, as the wordings name it."""

    name: Sentence
    privacy_url: Sentence


class SecurityEntry(Entry):
    """What may be asked to make sure of the caller, how many answers must be right, and how many may be wrong.

    Whoever answers more than `most_failed` wrongly is not authenticated in that call any more. With `trust_voice_menu`
    nothing is asked of a caller whom the voice menu authenticated by his customer number.
    """

    items: Annotated[tuple[SecurityItemCode, ...], Field(min_length=2)]
    required: Annotated[int, Field(ge=2)]
    most_failed: Annotated[int, Field(ge=0)] = 2
    trust_voice_menu: bool = False

    @model_validator(mode="after")
    def _enough_items(self) -> Self:
        if self.required > len(self.items):
            raise ValueError(f"{self.required} answers are required of {len(self.items)} items")
        if "most_failed" in self.model_fields_set and self.most_failed >= len(self.items):
            raise ValueError(f"of {len(self.items)} items never more than {self.most_failed} can fail")
        return self


class QuietEntry(Entry):
    """Which attributes hold sales back in a call, besides an open complaint and what the agent notices."""

    outage: tuple[Code, ...] = ("supply_outage", "heating_outage")
    vulnerable: tuple[Code, ...] = ("vulnerable",)


class ConcernEntry(Entry):
    """A contact reason, with the words it is also found by."""

    code: Code
    label: Words
    synonyms: WordList = WordList()


class WordingEntry(Entry):
    """One version of a consent wording; a change is a new version, never an edit."""

    id: Code
    purpose: ConsentPurpose
    channels: Annotated[tuple[ConsentChannel, ...], Field(min_length=1)]
    version: Annotated[int, Field(ge=1)]
    text: Words

    def full_id(self, language: Language) -> str:
        """What the proof of a consent names: text, language and version."""
        return f"{self.id}.{language}.v{self.version}"


class ConsentProofEntry(Entry):
    """How many years the proof of a consent is kept after it was given, last used or withdrawn.

    For telephone calls the law says it (§ 7a UWG); for the other channels the site does.
    """

    other_channels_years: Annotated[int, Field(ge=1, le=30)] = 3


class PlacementEntry(Entry):
    """A place of the portal and how many teasers it holds."""

    id: Code
    slots: Annotated[int, Field(ge=1, le=3)] = 1
