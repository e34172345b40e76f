## What is asked of a cluster

rounds-title = What Bevis asked of this cluster
rounds-none = Not counted: no round of this cluster has been counted yet.
rounds-newest = The newest round, over all sources, ended
rounds-what = Budget
rounds-used = Used
rounds-most = At most
rounds-rate = Requests
rounds-rate-used = { $requests ->
    [one] one request in { $took }
   *[other] { $requests } requests in { $took }
}
rounds-rate-most = { $count ->
    [one] one a second
   *[other] { $count } a second
}
rounds-bytes = Bytes of all answers
rounds-answer = Bytes of the largest answer
rounds-page = Objects asked for at a time
rounds-page-used = as many as the budget says
rounds-page-most = { $count ->
    [one] one object
   *[other] { $count } objects
}
rounds-over = The budget of bytes was used up before everything had been read. What was not read is not judged, and closes nothing. Raise max_scan_mb, or find out what has grown.
rounds-means = Bytes are those of the answers' bodies, uncompressed. What has not changed since an earlier round is confirmed by its version and not fetched again.
rounds-before = The newest rounds

scan-requests = Requests
scan-bytes = Bytes
scan-not-counted = not counted
scan-read-confirmed = { $count ->
    [one] one of them confirmed by its version and not fetched again
   *[other] { $count } of them confirmed by their versions and not fetched again
}
objects-confirmed = versions confirmed, and what had changed fetched,
report-confirmed = { $count ->
    [one] one confirmed by its version, not fetched again
   *[other] { $count } confirmed by their versions, not fetched again
}
