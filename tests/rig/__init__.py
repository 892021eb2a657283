"""What tests of several kinds stand on: processes, stand-ins, a person, photos. No test is here."""
