"""Half a year of made-up calls with known true effects, so that whoever reads a review can know what it should say."""
