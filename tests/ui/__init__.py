"""The window, without a screen or on one of its own, with a person's hands and eyes."""
