"""What Amazon costs, and which copies lie there."""
