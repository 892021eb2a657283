"""Looks after what stands in the account."""
