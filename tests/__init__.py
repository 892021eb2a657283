"""The tests, a folder for each kind; CONTRIBUTING.md says which, `tests/rig` is what they share."""
