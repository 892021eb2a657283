"""Dates: what a file says of when its photo was taken, wherever its format keeps that."""
