"""Roads on which somebody may walk, imported from OpenStreetMap: each import is a network (路网)."""
