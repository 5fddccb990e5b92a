"""The Erasmus+ Learning Agreement for Traineeships: one list of its fields (`tables`), and what is made from it.

`form` says what a field is, `values` what an offer knows, `notes` are the footnotes; `document` makes the PDF of the
whole form or of its certificate, `record` the same fields as data.
"""
