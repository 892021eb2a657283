"""Damaged photos by the thousand: each gives a picture or a reason, soon and in little memory."""
