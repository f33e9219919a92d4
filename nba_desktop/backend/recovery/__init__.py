"""What workstations have sealed to the site, taken in when a workstation can no longer send it itself."""
