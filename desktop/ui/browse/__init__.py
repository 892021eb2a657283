"""Finding photos: search, sidebar, filters."""
