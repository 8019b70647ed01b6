"""The journey value, its records, frames and file."""
