"""What the library can be looked through by: a tree of labels and of folders, jobs, searches."""
