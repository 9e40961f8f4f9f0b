"""The tablet app in a real browser."""
