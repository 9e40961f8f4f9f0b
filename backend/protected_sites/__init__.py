"""Schools, kindergartens and other sites (保护对象): where they are, since when."""
