"""Pictures of the window in every state, from the real program: for looking at."""
