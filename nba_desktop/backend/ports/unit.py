"""The store and its transactions, as the services see them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from nba_desktop.backend.ports.access import AccessStore
from nba_desktop.backend.ports.arrivals import ArrivalStore
from nba_desktop.backend.ports.audit import AuditStore
from nba_desktop.backend.ports.catalogues import CatalogueStore
from nba_desktop.backend.ports.consents import ConsentStore
from nba_desktop.backend.ports.contacts import ContactStore
from nba_desktop.backend.ports.customers import CustomerStore
from nba_desktop.backend.ports.decisions import DecisionStore
from nba_desktop.backend.ports.feedback import FeedbackStore
from nba_desktop.backend.ports.follow_ups import FollowUpStore
from nba_desktop.backend.ports.hooks import HookStore
from nba_desktop.backend.ports.imports import ImportStore
from nba_desktop.backend.ports.learning import LearningStore
from nba_desktop.backend.ports.outbound import OutboundStore
from nba_desktop.backend.ports.outcomes import OutcomeStore
from nba_desktop.backend.ports.pending import PendingStore
from nba_desktop.backend.ports.retention import RetentionStore
from nba_desktop.backend.ports.review_facts import ReviewStore
from nba_desktop.backend.ports.review_log import ReviewLogStore
from nba_desktop.backend.ports.review_material import ReviewMaterialStore
from nba_desktop.backend.ports.settings import SettingStore
from nba_desktop.backend.ports.site_data import SiteDataStore
from nba_desktop.backend.ports.site_figures import SiteFactsStore
from nba_desktop.backend.ports.subjects import SubjectStore
from nba_desktop.backend.ports.teams import TeamStore
from nba_desktop.backend.ports.values import ValueStore
from nba_desktop.backend.ports.wishes import WishStore


class Unit(Protocol):
    """Everything within one transaction."""

    @property
    def customers(self) -> CustomerStore:
        """Customers and what happened before."""

    @property
    def arrivals(self) -> ArrivalStore:
        """What arrives of customers, and what waits because of it."""

    @property
    def contacts(self) -> ContactStore:
        """Contacts and their events."""

    @property
    def decisions(self) -> DecisionStore:
        """Decisions, exposure and responses."""

    @property
    def consents(self) -> ConsentStore:
        """The proof ledger."""

    @property
    def outcomes(self) -> OutcomeStore:
        """What other systems say became of recommendations."""

    @property
    def learning(self) -> LearningStore:
        """The model's updates and snapshots."""

    @property
    def catalogues(self) -> CatalogueStore:
        """Versions of the catalogue."""

    @property
    def settings(self) -> SettingStore:
        """What the site says while it runs."""

    @property
    def access(self) -> AccessStore:
        """Agents and their tokens."""

    @property
    def audit(self) -> AuditStore:
        """Readings outside a contact."""

    @property
    def hooks(self) -> HookStore:
        """Telephone systems that report by webhook."""

    @property
    def teams(self) -> TeamStore:
        """Teams."""

    @property
    def review(self) -> ReviewStore:
        """The facts of calls."""

    @property
    def review_material(self) -> ReviewMaterialStore:
        """What they are made from."""

    @property
    def review_log(self) -> ReviewLogStore:
        """How far the review goes, who looked and what was noted."""

    @property
    def site(self) -> SiteFactsStore:
        """What the site's figures count besides."""

    @property
    def pending(self) -> PendingStore:
        """What waits to be confirmed."""

    @property
    def follow_ups(self) -> FollowUpStore:
        """What was promised."""

    @property
    def feedback(self) -> FeedbackStore:
        """What agents say against recommendations."""

    @property
    def values(self) -> ValueStore:
        """Lifetime values."""

    @property
    def imports(self) -> ImportStore:
        """How far files were taken in."""

    @property
    def site_data(self) -> SiteDataStore:
        """A site's own data."""

    @property
    def outbound(self) -> OutboundStore:
        """Results that leave."""

    @property
    def wishes(self) -> WishStore:
        """What customers ask for their own data in calls."""

    @property
    def subjects(self) -> SubjectStore:
        """Everything of one customer."""

    @property
    def retention(self) -> RetentionStore:
        """What the rules of retention remove."""

    def part(self) -> AbstractContextManager[None]:
        """Open a part of the transaction that is undone alone when it raises."""


class Store(Protocol):
    """Hands out transactions."""

    def read(self) -> AbstractContextManager[Unit]:
        """Open a transaction that reads."""

    def write(self) -> AbstractContextManager[Unit]:
        """Open a transaction that writes; durable when the block ends, or not done at all."""
