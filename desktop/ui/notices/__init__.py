"""What the window says by itself: messages and notes, and the buttons that help."""
