"""What people bring, as batches of columns: files of every kind, frames, relations."""
