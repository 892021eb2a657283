"""Rebuilds the on-device model in desktop/backends/models from registry packages."""
