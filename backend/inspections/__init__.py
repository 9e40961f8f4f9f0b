"""Visits, findings, ID checks, evidence, and violations with all their candidate bases (检查)."""
