"""Records against gold: what is right, what is surplus, what is missed.

GOLD ──read_gold──▶ GoldNotice ─┐
                                ├─judge──▶ Judgement ──tally──▶ Evaluation ──▶ table, JSON, Markdown
RECORDS ──read_records──▶ Record┘               │
                                                └──values──▶ reliability, calibration
"""
