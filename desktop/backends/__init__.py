"""The backends: what recognises images, in the cloud or on this computer."""
