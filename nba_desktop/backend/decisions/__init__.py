"""Services that decide, explain and learn; they know the store through its ports."""
