from hypothesis import settings

settings.register_profile("geodata", deadline=None)  # the first example of a test loads PROJ or a kernel
settings.load_profile("geodata")
