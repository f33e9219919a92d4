"""The tables of customers."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    false,
)

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.types import UtcDateTime

customers = Table(
    "customers",
    metadata,
    Column("customer_id", String(64), primary_key=True),
    Column("customer_no", String(64), nullable=False, unique=True),
    Column("salutation", String(16), nullable=False),
    Column("first_name", String(200), nullable=False),
    Column("last_name", String(200), nullable=False),
    Column("birth_date", Date),
    Column("street", String(200), nullable=False),
    Column("postcode", String(16), nullable=False),
    Column("city", String(200), nullable=False),
    Column("since", Date, nullable=False),
    Column("language", String(2), nullable=False),
    Column("household_id", String(64), nullable=False),
    Column("email", String(320)),
    Column("iban_last4", String(4)),
    Column("meter_no", String(64)),
    # All of the value or nothing: it is not calculated for everybody.
    Column("value_class", String(1)),
    Column("value_low_eur", Integer),
    Column("value_high_eur", Integer),
    Column("value_trend", String(8)),
    Column("value_as_of", Date),
    Column("value_horizon_years", Integer),
    Column("churn", String(8)),
    Column("facts", Text, nullable=False),
    Column("address_form", String(16), nullable=False),
    Column("tone", String(16), nullable=False),
    Column("documents_by", String(32), nullable=False),
    Column("last_spoken_with", String(200)),
    Column("last_spoken_at", UtcDateTime),
    Column("open_complaint", Boolean, nullable=False),
    # Folded copies that search compares with.
    Column("customer_no_search", String(64), nullable=False),
    Column("name_search", String(450), nullable=False),
    Column("address_search", String(450), nullable=False),
    # The day the facts were delivered; without one their age is not known and not judged.
    Column("facts_as_of", Date),
    # What computed the value, by name and version; and whether that was here, so that a later run may write it anew.
    Column("value_model", String(64)),
    Column("value_calculated", Boolean, nullable=False, server_default=false()),
    Index("ix_customers_customer_no_search", "customer_no_search"),
    Index("ix_customers_household_id", "household_id"),
)

customer_phones = Table(
    "customer_phones",
    metadata,
    Column("customer_id", String(64), ForeignKey("customers.customer_id"), nullable=False),
    Column("e164", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    # Backwards, so that the end of a number, which every way of writing it shares, can use the index.
    Column("digits_reversed", String(16), nullable=False),
    # The system and the file that said it last, as SOURCE:FILE; None for what no file said.
    Column("said_by", String(130)),
    PrimaryKeyConstraint("customer_id", "e164"),
    Index("ix_customer_phones_e164", "e164"),
    Index("ix_customer_phones_digits_reversed", "digits_reversed"),
)

contracts = Table(
    "contracts",
    metadata,
    Column("contract_no", String(64), primary_key=True),
    Column("customer_id", String(64), ForeignKey("customers.customer_id"), nullable=False),
    Column("product", String(200), nullable=False),
    Column("commodity", String(16), nullable=False),
    Column("since", Date, nullable=False),
    Column("ends", Date),
    Column("contract_no_search", String(64), nullable=False),
    # As for numbers.
    Column("said_by", String(130)),
    Index("ix_contracts_customer_id", "customer_id"),
    Index("ix_contracts_contract_no_search", "contract_no_search"),
)
