"""Six stories, each from its first sign to its closed case, played over HTTP."""
