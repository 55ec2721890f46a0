"""Expert models: not language models; each gives a score, a map or lines of text."""
