"""Mutation testing: does a test fail for every small mistake in the modules that must not err?"""
