"""What a system's shell offers beside the window: taskbar, Dock, notifications."""
