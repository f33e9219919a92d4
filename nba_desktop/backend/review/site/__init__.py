"""The site's figures: all teams together, week by week, and no person among them."""
