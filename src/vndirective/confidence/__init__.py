"""How sure a value is, learnt from gold: the confidence of its evidence, and which values a person should look at.

    Record ──values_of──▶ Value ──signs_of───────▶ signs, measures ──┬─trees──▶ confidence ──▶ review
       └─text──words──▶ tagger ──second_reading──▶ measures ─────────┘

Signs have words. What they are worth, the trees and the tagger of the second reading are data in `lexicons/`, made by scripts/calibrate.py.
"""
