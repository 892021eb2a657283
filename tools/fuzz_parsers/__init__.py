"""Damaged inputs for every parser of what is no photo."""
