"""Premises that are inspected (场所): what they do, where, and with which licence."""
