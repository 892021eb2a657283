"""What the program takes of time, memory and calls, each beside a peer or a floor."""
