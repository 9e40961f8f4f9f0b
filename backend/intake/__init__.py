"""The OpenRosa door: forms out, filled forms in, sealed envelopes, and their filing as visits (收件)."""
