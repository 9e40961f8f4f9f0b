"""Who goes where, why and by when (任务); check codes (检查码); the ledger of document numbers (文号台账)."""
