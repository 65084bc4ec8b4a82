"""From where on a measured number is a sign: the clinician's half of what the reader reads off a message.

Fever from S39 and S40 (RF20). Oxygen and blood pressure are the usual bounds of home measurement, chosen on the safe
side: they only raise an alarm, and a good value clears nothing.
"""

FEVER_CELSIUS = 38.0
#: From here up to the fever line the patient is asked (37.5 C is 99.5 F).
RAISED_CELSIUS = 37.45
#: Oxygen saturation in percent, below which breathing counts as impaired.
LOW_OXYGEN = 93
#: Upper blood pressures in mmHg: below the first one feels faint, below the second the circulation fails.
FAINT_SYSTOLIC, SHOCK_SYSTOLIC = 95, 85
#: Days after which a rash that is no better calls for advice on the same day (RF35, S15).
DAYS_TO_IMPROVE = 3
