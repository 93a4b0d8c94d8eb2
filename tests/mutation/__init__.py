"""Rules broken on purpose: does a test notice? (``make mutants``)"""
