"""A stand-in for CLIP's networks, and what their preprocessing is compared with."""
