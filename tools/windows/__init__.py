"""The Windows program, built and proven: on Windows, and on Debian under Wine."""
