"""Files read into the register (导入): areas, sites, venues; what is refused, and how a reading is undone."""
