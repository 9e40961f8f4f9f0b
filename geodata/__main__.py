"""`python -m geodata`: compile the kernels now, so that no first job waits for it."""

from geodata.screening import compile_kernels

compile_kernels()
