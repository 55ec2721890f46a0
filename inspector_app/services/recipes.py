"""Recipes for the window and the command line."""

from inspector_app.domain.recipes import Recipe
from inspector_app.parsing.recipe_files import read_recipe, write_recipe

__all__ = ["Recipe", "read_recipe", "write_recipe"]
