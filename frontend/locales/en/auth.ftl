# Logging in and out.

error-login-required-title = Log-in required
error-login-required-text = You are not logged in, or your session has ended.
error-login-required-next = Log in, and try again.

error-login-unknown-title = This log-in cannot be finished
error-login-unknown-text = The answer from the identity provider belongs to no log-in that this browser began here. It may have been used already, or your browser does not keep cookies for this site.
error-login-unknown-next = Begin again from the first page.

error-login-expired-title = The log-in took too long
error-login-expired-text = A log-in must be finished within ten minutes.
error-login-expired-next = Begin again from the first page.

error-login-refused-title = The identity provider refused the log-in
error-login-refused-text = It sent you back without confirming who you are.
error-login-refused-next = Try again. If it happens again, ask whoever runs the identity provider, and give them the id below.

error-login-provider-away-title = The identity provider does not answer
error-login-provider-away-text = Nobody can log in until it does. Sessions that are open go on.
error-login-provider-away-next = Try again in a minute. The log of Bevis says what was tried.

error-login-provider-wrong-title = The log-in could not be accepted
error-login-provider-wrong-text = The identity provider's answer failed a check, so nobody was logged in.
error-login-provider-wrong-next = Try again. If it happens again, give the id below to whoever runs Bevis: the log says which check failed.

error-login-no-role-title = You have no access to Bevis
error-login-no-role-text = The identity provider confirmed who you are, but none of your groups gives you a role here.
error-login-no-role-next = Ask whoever runs Bevis to give one of your groups a role, or to add you to a group that has one. Then log in again.
login-groups-seen = The identity provider said that you are in these groups:
login-groups-none = The identity provider did not say that you are in any group.

logout-done-title = You are logged out
logout-done-text = Your session in Bevis has ended.
logout-done-provider-goes-on = Your session in Bevis has ended. Your session at the identity provider may go on; close the browser, or log out there, if others use this computer.
logout-done-next = Log in again

logout-provider-title = Logging out
logout-provider-text = Your session in Bevis has ended. Your browser now goes to the identity provider to end your session there too.
logout-provider-next = Go on to the identity provider

# What may go wrong with any request.

error-forbidden-title = You may not do this
error-forbidden-text = Your roles do not allow it.
error-forbidden-next = If you need it for your work, ask whoever gives out roles.
error-forbidden-view = You need a role to read this.
error-forbidden-decide = Acknowledging and commenting is for engineers and security officers.
error-forbidden-create-pack = Creating evidence packs is for managers and security officers.
error-forbidden-download-pack = Downloading evidence packs is for managers, security officers and auditors.
error-forbidden-administer = This is for administrators.
error-forbidden-intake = Only a cluster with a token of its own may send here.

error-cross-site-title = The request came from another site
error-cross-site-text = Bevis takes changes only from its own pages, so that no other page can act in your name.
error-cross-site-next = Open the page in Bevis and try again there. If you did, the public address in the configuration may not be the one that you use.

error-not-found-title = There is no such page
error-not-found-text = The address leads nowhere, or to something that did not exist at the time you asked about.
error-not-found-next = Check the address, or begin from the first page.

error-method-not-allowed-title = That cannot be done here
error-method-not-allowed-text = The address exists, but not for this kind of request.
error-method-not-allowed-next = Open the page and use what it offers.

error-unsupported-media-type-title = The request has the wrong type
error-unsupported-media-type-text = The body of the request is not of a type that is read here. The API reads application/json.
error-unsupported-media-type-next = Send it as the API's description says.

error-too-large-title = The request is too large
error-too-large-text = Bevis reads at most half a megabyte at once.
error-too-large-next = Send less at a time.

error-timeout-title = This took too long
error-timeout-text = The answer was not ready within half a minute, so Bevis gave up.
error-timeout-next = Try again, or ask for less: fewer clusters, a narrower filter.

error-unreadable-title = The request cannot be understood
error-unreadable-text = Something in the address or the form is not as it should be.
error-unreadable-next = Go back and try again.

error-invalid-title = The request cannot be understood
error-invalid-text = A value in the address or the form is not one that can be used.
error-invalid-next = Go back, change it, and try again.

error-conflict-title = That is not possible now
error-conflict-text = What you asked for contradicts how things are.
error-conflict-next = Reload the page to see how things are now.

error-rate-limited-title = Too many requests
error-rate-limited-text = There were too many requests from your address.
error-rate-limited-next = Wait a minute and try again.

error-database-away-title = The database does not answer
error-database-away-text = Bevis cannot read or write anything right now. Nothing recorded is lost.
error-database-away-next = Try again in a minute. Bevis goes on by itself when the database is back.

error-internal-title = Something went wrong
error-internal-text = This is an error in Bevis. It has been logged.
error-internal-next = Try again. If it happens again, give the id below to whoever runs Bevis.

error-home = To the first page
error-request-id = Id of this request:

# What clusters send.

error-token-refused-title = The token opens nothing
error-token-refused-text = A cluster sends with a token of its own.
error-token-refused-next = Make a new one: bevis token create.
error-token-missing = There is no token: neither in the header Authorization, as "Bearer …", nor as the last part of the path.
error-token-unknown = Bevis never gave out this token, or it was cut on its way here.
error-token-expired = The token has expired. Make a new one: bevis token create.
error-token-revoked = The token was revoked, or its cluster is no longer in the configuration.
error-token-elsewhere = This token opens another source. Send to the one that it was made for.

error-unusable-title = Nothing of it can be used
error-unusable-text = No part of the body could be understood; each part that was refused is named.
error-unusable-next = Check that the sender is set to the format that this address takes.

error-too-large-intake = The body is larger than { $value } MiB, which is the most that is taken of this source at once.
error-intake-node = A node is named by lower-case letters, digits, dots and dashes: { $value }
