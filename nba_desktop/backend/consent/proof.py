"""What proves a customer's consents, as it would be shown to him or to an authority."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from uuid import UUID

from nba_desktop.backend.access.contacts import open_contact
from nba_desktop.backend.access.reading import keep_reading
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.consent.ledger import LedgerEntry, is_unchanged
from nba_desktop.backend.consent.retention import keep_until
from nba_desktop.backend.consent.wording import Wording
from nba_desktop.backend.contacts.masking import mask_contact_point
from nba_desktop.backend.contacts.state import state_of
from nba_desktop.backend.errors import Forbidden
from nba_desktop.backend.ports.unit import Store
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.codes import ConsentChannel, ReadBasis, ReadOperation, Role
from nba_desktop.contract.consent import ConsentProof, ConsentProofEntry, ConsentWording


class ProofService:
    """Shows an agent the proof of the customer he has authenticated; each reading is kept."""

    def __init__(self, store: Store, catalogues: LiveCatalogues, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock

    def of_contact(self, caller: Caller, contact_id: UUID) -> ConsentProof:
        """Return the proof of a contact's customer, newest entry first.

        Raises `UnknownContact`, and `Forbidden` for another agent's contact, for one that is over or before
        authentication.
        """
        now = self._clock()
        with self._store.write() as unit:
            open_contact(unit, self._catalogues, caller, contact_id, now)
            customer_id = state_of(unit.contacts.events_of(contact_id)).authenticated_customer
            if customer_id is None:
                raise Forbidden("nobody is authenticated in the contact")
            if unit.consents.restriction(customer_id) is not None:
                raise Forbidden("the customer was erased: the proof is for the consent officer alone")
            ledger = unit.consents.of_customer(customer_id)
            wordings = unit.consents.wordings()
            catalogue = self._catalogues.for_customer(unit, customer_id)
            reading = Reading(
                now, caller.agent_id, Role.AGENT, ReadOperation.CONSENT_PROOF, ReadBasis.CONTACT, "", contact_id
            )
            keep_reading(unit, reading, [customer_id])
        years = catalogue.entry.consent_proof.other_channels_years
        return consent_proof(ledger, wordings, contact_id, years, catalogue.zone)


def consent_proof(
    ledger: Sequence[LedgerEntry],
    wordings: Sequence[Wording],
    contact_id: UUID,
    other_channels_years: int,
    zone: tzinfo,
) -> ConsentProof:
    """Return a customer's entries, given in their order, with the wordings that were read; days are the zone's."""
    known = {(one.wording_id, one.text_sha256): _shown(one) for one in wordings}
    return ConsentProof(
        entries=tuple(
            ConsentProofEntry(
                event_id=one.event_id,
                at=one.at,
                purpose=one.purpose,
                channel=one.channel,
                event=one.event,
                manner=one.manner,
                recipient_code=one.recipient_code,
                auth_level=one.authenticated_level,
                contact_point=mask_contact_point(one.channel, one.contact_point),
                wording=known.get((one.wording_id or "", one.wording_sha256 or "")),
                read_aloud_confirmed=one.read_aloud_confirmed,
                customer_words=one.customer_words,
                evidence_type=one.evidence_type,
                keep_until=keep_until(ledger, one, other_channels_years, zone),
                in_this_call=one.call_id == contact_id,
            )
            for one in reversed(ledger)
        ),
        intact=is_unchanged(ledger),
    )


def _shown(wording: Wording) -> ConsentWording:
    return ConsentWording(
        wording_id=wording.wording_id,
        purpose=wording.purpose,
        channels=tuple(channel for channel in ConsentChannel if channel in wording.channels),
        language=wording.language,
        text=wording.text,
        text_sha256=wording.text_sha256,
        version=wording.version,
        valid_from=wording.valid_from,
        valid_to=wording.valid_to,
        company_name=wording.company_name,
        company_address=wording.company_address,
        goods_and_services=wording.goods_and_services,
        privacy_notice_version=wording.privacy_notice_version,
        approved_by=wording.approved_by,
        approved_at=wording.approved_at,
    )
