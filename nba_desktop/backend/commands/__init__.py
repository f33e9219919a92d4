"""The commands of `nba-desktop backend`: a file for each family, which declares its options and carries them out."""
