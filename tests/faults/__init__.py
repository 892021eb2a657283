"""Broken networks, killed processes, damaged files: nothing is lost and words are found."""
