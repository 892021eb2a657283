"""The settings' pages about the Amazon account."""
