"""The starter model: rendered pictures, questions about them, and the recipe."""
