"""Photos that look alike: what a picture looks like in a few bytes, and which ones are near."""
