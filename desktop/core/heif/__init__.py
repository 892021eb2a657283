"""The container of HEIC and AVIF: what is in it, and how it is mended."""
