"""What must fit together in the part of a catalogue that says what customers are worth."""

from __future__ import annotations

from nba_desktop.backend.decisioning.complaints import Complain
from nba_desktop.backend.decisioning.entries.value import ValueEntry
from nba_desktop.backend.decisioning.vocabulary import Vocabulary
from nba_desktop.backend.decisioning.yaml_source import KeyPath
from nba_desktop.backend.guessing import guess

_BASES = frozenset({"service", "legit_interest"})


def check_value(entry: ValueEntry, vocabulary: Vocabulary, complain: Complain) -> None:
    """Report kinds, attributes and touchpoints that there are not, and what may not be used without consent."""
    for kind, margin in entry.margins.items():
        if kind not in vocabulary.contract_kinds:
            complain.at(
                ("value", "margins", kind),
                f"unknown kind of contract '{kind}'",
                guess(kind, vocabulary.contract_kinds),
            )
        for name in margin.per_unit:
            _check_attribute(name, ("value", "margins", kind, "per_unit", name), "number", vocabulary, complain)
    if entry.notice is not None:
        _check_attribute(entry.notice, ("value", "notice"), "bool", vocabulary, complain)
    if entry.purchases is not None:
        _check_purchases(entry.purchases.touchpoint, entry.purchases.amount, vocabulary, complain)


def _check_attribute(name: str, path: KeyPath, wanted: str, vocabulary: Vocabulary, complain: Complain) -> None:
    known = vocabulary.attributes.get(name)
    types = {"number", "integer"} if wanted == "number" else {wanted}
    if known is None:
        complain.at(path, f"unknown attribute '{name}'", guess(name, vocabulary.attributes))
    elif known.type not in types:
        complain.at(path, f"'{name}' is of type {known.type}", f"name one of type {wanted}")
    elif known.basis not in _BASES:
        complain.at(path, f"'{name}' may be used with the customer's consent only", "take one whose basis is another")
    elif known.source in {"calendar", "contact", "journey", "ledger", "value model"}:
        complain.at(path, f"'{name}' is only known within a contact", "name one that is delivered")


def _check_purchases(code: str, amount: str, vocabulary: Vocabulary, complain: Complain) -> None:
    path: KeyPath = ("value", "purchases", "touchpoint")
    known = vocabulary.touchpoint_types.get(code)
    if known is None:
        complain.at(path, f"unknown touchpoint type '{code}'", guess(code, vocabulary.touchpoint_types))
        return
    if known.watched:
        complain.at(path, f"'{code}' may be used with the customer's consent only", "take one that is not watched")
    if amount not in known.params:
        complain.at(("value", "purchases", "amount"), f"'{code}' has no value '{amount}'", guess(amount, known.params))
