"""Indicators of how agencies do their duty (履职指标), frozen reports of them, and urging letters (督办)."""
