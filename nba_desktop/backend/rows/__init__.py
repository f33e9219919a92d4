"""What services and store hand each other: one frozen record for each kind of thing that is kept."""
