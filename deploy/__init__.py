"""Sets the AWS side up, updates it and removes it."""
