# Objects behind verdicts, as they were seen.

object-what = The object as one reading saw it. Secrets were taken out before it was kept.
object-facts = What it is
object-kind = Kind
object-content = Content
object-content-means = Where a secret was, or may have been, stands the word “redacted”. What moves by itself was left out.
object-redacted = { $count ->
    [0] Nothing had to be redacted.
    [one] Redacted in one place
   *[other] Redacted in { $count } places
}
object-dropped = { $count ->
    [0] Nothing was left out.
    [one] One field left out
   *[other] { $count } fields left out
}
object-is-kept = kept
object-not-kept = Content not kept
object-not-kept-too-large = The object is larger than the settings allow (scan.objects.object_kb). Its name and version are recorded all the same.
object-not-kept-over-budget = Keeping it would have cost that reading more than its budget (scan.objects.list_kb, scan.objects.scan_kb). A later reading that sees it unchanged makes up for it.
object-not-kept-setting = The settings leave it out (scan.objects.keep, scan.objects.leave_out). Its name, version and hash are recorded all the same.
object-not-kept-unreadable = It is no object that can be understood, so that its secrets cannot be told from the rest.
object-not-kept-unknown = It was read before contents were kept. Its name, version and hash are recorded.
object-not-retained = Content not retained
object-not-retained-text = It was kept, and dropped on { $when } when its time was over. When it was seen, its version and its hash stay on record.
object-seen = Seen with this content
object-from = From
object-to = Until
object-still = still so at the last reading
objects-then = The objects as they were then
objects-of-finding = Objects of this finding
objects-of-finding-none = No object of this name was read then
objects-of-finding-none-text = What the finding is about is no object of its own, or it was read before objects were kept. The lists that the check rests on are on its page.
error-invalid-instant = This is no instant in the past, as 2026-06-30T12:00:00Z: { $value }
pack-objects = With the objects that open findings are about
pack-objects-hint = As they were at that instant, secrets taken out; at most 32 MB.
