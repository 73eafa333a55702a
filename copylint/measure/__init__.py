"""How good is the linter? Its findings are held against texts that readers have labelled.

    corpus   labelled texts in JSON lines   -> Record...
    compare  a record and its findings      -> Comparison
    tally    comparisons                    -> Measurement
    table    a measurement                  -> text or JSON

docs/manual/measuring.md tells how to label texts and how to read the numbers.
"""
