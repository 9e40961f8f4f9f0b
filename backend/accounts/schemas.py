"""Wire formats of accounts."""
