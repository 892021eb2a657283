"""Labels leave with the photos: as keywords, as tables, as folders."""
