"""What the window is made of: bars, pages, appearance."""
