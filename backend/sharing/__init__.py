"""What leaves the house (共享交换): agreements as data, signed messages, receipts, a log of every field."""
