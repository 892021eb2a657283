"""Amazon, through an emulator and stand-ins that are processes of their own: the whole way."""
