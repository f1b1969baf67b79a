// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace vitrine {

/// What went wrong, as far as a caller can act on it. One kind, one sentence for people
/// (see messages.h); how it came about is in Error::detail. The outbox keeps their numbers on the
/// disk: new ones go to the end.
enum class ErrorKind {
    Cancelled,        ///< somebody asked for it to stop
    InvalidInput,     ///< an argument or a field that cannot be used
    NotFound,         ///< no such file, image or account
    PermissionDenied, ///< the file system says no
    NotARegularFile,  ///< a directory, pipe, socket or device where a file is needed
    EmptyFile,        ///< zero bytes
    NotAnImage,       ///< the bytes are of no image format
    UnsupportedImage, ///< an image, but of a format or feature that is not handled
    DamagedImage,     ///< an image whose data is cut off or broken
    TooLarge,         ///< more bytes than the limit
    TooManyPixels,    ///< more pixels, or a longer side, than the limit
    SignInRequired,   ///< no credential, or one that is no longer good
    Forbidden,        ///< the credential is good and may not do this
    Conflict,         ///< somebody else changed it first
    Rejected,         ///< the server understood and refuses; detail is its sentence
    RateLimited,      ///< too many requests; retryAfter says when
    Unavailable,      ///< the server has a passing trouble (5xx); retryAfter may say when
    Network,          ///< no connection, or it was lost
    TimedOut,         ///< nothing moved for too long
    BadAnswer,        ///< the server's answer makes no sense
    Storage,          ///< the local database or disk failed
    DiskFull,         ///< no space left
    Busy,             ///< another process holds what is needed
    KeyringLocked,    ///< the keyring is there and locked
    KeyringAbsent,    ///< this session has no keyring
    KeyringRefused,   ///< the person or the keyring said no
    Unsupported,      ///< this server or build cannot do it
    SideTooLong,      ///< wider or higher than the limit
    TooManyFrames,    ///< an animation with more frames than the limit
    TooCompressed,    ///< so many pixels from so few bytes that it is made to do harm
    DecoderCrashed,   ///< the picture brought its decoder down
    DecoderTooSlow,   ///< reading the picture took longer than the limit
    MemoryExhausted,  ///< reading the picture took more memory than the limit
    DecoderMissing,   ///< the program that reads pictures does not start
    SandboxRefused,   ///< the machine does not let decoders be shut in
    Internal,         ///< a bug of ours
    NoSuchFolder      ///< there is no such folder to put something into
};

/// What stands between this program and a gallery, as far as an answer or its absence tells; a
/// sentence of its own for each, in place of the kind's.
enum class Cause {
    Unknown,             ///< no more is known than the kind
    LoginPage,           ///< a page to sign in at came in place of an answer
    TeamDomain,          ///< sent to the login of the team's domain
    PolicyForPersons,    ///< sent there with a service token: the policy wants a person
    HalfServiceToken,    ///< a service token without one of its two halves
    Expired,             ///< the token of a person is over
    ClockSkew,           ///< this machine's clock and the server's differ too much
    NotAllowed,          ///< Access knows who it is, and does not let them in
    Blocked,             ///< a firewall before the gallery took us for a robot or an attack
    CaptivePortal,       ///< the network wants a sign-in of its own first
    NoNetwork,           ///< this machine is connected to nothing
    NameNotFound,        ///< there is no such host
    NothingListens,      ///< the host is there, and takes no connection
    UntrustedConnection, ///< TLS: nobody can tell whether it is the right server
    NoBrowserSignIn,     ///< neither the gallery nor this machine has a way to sign in in a browser
    SignInUnfinished     ///< the person did not come back from the browser
};

struct Error {
    ErrorKind kind = ErrorKind::Internal;
    /// For Rejected the server's own sentence, else a technical note in English for logs and
    /// issue reports. Never holds a secret, an alt text or the name of a private image.
    QString detail;
    /// How long the server asked us to wait, where it did.
    std::optional<std::chrono::milliseconds> retryAfter;
    Cause cause = Cause::Unknown;

    bool operator==(const Error&) const = default;
};

/// Whether the same request may succeed later without anybody changing anything.
bool isRetryable(ErrorKind kind);

} // namespace vitrine
