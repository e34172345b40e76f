# People who have logged in, and sessions.

nav-group-administration = Administration
nav-people = People
people-what = Everybody who has ever logged in, in the order of their names. To end somebody’s sessions is to log them out everywhere, at once; it is in the ledger, with who did it.
people-what-not = It locks nobody out: whoever the identity provider still lets in can log in again, with the roles that their groups give them then. It revokes no token; that is done here:
people-text = Name or e-mail
people-list = People
people-none-title = Nobody
people-none = Nobody had logged in.
people-none-matches = Nobody’s name or e-mail address contains this. Search for something else.
people-person = Person
people-roles = Roles at the last log-in
people-roles-none = None: the log-in was refused
people-roles-unknown = Not known
people-login = Last log-in
people-login-later = Later than the instant shown
people-sessions = Open sessions
people-used = Last used
people-used-later = later than the instant shown
people-tokens = Tokens in force
people-act = What you can do
people-end = End all sessions
people-end-named = End all sessions of { $name }
people-first = From the first page
people-next = More people
notice-sessions-ended = { $count ->
    [0] There was no session to end.
    [one] One session is ended. The person is logged out there, and has to log in again.
   *[other] { $count } sessions are ended. The person is logged out everywhere, and has to log in again.
}

## One's own sessions

sessions-own = Your sessions
sessions-what = Where you are logged in. Of a session, Bevis keeps when it began and was last used; the address of each log-in is in the ledger alone.
sessions-none = None was open.
sessions-begun = Begun
sessions-used = Last used
sessions-until = Ends at the latest
sessions-present = The one that you use now
sessions-no-others = You are logged in nowhere else.
sessions-end-others = End the others
notice-other-sessions-ended = { $count ->
    [0] There was no other session to end.
    [one] Your other session is ended. This one goes on.
   *[other] Your { $count } other sessions are ended. This one goes on.
}
