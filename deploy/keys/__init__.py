"""The app's keys, this computer's and another one's."""
