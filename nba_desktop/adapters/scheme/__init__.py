"""Who opens `nba-desktop:` addresses on this machine."""
