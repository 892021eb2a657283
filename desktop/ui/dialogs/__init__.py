"""What stands in a window of its own besides the settings."""
