"""What a tablet takes along (离线资料包): the register of its areas, forms, the law; for a day."""
