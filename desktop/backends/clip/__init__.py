"""Networks of CLIP's kind: a photo or a sentence in, a direction of unit length out."""
