"""The labels of the selected photos: shown, corrected, taken back."""
