# What a policy of retention dropped.
error-not-retained-title = Not retained
error-not-retained-text = What was known then was dropped by a retention policy. Nothing can be said of it, good or bad.
error-not-retained-from = Findings and results are retained from { $value } on: the policy keeps them for { $number ->
    [one] one month
   *[other] { $number } months
  } after they ended. The ledger says what was dropped, and when.
error-not-retained-next = Choose a later time in the menu at the top of the page, or see it as it is now. Decisions, risk acceptances and evidence packs that were built are still there.
findings-not-retained = Findings that ended before { $from } are not retained: a policy dropped them, and the ledger says when.
finding-not-retained = It failed before as well. What ended before { $from } is not retained: a policy dropped it, and the ledger says when.
states-not-retained = States of controls, checks and sources before { $from } are not retained: a policy dropped the scan log that they rested on, and the ledger says when.
messages-not-retained = Messages that ended before { $from } are not retained: a policy dropped them, and the ledger says when.
trends-not-retained = What was known before { $from } is not retained: a policy dropped it. Periods that begin before have no numbers.
trends-dropped-title = Not retained
trends-dropped-text = What was known of this time was dropped by a retention policy. Nothing can be said of it, good or bad.
trend-column-dropped = { $day }: not retained
trends-csv-retained = Retained
trends-csv-is-retained = Retained
