-- Where the scan log was dropped, the newest run that judged, or saw something, tells of it: found without reading those after it.

CREATE INDEX scan_run_judged ON scan_run (cluster_id, source, day DESC, run DESC) WHERE judged;
CREATE INDEX scan_run_seen ON scan_run (cluster_id, source, day DESC, run DESC) WHERE coverage IN ('complete', 'truncated');
