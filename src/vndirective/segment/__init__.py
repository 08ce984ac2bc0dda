"""SourceText → Notice: the Vietnamese NLP stage (parts of a file, zones, syllables, numbered outline)."""
