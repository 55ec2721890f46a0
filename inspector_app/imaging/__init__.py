"""Reading image files safely and drawing on them: Pillow and numpy, no Qt, no model."""
