"""Tests of the local backend, with the model that ships."""
