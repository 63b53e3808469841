"""How a date may be typed: as browsers send it, or with the day first as everybody here writes it.

Django's own list for this language reads 12/11 as the eleventh of December.
"""

DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
