"""Executed report notebooks: templates, running them, and the HTML that comes out."""
