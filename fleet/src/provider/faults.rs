//! What tests can make the provider do wrong.

/// A way in which an id token is wrong; everything else about it stays right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenFault {
    /// `aud` names another client.
    WrongAudience,
    /// `aud` names the client and another one, without `azp`.
    ExtraAudience,
    /// `aud` is an array with the client alone, which is right.
    AudienceArray,
    /// `azp` names another client.
    WrongAuthorizedParty,
    /// `iss` is another provider.
    WrongIssuer,
    /// `nonce` is another one.
    WrongNonce,
    /// There is no `nonce`.
    NoNonce,
    /// `exp` was an hour ago.
    Expired,
    /// There is no `exp`.
    NoExpiry,
    /// `iat` is an hour ahead.
    IssuedInFuture,
    /// `nbf` is an hour ahead.
    NotYetValid,
    /// `iat` is two days ago, and `exp` still ahead.
    Ancient,
    /// `alg: none` and no signature.
    Unsigned,
    /// `alg: HS256`, signed with the client secret.
    SymmetricAlgorithm,
    /// Signed by a key that is not published, under its own id.
    UnknownKey,
    /// Signed by a key that is not published, under a published key's id.
    WrongSignature,
    /// The payload was changed after signing.
    Tampered,
    /// `at_hash` is of another access token.
    WrongAccessTokenHash,
    /// There is no `at_hash`.
    NoAccessTokenHash,
    /// `sub` is empty.
    EmptySubject,
    /// `sub` has 300 characters.
    LongSubject,
    /// No `id_token` in the answer at all.
    Missing,
    /// Not a JWT.
    Garbage,
    /// There is no `groups`.
    NoGroups,
    /// `groups` is a string.
    GroupsAsString,
    /// `groups` has numbers and objects among its strings.
    GroupsMixed,
    /// 5,000 groups, the person's own at the end.
    ManyGroups,
    /// The userinfo answer is about somebody else.
    OtherUserInfo,
}

/// An endpoint that can be troubled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Endpoint {
    /// The discovery document.
    Discovery,
    /// The key set.
    Keys,
    /// The log-in page.
    Authorization,
    /// Codes for tokens.
    Token,
    /// Claims for an access token.
    UserInfo,
    /// Log-out.
    EndSession,
}
