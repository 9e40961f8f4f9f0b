"""Units in close contact with minors, and that they query their staff every year (从业查询)."""
