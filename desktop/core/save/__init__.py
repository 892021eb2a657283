"""What leaves the library: keywords into photos and sidecars, tables, folders."""
