"""Makes what people download: the program as a folder, and what installs it on this system."""
