"""The window. Qt lives here and nowhere else; it knows services and domain only."""
