"""Sweeps (校园周边环境综合整治): one protected site, all agencies, one plan; before and after."""
