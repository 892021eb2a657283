"""The pages of Settings, Amazon account: from the two cards to removing everything again."""
