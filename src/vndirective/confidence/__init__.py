"""How sure a value is, learnt from gold: the confidence of its evidence, and which values a person should look at.

    Record ──values_of──▶ Value ──signs_of──▶ signs ──Calibration──▶ confidence, review

The signs are few and have words; their weights are data (`lexicons/confidence.toml`), made by scripts/calibrate.py.
"""
