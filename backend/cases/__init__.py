"""Cases (案件) from a violation to their end; orders to correct and their re-inspection."""
