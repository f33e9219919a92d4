"""A site's own data taken in from files: customers, contracts, numbers, consents and touchpoints."""
