"""Inspector: inspect parts and read documents with expert models and vision-language models."""

__version__ = "0.1.0"
