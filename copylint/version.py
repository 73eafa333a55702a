"""The version, here and nowhere else: the package's metadata is read from this file."""

VERSION = "0.1.0"
