"""Where keywords stand in a photo: XMP and IPTC, and their places in files."""
