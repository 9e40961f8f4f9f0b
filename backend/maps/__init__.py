"""Maps that are looked at and never written to: where inspections find more than elsewhere (热点)."""
