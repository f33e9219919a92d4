"""Signing in with the browser: OpenID Connect for the backend, and what every such sign-in has in common."""
