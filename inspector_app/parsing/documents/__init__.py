"""From lines of text with places to the fields of a document, checked and normalised."""
