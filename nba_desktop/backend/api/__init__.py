"""HTTP routes, nothing else: they check who asks, call a service and answer."""
