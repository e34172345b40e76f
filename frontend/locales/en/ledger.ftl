## The ledger

nav-ledger = Ledger
ledger-what = What people and Bevis did: log-ins, decisions, exports, settings, and everything that auditors were shown. { $count ->
    [one] There is one entry; it is never changed.
   *[other] There are { $count } entries; none is ever changed.
}
ledger-chain = Does it hold together?
ledger-never-verified = The chain has not been recomputed yet. Bevis does it by itself soon after its start, and then regularly.
ledger-holds = The chain holds
ledger-broken = The chain is broken: the ledger was changed
ledger-broken-entry = First entry that does not hold
ledger-broken-what = What is wrong
ledger-expected = Expected
ledger-found = Found
ledger-found-nothing = nothing: the entry is gone
ledger-link-number = It is missing, doubled or out of order.
ledger-link-instant = Its time is not written as it should be, or lies before that of the entry before.
ledger-link-digest = The digest of its content is not SHA-256.
ledger-link-payload = Its content is not what was recorded.
ledger-link-hash = Its hash does not follow from its content and the entry before it.
ledger-link-witness = The chain fits together, but is not the one that was there before: this entry’s hash was another one.
ledger-verified = { $count ->
    [one] One entry was recomputed and holds, at
   *[other] { $count } entries were recomputed and hold, at
}
ledger-since = { $count ->
    [one] One entry was added since; it is part of the next recomputation.
   *[other] { $count } entries were added since; they are part of the next recomputation.
}
ledger-head = Hash of the last entry that holds:
ledger-verify-yourself = To recompute all of it now:
ledger-anchors = Copies of the head outside
ledger-anchors-what = Whoever has the newest hash can show later that nothing before it was changed, whatever happens to this database.
ledger-anchors-none = The head is sent nowhere. The section [ledger] of the configuration names a webhook, a file or a time-stamping authority.
ledger-anchor-target = Where
ledger-anchor-at = When
ledger-anchor-seq = Entry and hash
ledger-anchor-outcome = Outcome
ledger-anchor-taken = Taken
ledger-anchor-failed = Not taken; it is tried again
ledger-anchor-receipt = Time stamp (RFC 3161)
ledger-target-webhook = Webhook
ledger-target-file = File
ledger-target-timestamp = Time-stamping authority
ledger-entries = Entries
ledger-none-title = No entries
ledger-none = Nothing has happened yet.
ledger-none-matches = No entry matches. Widen the period, or choose another person or action.
ledger-newest = Newest
ledger-older = Older
ledger-number = Entry
ledger-at = When
ledger-actor = Who
ledger-action = What
ledger-from = From
ledger-until = Until
ledger-payload = Content, as it was recorded
ledger-hashes = Hashes
ledger-hash = This entry:
ledger-prev-hash = The entry before:
error-forbidden-read-ledger = The ledger is for security officers, administrators and auditors.

## Tokens of the API

nav-tokens = API tokens
tokens-what = With a token, a program asks the API in your name: never more than you may yourself, and only as long as your newest log-in tells Bevis your roles. Every token and its use is in the ledger.
tokens-list = Tokens
tokens-none-title = No tokens
tokens-none = Make one when a program or the command line is to use the API.
token-made = Your new token
token-made-text = Copy it now: it is not shown again, and Bevis does not keep it. Whoever has it can use it.
token-new = New token
token-name = Name
token-scopes = What it may do
token-scopes-hint = No more than you may yourself.
token-scope-view = Read
token-scope-decide = Decide about findings
token-scope-create_pack = Create packs
token-scope-download_pack = Download packs
token-scope-read_ledger = Read the ledger
token-clusters = Clusters
token-clusters-hint = None chosen means all. A token with a choice cannot ask for what speaks of all clusters at once.
token-all-clusters = All clusters
token-days = Days until it expires
token-days-hint = { $count ->
    [one] One day at most.
   *[other] { $count } days at most.
}
token-create = Make the token
token-owner = Whose
token-reach = May
token-life = Made
token-until = until
token-used = Last used
token-never-used = Never
token-state = State
token-in-force = In force
token-expired = Expired
token-revoked = Revoked
token-revoke = Revoke
token-revoke-named = Revoke { $name }
notice-token-revoked = The token is revoked; it opens nothing any more.
error-forbidden-manage-tokens = Tokens are made and revoked by people who are logged in.
error-token-name = A token’s name has 1 to 100 characters.
error-token-scopes = Choose at least one thing that the token may do, and nothing that you may not do yourself. { $value }
error-token-days = A token lives for 1 to { $value } days.
error-token-clusters = There is no cluster “{ $value }”.
error-token-many = You have 50 tokens in force. Revoke one that you no longer need.
error-api-token-malformed = The Authorization header must be: Bearer, a space, and a token that begins with bevis_api_.
error-api-token-owner-unknown = The token’s owner has no role any more, or has not logged in for too long. They should log in once; then it works again.
error-token-scope = The token was not made for this: it lacks the scope { $value }.
error-token-all-clusters = The token is limited to { $value }, and this speaks of all clusters.
error-token-other-cluster = The token is not for the cluster { $value }.
error-idempotency-key = An Idempotency-Key has 1 to 255 visible ASCII characters, and is sent once.
error-idempotency-reused = This Idempotency-Key stands for another request. Use a new key for a new request.
error-idempotency-unknown = The request with this Idempotency-Key has not been answered. See whether it had its effect before you send it again with a new key.
error-api-token-unknown = This token is unknown. Make another one on the page API tokens.
error-api-token-expired = This token has expired. Make another one on the page API tokens.
error-api-token-revoked = This token was revoked. Make another one on the page API tokens.
error-idempotency-tokens = A token is told once and kept nowhere. So making and revoking tokens takes no Idempotency-Key.
