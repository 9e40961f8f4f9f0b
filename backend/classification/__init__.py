"""Which category of the law a new kind of business belongs to, and who decided so (归类说明)."""
