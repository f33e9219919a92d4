"""A review as a file: the same figures as on the screen, for other programs, for a spreadsheet, for paper."""
