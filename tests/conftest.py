"""What all kinds of tests share: the rig's fixtures."""

pytest_plugins = ["tests.aws.rig"]
