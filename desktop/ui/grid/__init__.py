"""The grid of photos: the library as a model, its reader, how a photo is painted."""
