"""Finding photos: search, filters, and what asks the library."""
