"""Pages for desks, rendered by the server, in Chinese and English."""
