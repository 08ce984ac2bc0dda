"""What people corrected: JSON Patch (RFC 6902) onto records, kept beside them and put in again after a later reading.

patch.json ─▶ patch (operations) ─▶ correction (one change: tests, then writes) ─▶ marks (human, schema) ─▶ record
                                              └─▶ kept: OUT/corrections/….json ─▶ the next `extract`
"""
