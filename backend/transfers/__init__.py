"""What is transferred to other bodies (移送), and what procuratorates and courts recommend (检察建议)."""
