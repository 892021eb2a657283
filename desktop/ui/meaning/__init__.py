"""Search by meaning in the window: its network, and what is nearly the same."""
