"""What Tagdrop makes of a folder of pictures, beside what other programs make of it."""
