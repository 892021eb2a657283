"""What those who work on Tagdrop run, most of it through make: pictures, benches, packages."""
