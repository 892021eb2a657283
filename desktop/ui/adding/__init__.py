"""How photos come in: chosen, dropped, pasted, from a browser."""
