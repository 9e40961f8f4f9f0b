"""The law as versioned data (规则库): duties, distances, kinds of days, and what a breach may lead to."""
