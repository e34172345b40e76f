# The systems of a cluster, grouped by how they were read.
systems-trouble = Not read as they should be
systems-read = Installed and read
systems-silent = Installed, and silent
systems-hidden = Not to be seen from here
systems-absent = Not installed
systems-untried = Never tried
systems-trouble-short = not as they should be
systems-read-short = read
systems-silent-short = silent
systems-hidden-short = hidden
systems-absent-short = not installed
systems-untried-short = never tried
systems-of = Sources of { $cluster }: { $count } in all
systems-checks = Checks of { $source }
systems-no-checks = No check of the catalogue asks this source.
systems-findings = { $count ->
    [0] No open findings
    [one] One open finding
   *[other] { $count } open findings
}
systems-version = Version
systems-seen = Last seen
systems-budget = Stale after
systems-open = Open findings
systems-column-check = Check
systems-column-state = State
systems-column-why = Why
systems-column-failed = Failing
systems-dropped = Not retained
systems-dropped-short = not retained
