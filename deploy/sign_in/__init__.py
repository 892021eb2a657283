"""A person's own rights in an AWS account, for a while."""
