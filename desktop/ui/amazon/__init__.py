"""The pages of Settings, Amazon account: from what it is to removing everything again."""
