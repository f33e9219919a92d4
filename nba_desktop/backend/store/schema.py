"""Every table, with types that SQLite and PostgreSQL both take."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    Uuid,
    false,
)

from nba_desktop.backend.store.types import UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

agents = Table(
    "agents",
    metadata,
    Column("agent_id", String(64), primary_key=True),
    # What the consent proof names instead of the agent.
    Column("recipient_code", String(16), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("display_name", String(200)),
    # What he may do and promise, as the catalogue names it; skills are separated by blanks.
    Column("skills", String(1000)),
    Column("authority", String(64)),
    # Since when it stands in old contacts in place of an agent nobody can name any more; None for people.
    Column("stand_in_since", UtcDateTime),
    # Since when nobody is let in for him, whatever token he has.
    Column("blocked_since", UtcDateTime),
)

sign_ins = Table(
    # Which account of an identity provider stands for an agent: who comes first with his name keeps it.
    "sign_ins",
    metadata,
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), primary_key=True),
    Column("issuer", String(500), nullable=False),
    Column("subject", String(255), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    UniqueConstraint("issuer", "subject"),
)

tokens = Table(
    "tokens",
    metadata,
    Column("token_id", Uuid, primary_key=True),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("roles", String(200), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
)

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

touchpoints = Table(
    "touchpoints",
    metadata,
    Column("customer_id", String(64), ForeignKey("customers.customer_id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("touchpoint_id", String(64), nullable=False, unique=True),
    Column("channel", String(32), nullable=False),
    Column("type", String(64), nullable=False),
    Column("params", Text, nullable=False),
    Column("experience", String(16), nullable=False),
    Column("case_id", String(64)),
    Column("case_open", Boolean, nullable=False),
    Column("media_break", Boolean, nullable=False),
    # The rule that found a media break or a repeated contact here, by what has arrived so far.
    Column("break_rule", String(64)),
    PrimaryKeyConstraint("customer_id", "at", "touchpoint_id"),
    Index("ix_touchpoints_at", "at"),
)

journey_features = Table(
    "journey_features",
    metadata,
    # What a customer's touchpoints come to, kept with each that arrives; without a row it is made anew from them.
    Column("customer_id", String(64), ForeignKey("customers.customer_id"), primary_key=True),
    Column("zone", String(64), nullable=False),
    Column("total", Integer, nullable=False),
    Column("first_at", UtcDateTime, nullable=False, index=True),
    Column("counts", Text, nullable=False),
    Column("cases", Text, nullable=False),
)

waiting_events = Table(
    "waiting_events",
    metadata,
    # An action that a touchpoint raises by a trigger, until the customer has answered it or its time is over.
    Column("touchpoint_id", String(64), nullable=False),
    Column("trigger_id", String(64), nullable=False),
    Column("action_id", String(64), nullable=False),
    Column("customer_id", String(64), ForeignKey("customers.customer_id"), nullable=False, index=True),
    Column("touchpoint_type", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("raised_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
    Column("used_at", UtcDateTime),
    # The response or outcome that used it up.
    Column("used_by", Uuid, index=True),
    PrimaryKeyConstraint("touchpoint_id", "trigger_id", "action_id"),
)

contacts = Table(
    "contacts",
    metadata,
    Column("contact_id", Uuid, primary_key=True),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("direction", String(16), nullable=False),
    Column("number_raw", String(64), nullable=False),
    Column("number_e164", String(16)),
    Column("presentation", String(16), nullable=False),
    Column("queue", String(64)),
    Column("interaction_id", String(128), nullable=False),
    Column("attached_customer_no", String(64)),
    Column("language", String(2), nullable=False),
    # What the contact's events come to; rewritten with each of them.
    Column("auth_level", String(16), nullable=False),
    Column("customer_id", String(64)),
    Column("concern", String(64)),
    Column("concern_solved", Boolean),
    Column("note", String(500), nullable=False),
    Column("ended_at", UtcDateTime),
    Column("end_cause", String(16)),
    Column("duration_s", Integer),
    # Callers waiting in the queue when the contact began.
    Column("waiting", Integer),
    # The telephone system that names the interaction, and what its voice menu found out.
    Column("source", String(64)),
    Column("ivr_path", String(128)),
    Column("ivr_level", String(16)),
    Index("ix_contacts_agent_id_started_at", "agent_id", "started_at"),
    Index("ix_contacts_customer_id", "customer_id"),
    Index("ix_contacts_source_interaction_id", "source", "interaction_id"),
    Index("ix_contacts_number_e164_started_at", "number_e164", "started_at"),
    Index("ix_contacts_started_at", "started_at"),
)

events = Table(
    "events",
    metadata,
    Column("event_id", Uuid, primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contacts.contact_id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("type", String(32), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_events_contact_id_seq", "contact_id", "seq"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("decision_id", Uuid, primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contacts.contact_id"), nullable=False),
    Column("customer_id", String(64)),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("catalogue_version", String(64), nullable=False),
    Column("none_because", String(32)),
    Column("record", Text, nullable=False),
    Column("arm", String(16)),
    Column("model_version", String(64)),
    Index("ix_decisions_contact_id", "contact_id"),
    Index("ix_decisions_decided_at", "decided_at"),
    Index("ix_decisions_customer_id_decided_at", "customer_id", "decided_at"),
)

decision_actions = Table(
    "decision_actions",
    metadata,
    Column("decision_id", Uuid, ForeignKey("decisions.decision_id"), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("action_id", String(64), nullable=False),
    PrimaryKeyConstraint("decision_id", "rank"),
    UniqueConstraint("decision_id", "action_id"),
)

exposures = Table(
    "exposures",
    metadata,
    Column("event_id", Uuid, ForeignKey("events.event_id"), nullable=False),
    Column("action_id", String(64), nullable=False),
    Column("fact", String(16), nullable=False),
    Column("objection_id", String(64)),
    Column("decision_id", Uuid, ForeignKey("decisions.decision_id"), nullable=False),
    Column("contact_id", Uuid, ForeignKey("contacts.contact_id"), nullable=False),
    Column("customer_id", String(64)),
    Column("at", UtcDateTime, nullable=False),
    # The group the action had then: a later catalogue may not have the action any more.
    Column("group_id", String(64)),
    PrimaryKeyConstraint("event_id", "action_id"),
    Index("ix_exposures_decision_id", "decision_id"),
    # For the end of a contact: a database looks here whether something still refers to it.
    Index("ix_exposures_contact_id", "contact_id"),
    Index("ix_exposures_customer_id_at", "customer_id", "at"),
)

responses = Table(
    "responses",
    metadata,
    # Not bound to an event or contact here: responses also come from before, and from other channels.
    Column("event_id", Uuid, primary_key=True),
    # A counter-entry names the response it takes back; a response can be taken back once.
    Column("retracts", Uuid, ForeignKey("responses.event_id"), unique=True),
    Column("contact_id", Uuid, ForeignKey("contacts.contact_id")),
    Column("customer_id", String(64)),
    Column("decision_id", Uuid, ForeignKey("decisions.decision_id")),
    Column("action_id", String(64)),
    Column("code", String(32), nullable=False),
    Column("note", String(500), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("group_id", String(64)),
    Index("ix_responses_customer_id_at", "customer_id", "at"),
    Index("ix_responses_contact_id", "contact_id"),
    Index("ix_responses_decision_id", "decision_id"),
    # What waits for a confirmation, and what is to be followed up, among all that was ever said.
    Index("ix_responses_code_at", "code", "at"),
)

consent_wordings = Table(
    "consent_wordings",
    metadata,
    Column("wording_id", String(80), nullable=False),
    Column("language", String(2), nullable=False),
    Column("version", Integer, nullable=False),
    Column("purpose", String(32), nullable=False),
    Column("channels", String(100), nullable=False),
    Column("text", Text, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("introduced_at", UtcDateTime, nullable=False),
    Column("retired_at", UtcDateTime),
    # What the guidance on § 7a UWG wants to be provable beside the text; wordings from before have none of it.
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("company_name", String(600)),
    Column("company_address", String(600)),
    Column("goods_and_services", String(600)),
    Column("privacy_notice_version", String(64)),
    Column("approved_by", String(200)),
    Column("approved_at", Date),
    PrimaryKeyConstraint("wording_id", "language", "version"),
)

consent_events = Table(
    "consent_events",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("event_id", Uuid, nullable=False, unique=True),
    # No foreign keys: the proof outlives what it speaks of.
    Column("customer_id", String(64), nullable=False),
    Column("person_first_name", String(200), nullable=False),
    Column("person_last_name", String(200), nullable=False),
    Column("postal_address", String(450), nullable=False),
    Column("contact_point", String(450), nullable=False),
    Column("purpose", String(32), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("event", String(32), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("at_local", String(32), nullable=False),
    Column("manner", String(32), nullable=False),
    Column("call_id", Uuid),
    Column("recipient_code", String(16), nullable=False),
    Column("authenticated_level", String(16), nullable=False),
    Column("wording_id", String(80)),
    Column("wording_sha256", String(64)),
    Column("read_aloud_confirmed", Boolean, nullable=False),
    Column("customer_words", String(200), nullable=False),
    Column("evidence_type", String(32), nullable=False),
    Column("evidence_ref", String(200), nullable=False),
    Column("source_system", String(64), nullable=False),
    Column("note", String(500), nullable=False),
    # Unique, so that no database ever lets the chain fork.
    Column("prev_hash", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False),
    # Which fields the hash covers; entries from before these columns have the form 1.
    Column("form", Integer, nullable=False, server_default="1"),
    Column("campaign_id", String(64)),
    Column("corrects", Uuid),
    Column("wording_record_sha256", String(64)),
    Index("ix_consent_events_customer_id_position", "customer_id", "position"),
    Index("ix_consent_events_at", "at"),
)

consent_head = Table(
    "consent_head",
    metadata,
    # One row, there from the first migration on: it shows a cut-off end.
    Column("head_id", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

consent_restrictions = Table(
    "consent_restrictions",
    metadata,
    # Customers who were erased: what proves their consents is read by the consent officer alone.
    Column("customer_id", String(64), primary_key=True),
    Column("customer_no", String(64), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    # Only ever appended: who read which customer. A reading of several has a row for each, one of nobody has one.
    Column("read_id", Uuid, nullable=False),
    Column("place", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    # Missing in what was kept before they were asked for.
    Column("role", String(32)),
    Column("operation", String(64)),
    Column("basis", String(16), nullable=False),
    Column("reason", String(200), nullable=False),
    # No key: the log outlives the contact.
    Column("contact_id", Uuid),
    Column("customer_id", String(64)),
    Column("together", Integer, nullable=False),
    PrimaryKeyConstraint("read_id", "place"),
    Index("ix_readings_customer_id_at", "customer_id", "at"),
    Index("ix_readings_agent_id_at", "agent_id", "at"),
    Index("ix_readings_contact_id", "contact_id"),
    Index("ix_readings_at", "at"),
)

audit_looks = Table(
    "audit_looks",
    metadata,
    # Only ever appended: who looked at what is logged of somebody of the staff.
    Column("look_id", Uuid, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("by_agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("role", String(32), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Index("ix_audit_looks_agent_id_at", "agent_id", "at"),
    Index("ix_audit_looks_at", "at"),
)

portal_decisions = Table(
    "portal_decisions",
    metadata,
    # A teaser's decision belongs to no contact of an agent.
    Column("decision_id", Uuid, primary_key=True),
    Column("customer_id", String(64), nullable=False),
    Column("placement", String(64), nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("catalogue_version", String(64), nullable=False),
    Column("model_version", String(64), nullable=False),
    Column("arm", String(16), nullable=False),
    Column("none_because", String(32)),
    Column("shown", Text, nullable=False),
    Column("record", Text, nullable=False),
    Index("ix_portal_decisions_customer_id_decided_at", "customer_id", "decided_at"),
)

shadow_decisions = Table(
    "shadow_decisions",
    metadata,
    # What a version in shadow would have shown beside the decision that was shown.
    Column("decision_id", Uuid, ForeignKey("decisions.decision_id"), nullable=False),
    Column("catalogue_version", String(64), nullable=False),
    Column("record", Text, nullable=False),
    PrimaryKeyConstraint("decision_id", "catalogue_version"),
)

outcomes = Table(
    "outcomes",
    metadata,
    # What other systems say became of a recommendation: completed, revoked, teaser clicked.
    Column("event_id", Uuid, primary_key=True),
    Column("source", String(64), nullable=False),
    # No foreign key: it names a decision of a call or of the portal, or none.
    Column("decision_id", Uuid),
    Column("customer_id", String(64), nullable=False),
    Column("action_id", String(64), nullable=False),
    Column("code", String(32), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("group_id", String(64)),
    Index("ix_outcomes_customer_id_at", "customer_id", "at"),
    Index("ix_outcomes_decision_id", "decision_id"),
)

learning_log = Table(
    "learning_log",
    metadata,
    # The model is the sum of these updates; an update that no longer holds is taken back by a row of sign -1.
    Column("position", Integer, primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("decision_id", Uuid, nullable=False),
    Column("action_id", String(64), nullable=False),
    Column("sign", Integer, nullable=False),
    Column("label", Float, nullable=False),
    Column("weight", Float, nullable=False),
    # The moment of the decision, not of the answer: forgetting counts from there.
    Column("decided_at", UtcDateTime, nullable=False),
    Column("learnt_at", UtcDateTime, nullable=False),
    Column("mode", String(16), nullable=False),
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("event_id", "action_id", "sign"),
    Index("ix_learning_log_decision_id", "decision_id"),
)

model_snapshots = Table(
    "model_snapshots",
    metadata,
    Column("snapshot_id", Integer, primary_key=True),
    # Every update up to this position of the log is in it.
    Column("position", Integer, nullable=False),
    Column("mode", String(16), nullable=False),
    Column("model_version", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("content", LargeBinary, nullable=False),
    # The earlier snapshot that this one brings back: what was learnt between the two no longer counts.
    Column("restored_from", Integer, ForeignKey("model_snapshots.snapshot_id")),
)

catalogue_versions = Table(
    "catalogue_versions",
    metadata,
    Column("version", String(64), primary_key=True),
    # JSON: file name to text, exactly as submitted; the version is their hash.
    Column("files", Text, nullable=False),
    Column("submitted_at", UtcDateTime, nullable=False),
    Column("submitted_by", String(64), nullable=False),
    Column("note", String(500), nullable=False),
)

catalogue_steps = Table(
    "catalogue_steps",
    metadata,
    # Only ever appended; the states of all versions are what these steps come to.
    Column("revision", Integer, primary_key=True),
    Column("version", String(64), ForeignKey("catalogue_versions.version"), nullable=False),
    Column("step", String(16), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # The share of customers, in percent, where the step names one.
    Column("percent", Integer),
    Column("note", String(500), nullable=False),
)

site_settings = Table(
    "site_settings",
    metadata,
    # What the site says while it runs, such as the load of its queues.
    Column("name", String(64), primary_key=True),
    Column("content", String(200), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(64), nullable=False),
)

hook_sources = Table(
    "hook_sources",
    metadata,
    # Telephone systems that report by webhook.
    Column("source", String(64), primary_key=True),
    Column("dialect", String(16), nullable=False),
    Column("secret_sha256", String(64)),
    # Only where webhooks are signed: no signature can be checked with a hash. The database is its user's alone.
    Column("signing_key", String(200)),
    Column("number_format", String(32), nullable=False),
    Column("region", String(2), nullable=False),
    Column("trunk_prefix", String(4), nullable=False),
    Column("extension_digits", Integer, nullable=False),
    # JSON: the queues whose calls count; none are all.
    Column("queues", Text, nullable=False),
    Column("internal_calls", Boolean, nullable=False),
    Column("public_url", String(500), nullable=False),
    Column("events_per_s", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

hook_users = Table(
    "hook_users",
    metadata,
    Column("source", String(64), ForeignKey("hook_sources.source"), nullable=False),
    # As the telephone system calls him: a name, an extension, a number.
    Column("user_name", String(128), nullable=False),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    PrimaryKeyConstraint("source", "user_name", "agent_id"),
)

teams = Table(
    "teams",
    metadata,
    Column("team_id", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

team_members = Table(
    "team_members",
    metadata,
    # From that day on the agent is in the team, or with no team in none: a call counts for the team he was in then.
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("since", Date, nullable=False),
    Column("team_id", String(64), ForeignKey("teams.team_id")),
    PrimaryKeyConstraint("agent_id", "since"),
)

team_leads = Table(
    "team_leads",
    metadata,
    Column("team_id", String(64), ForeignKey("teams.team_id"), nullable=False),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    PrimaryKeyConstraint("team_id", "agent_id"),
)

review_modes = Table(
    "review_modes",
    metadata,
    # Only ever appended; the last one counts until its agreement ends.
    Column("revision", Integer, primary_key=True),
    Column("mode", String(16), nullable=False),
    Column("agreement", String(200)),
    Column("until", Date),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(64), nullable=False),
)

review_accesses = Table(
    "review_accesses",
    metadata,
    # Only ever appended: who looked at whose figures, when, why, and which.
    Column("access_id", Uuid, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("by_agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("role", String(32), nullable=False),
    Column("reason", String(32), nullable=False),
    Column("note", String(200), nullable=False),
    Column("team_id", String(64), ForeignKey("teams.team_id"), nullable=False),
    # The pseudonym of the agent it was about, None where it was about the whole team.
    Column("agent", String(16)),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("action_id", String(64)),
    Column("queue", String(64)),
    Column("concern", String(64)),
    Column("exported", Boolean, nullable=False),
    Index("ix_review_accesses_team_id_at", "team_id", "at"),
    Index("ix_review_accesses_at", "at"),
)

review_notes = Table(
    "review_notes",
    metadata,
    # Only ever appended: what lead and agent wrote down; both read it.
    Column("note_id", Uuid, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("agent", String(16), nullable=False),
    Column("by_agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("by_agent", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_review_notes_agent_at", "agent", "at"),
)

review_pending = Table(
    "review_pending",
    metadata,
    # Contacts whose facts are not up to date: appended with what changed them, removed when the facts are.
    Column("position", Integer, primary_key=True),
    Column("contact_id", Uuid, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

review_calls = Table(
    "review_calls",
    metadata,
    # What follows from events, decisions and outcomes, one row for each call an agent took; they outlive their contact.
    Column("contact_id", Uuid, primary_key=True),
    # The agent's pseudonym; who he is only `agents` says.
    Column("agent", String(16), nullable=False),
    # The team he was in then, "" for none.
    Column("team_id", String(64), nullable=False),
    # The site's day, and the Monday before it.
    Column("day", Date, nullable=False),
    Column("week", Date, nullable=False),
    Column("queue", String(64)),
    Column("concern", String(64)),
    Column("arm", String(16)),
    # The action that stood first.
    Column("stratum", String(64)),
    Column("identified", Boolean, nullable=False),
    Column("authenticated", Boolean, nullable=False),
    Column("solved", Boolean, nullable=False),
    Column("opportunity", Boolean, nullable=False),
    Column("presented", Boolean, nullable=False),
    Column("accepted", Boolean, nullable=False),
    Column("needs_reason", Boolean, nullable=False),
    Column("reason", String(32)),
    Column("consent_missing", Boolean, nullable=False),
    Column("consent_asked", Boolean, nullable=False),
    Column("consent_granted", Boolean, nullable=False),
    Column("consent_pending", Boolean, nullable=False),
    Column("consent_confirmed", Boolean, nullable=False),
    Column("transferred", Boolean, nullable=False),
    # Seconds, None where nobody knows them.
    Column("talk_s", Integer),
    Column("hold_s", Integer),
    Column("after_s", Integer),
    # The customer's next call for the same concern within the site's days, if there was one.
    Column("repeated_by", Uuid),
    # How long the slowest of its views took, None where nothing was painted or nobody waited for it.
    Column("painted_ms", Integer),
    # The day of the customer's opportunity call before this one: arms are compared by his first in a period.
    Column("chance_before", Date),
    Index("ix_review_calls_week_team_id", "week", "team_id"),
    Index("ix_review_calls_agent_day", "agent", "day"),
    Index("ix_review_calls_repeated_by", "repeated_by"),
)

review_actions = Table(
    "review_actions",
    metadata,
    # One row for each recommendation of such a call.
    Column("contact_id", Uuid, ForeignKey("review_calls.contact_id"), nullable=False),
    Column("action_id", String(64), nullable=False),
    Column("rank", Integer),
    Column("shown", Boolean, nullable=False),
    Column("addressed", Boolean, nullable=False),
    Column("offered", Boolean, nullable=False),
    Column("decided", Boolean, nullable=False),
    Column("accepted", Boolean, nullable=False),
    Column("withheld", Boolean, nullable=False),
    Column("code", String(32)),
    Column("completion", String(16)),
    # By the customer soon after the call and not undone, through the call or without it.
    Column("completed_anyhow", Boolean, nullable=False, server_default=false()),
    PrimaryKeyConstraint("contact_id", "action_id"),
)

review_objections = Table(
    "review_objections",
    metadata,
    # The objections to it, in the order they were raised.
    Column("contact_id", Uuid, nullable=False),
    Column("action_id", String(64), nullable=False),
    Column("place", Integer, nullable=False),
    Column("objection_id", String(64), nullable=False),
    PrimaryKeyConstraint("contact_id", "action_id", "place"),
    ForeignKeyConstraint(["contact_id", "action_id"], ["review_actions.contact_id", "review_actions.action_id"]),
)

review_follow_ups = Table(
    "review_follow_ups",
    metadata,
    # What was promised in such a call and not taken back, counted when it is due; the rest is its call's.
    Column("contact_id", Uuid, ForeignKey("review_calls.contact_id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("agent", String(16), nullable=False),
    Column("team_id", String(64), nullable=False),
    Column("queue", String(64)),
    Column("concern", String(64)),
    Column("action_id", String(64)),
    # The site's day, and the Monday before it.
    Column("due", Date, nullable=False),
    Column("week", Date, nullable=False),
    # It was done on that day or before.
    Column("kept", Boolean, nullable=False),
    PrimaryKeyConstraint("contact_id", "place"),
    Index("ix_review_follow_ups_team_id_week", "team_id", "week"),
)

review_segments = Table(
    "review_segments",
    metadata,
    # The same facts of a team's week as packed arrays, so that a review reads a few large values and no rows.
    Column("week", Date, nullable=False),
    Column("team_id", String(64), nullable=False),
    # Counts up whenever a row of that week changes; the content is of the rows as of `packed_revision`.
    Column("revision", Integer, nullable=False),
    Column("packed_revision", Integer),
    Column("content", LargeBinary),
    PrimaryKeyConstraint("team_id", "week"),
)

queue_calls = Table(
    "queue_calls",
    metadata,
    # One row for each call that a telephone system offered, once it is over; nobody's, and of no number.
    Column("call_id", Uuid, primary_key=True),
    Column("source", String(64), nullable=False),
    Column("queue", String(128)),
    Column("offered_at", UtcDateTime, nullable=False),
    # By a person; a machine that took it answered nobody.
    Column("answered_at", UtcDateTime),
    # None where the end was not heard of.
    Column("ended_at", UtcDateTime),
    # The caller gave up before anybody took it.
    Column("abandoned", Boolean, nullable=False),
    # Until it was answered, counted here so that every database can add it up.
    Column("waited_ms", Integer),
    Index("ix_queue_calls_offered_at", "offered_at"),
)

follow_ups = Table(
    "follow_ups",
    metadata,
    # What was promised, from the events that plan and cancel it; who the customer is the contact says.
    Column("follow_up_id", Uuid, ForeignKey("events.event_id"), primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contacts.contact_id"), nullable=False),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("due", Date, nullable=False),
    # The customer's local time.
    Column("at_time", Time),
    Column("words", String(200), nullable=False),
    Column("concern", String(64)),
    Column("decision_id", Uuid),
    Column("action_id", String(64)),
    Column("planned_at", UtcDateTime, nullable=False),
    Column("cancelled_at", UtcDateTime),
    Column("done_at", UtcDateTime),
    Column("done_by", String(64)),
    Index("ix_follow_ups_agent_id_due", "agent_id", "due"),
    Index("ix_follow_ups_kind_due", "kind", "due"),
    Index("ix_follow_ups_contact_id", "contact_id"),
)

feedback = Table(
    "feedback",
    metadata,
    # What agents say against recommendations, and what the action's owner answers.
    Column("feedback_id", Uuid, ForeignKey("events.event_id"), primary_key=True),
    Column("contact_id", Uuid, ForeignKey("contacts.contact_id"), nullable=False),
    Column("agent_id", String(64), ForeignKey("agents.agent_id"), nullable=False),
    Column("decision_id", Uuid, ForeignKey("decisions.decision_id"), nullable=False),
    Column("action_id", String(64), nullable=False),
    Column("reason", String(32), nullable=False),
    Column("note", String(200), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("answered_by", String(64)),
    Column("answer", String(500)),
    Index("ix_feedback_answered_at_at", "answered_at", "at"),
    Index("ix_feedback_agent_id_at", "agent_id", "at"),
    Index("ix_feedback_action_id_at", "action_id", "at"),
    Index("ix_feedback_contact_id", "contact_id"),
    Index("ix_feedback_decision_id", "decision_id"),
)

imports = Table(
    "imports",
    metadata,
    # How far files were taken in: written in the transaction of the lines themselves.
    Column("import_id", String(64), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("source", String(64), nullable=False),
    Column("lines", Integer, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("duplicate", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    # How long the file of verdicts is with them, in bytes.
    Column("verdict_bytes", BigInteger, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("finished", Boolean, nullable=False),
)

value_runs = Table(
    "value_runs",
    metadata,
    # The models of customers' values, fitted once a day, and how far the writing is: in the transaction of the values.
    Column("run_id", Uuid, primary_key=True),
    # The site's day.
    Column("day", Date, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("catalogue_version", String(64), nullable=False),
    Column("models", Text, nullable=False),
    # The last customer who was valued; emptied at the end.
    Column("after", String(64)),
    Column("counts", Text, nullable=False),
    Index("ix_value_runs_started_at", "started_at"),
)

erasures = Table(
    "erasures",
    metadata,
    # Only ever appended: that somebody was erased, and how much; who it was is only there as a hash.
    Column("erasure_id", Uuid, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("customer_hash", String(64), nullable=False, index=True),
    Column("reason", String(200), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("counts", Text, nullable=False),
)

outbound_endpoints = Table(
    "outbound_endpoints",
    metadata,
    # Where results are handed to by webhook.
    Column("name", String(64), primary_key=True),
    Column("url", String(500), nullable=False),
    # Separated and surrounded by blanks; empty for all.
    Column("types", String(1000), nullable=False),
    # A signature is made with it: a hash would not do.
    Column("secret", String(200), nullable=False),
    # What the events name as their source.
    Column("source", String(256), nullable=False),
    Column("give_up_days", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("disabled_at", UtcDateTime),
    # The process that hands over now, and until when it may: the others let it.
    Column("sender", Uuid),
    Column("sender_until", UtcDateTime),
)

outbound_events = Table(
    "outbound_events",
    metadata,
    # Results in the order in which they were recorded, in the transaction of what they tell.
    Column("position", Integer, primary_key=True),
    Column("event_id", Uuid, nullable=False, unique=True),
    Column("type", String(64), nullable=False),
    # None where nobody was settled on, and where all of him is gone.
    Column("customer_id", String(64)),
    Column("contact_id", Uuid),
    Column("customer_no", String(64)),
    Column("at", UtcDateTime, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("data", Text, nullable=False),
    Index("ix_outbound_events_customer_id", "customer_id"),
    Index("ix_outbound_events_contact_id", "contact_id"),
    Index("ix_outbound_events_recorded_at", "recorded_at"),
    # Files go on behind a position: none is ever given again.
    sqlite_autoincrement=True,
)

deliveries = Table(
    "deliveries",
    metadata,
    # What became of one event at one endpoint.
    Column("endpoint", String(64), ForeignKey("outbound_endpoints.name"), nullable=False),
    Column("position", Integer, ForeignKey("outbound_events.position"), nullable=False),
    # Within it the events go in their order: the customer, or the contact of nobody.
    Column("ordered_by", String(64), nullable=False),
    # waiting, delivered or dead
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),
    Column("first_tried_at", UtcDateTime),
    Column("last_problem", String(64), nullable=False),
    Column("settled_at", UtcDateTime),
    PrimaryKeyConstraint("endpoint", "position"),
    Index("ix_deliveries_endpoint_state_ordered_by_position", "endpoint", "state", "ordered_by", "position"),
    Index("ix_deliveries_position", "position"),
)

subject_requests = Table(
    "subject_requests",
    metadata,
    # Erasures and corrections that other systems asked for, each once. Of an erasure only a hash says who it was.
    # Made of the source and its own id of the request.
    Column("request_id", Uuid, primary_key=True),
    Column("source", String(256), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("customer_id", String(64)),
    Column("customer_hash", String(64), nullable=False),
    # What was there before and what is there now, by field; of a correction alone.
    Column("changes", Text),
    Index("ix_subject_requests_customer_id", "customer_id"),
    Index("ix_subject_requests_received_at", "received_at"),
)

retention_reports = Table(
    "retention_reports",
    metadata,
    # What a run did with one kind of data; without an end it was cut short, and the next one goes on.
    Column("run_id", Uuid, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("before", UtcDateTime, nullable=False),
    Column("number", Integer, nullable=False),
    Column("oldest", Date),
    Column("newest", Date),
    PrimaryKeyConstraint("run_id", "kind"),
    Index("ix_retention_reports_started_at", "started_at"),
)
