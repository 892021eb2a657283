"""Which folder a photo goes to by its labels, under which name, and with what."""
