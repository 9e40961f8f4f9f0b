"""Enforcement documents (文书): made of blocks, drawn as a page, as PDF and for Word, issued once."""
