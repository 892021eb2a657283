"""What stands in for AWS in tests, as processes of their own. No test is here."""
