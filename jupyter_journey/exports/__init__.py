"""Exports: what leaves the package for other programs, one module per format."""
