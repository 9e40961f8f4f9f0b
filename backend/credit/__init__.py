"""The warning record of entertainment venues, and the list of seriously untrustworthy parties (信用)."""
