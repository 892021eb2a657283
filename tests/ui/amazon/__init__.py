"""The pages of the Amazon account."""
