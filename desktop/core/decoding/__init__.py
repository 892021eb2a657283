"""Pictures of every format, from an opened file to pixels: a module for each kind of file."""
