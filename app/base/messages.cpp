// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/messages.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

/// What is said of a kind; %1 is the error's detail.
struct Sentence {
    ErrorKind kind;
    const char* text;
};

constexpr Sentence kSentences[] = {
    {ErrorKind::Cancelled, QT_TRANSLATE_NOOP("Messages", "Stopped, as asked.")},
    {ErrorKind::InvalidInput, QT_TRANSLATE_NOOP("Messages", "That cannot be used: %1.")},
    {ErrorKind::NotFound,
     QT_TRANSLATE_NOOP("Messages",
                       "It is not there. Check the name; it may have been moved or deleted.")},
    {ErrorKind::PermissionDenied,
     QT_TRANSLATE_NOOP(
         "Messages",
         "You may not read or write it. Change its permissions, or choose another place.")},
    {ErrorKind::NotARegularFile,
     QT_TRANSLATE_NOOP(
         "Messages",
         "There is no picture here: it is a folder without any, or no ordinary file. Choose a "
         "picture.")},
    {ErrorKind::EmptyFile,
     QT_TRANSLATE_NOOP("Messages", "The file is empty. Choose another copy of the picture.")},
    {ErrorKind::NotAnImage,
     QT_TRANSLATE_NOOP("Messages", "This is not a picture. Vitrine shares pictures only.")},
    {ErrorKind::UnsupportedImage,
     QT_TRANSLATE_NOOP(
         "Messages", "Pictures of this kind cannot be shared yet. Save it as JPEG or PNG first.")},
    {ErrorKind::DamagedImage,
     QT_TRANSLATE_NOOP("Messages",
                       "The picture is damaged. Copy it again from where it came from.")},
    {ErrorKind::TooLarge,
     QT_TRANSLATE_NOOP("Messages",
                       "The file is larger than this gallery takes. Save a smaller copy first.")},
    {ErrorKind::TooManyPixels,
     QT_TRANSLATE_NOOP(
         "Messages", "The picture has more pixels than this gallery takes. Scale it down first.")},
    {ErrorKind::SignInRequired, QT_TRANSLATE_NOOP("Messages", "Sign in to do this.")},
    {ErrorKind::Forbidden,
     QT_TRANSLATE_NOOP("Messages", "This account may not do this. Ask whoever runs the gallery.")},
    {ErrorKind::Conflict,
     QT_TRANSLATE_NOOP(
         "Messages",
         "Somebody changed this image meanwhile. Look at it, then make your change again.")},
    {ErrorKind::Rejected, QT_TRANSLATE_NOOP("Messages", "The gallery refused: %1")},
    {ErrorKind::RateLimited,
     QT_TRANSLATE_NOOP("Messages",
                       "The gallery asks for a pause. Wait a few minutes, then try again.")},
    {ErrorKind::Unavailable,
     QT_TRANSLATE_NOOP("Messages", "The gallery has trouble at the moment. Try again later.")},
    {ErrorKind::Network,
     QT_TRANSLATE_NOOP("Messages",
                       "The gallery cannot be reached. Check the connection, then try again.")},
    {ErrorKind::TimedOut,
     QT_TRANSLATE_NOOP("Messages",
                       "The gallery does not answer. Check the connection, then try again.")},
    {ErrorKind::BadAnswer,
     QT_TRANSLATE_NOOP("Messages",
                       "The gallery's answer makes no sense. Try again, and check its address.")},
    {ErrorKind::Storage,
     QT_TRANSLATE_NOOP("Messages",
                       "Vitrine's own data could not be read or written. Check the disk.")},
    {ErrorKind::DiskFull,
     QT_TRANSLATE_NOOP("Messages", "The disk is full. Make room, then try again.")},
    {ErrorKind::Busy,
     QT_TRANSLATE_NOOP("Messages", "Another program is using it. Close that one, or wait.")},
    {ErrorKind::NoSuchFolder,
     QT_TRANSLATE_NOOP("Messages", "The folder is not there. Make it, or choose another place.")},
    {ErrorKind::KeyringLocked,
     QT_TRANSLATE_NOOP("Messages", "The keyring is locked. Unlock it, then try again.")},
    {ErrorKind::KeyringAbsent,
     QT_TRANSLATE_NOOP("Messages",
                       "There is no keyring here. The sign-in is kept until Vitrine closes.")},
    {ErrorKind::KeyringRefused,
     QT_TRANSLATE_NOOP("Messages", "The keyring said no. Allow Vitrine there, then try again.")},
    {ErrorKind::Unsupported, QT_TRANSLATE_NOOP("Messages", "This gallery cannot do that.")},
    {ErrorKind::SideTooLong,
     QT_TRANSLATE_NOOP(
         "Messages",
         "The picture is wider or higher than this gallery takes. Scale it down first.")},
    {ErrorKind::TooManyFrames,
     QT_TRANSLATE_NOOP("Messages", "The animation has too many frames. Save a shorter one first.")},
    {ErrorKind::TooCompressed,
     QT_TRANSLATE_NOOP(
         "Messages",
         "The picture unpacks to far more than it should. Save it again as PNG or JPEG.")},
    {ErrorKind::DecoderCrashed,
     QT_TRANSLATE_NOOP(
         "Messages",
         "The picture broke the program that reads it, and did no harm beyond that. It is "
         "damaged or made to do harm; ask for another copy.")},
    {ErrorKind::DecoderTooSlow,
     QT_TRANSLATE_NOOP("Messages",
                       "Reading the picture took too long. Save a smaller copy first.")},
    {ErrorKind::MemoryExhausted,
     QT_TRANSLATE_NOOP("Messages",
                       "Reading the picture takes too much memory. Scale it down first.")},
    {ErrorKind::DecoderMissing,
     QT_TRANSLATE_NOOP("Messages",
                       "The program that reads pictures does not start. Install Vitrine again.")},
    {ErrorKind::SandboxRefused,
     QT_TRANSLATE_NOOP(
         "Messages",
         "This computer does not let Vitrine shut in the program that reads pictures, so "
         "none is read. The README tells how to read them without that protection.")},
    {ErrorKind::Internal,
     QT_TRANSLATE_NOOP("Messages", "Vitrine made a mistake. Please report it: %1")},
};

/// What is said in its place where more is known.
struct Diagnosis {
    Cause cause;
    const char* text;
};

constexpr Diagnosis kDiagnoses[] = {
    {Cause::LoginPage,
     QT_TRANSLATE_NOOP("Messages",
                       "The gallery answers with its sign-in page: nobody is signed in, or no "
                       "longer. Sign in again.")},
    {Cause::TeamDomain,
     QT_TRANSLATE_NOOP("Messages",
                       "The gallery shows this only to people of its team. Sign in to do this.")},
    {Cause::PolicyForPersons,
     QT_TRANSLATE_NOOP(
         "Messages",
         "The gallery sends this service token to a page for people: it has expired or was "
         "deleted, or its Access policy is not of the kind Service Auth. Ask whoever runs the "
         "gallery.")},
    {Cause::HalfServiceToken,
     QT_TRANSLATE_NOOP("Messages",
                       "One half of the service token is missing. Sign in again with its client "
                       "ID and its secret.")},
    {Cause::Expired, QT_TRANSLATE_NOOP("Messages", "The sign-in has expired. Sign in again.")},
    {Cause::ClockSkew,
     QT_TRANSLATE_NOOP("Messages",
                       "The clocks of this computer and of the gallery differ too much for a "
                       "sign-in. Set the clock, then try again.")},
    {Cause::NotAllowed,
     QT_TRANSLATE_NOOP("Messages",
                       "The gallery does not admit whoever is signed in. Sign in as somebody else, "
                       "or ask whoever runs the gallery.")},
    {Cause::Blocked,
     QT_TRANSLATE_NOOP("Messages",
                       "A firewall before the gallery turned this away. Ask whoever runs the "
                       "gallery to let Vitrine through, or try from another network.")},
    {Cause::CaptivePortal,
     QT_TRANSLATE_NOOP("Messages",
                       "This network wants a sign-in of its own. Open any page in a browser, sign "
                       "in there, then try again.")},
    {Cause::NoNetwork,
     QT_TRANSLATE_NOOP("Messages",
                       "This computer is connected to no network. Connect it, then try again.")},
    {Cause::NameNotFound,
     QT_TRANSLATE_NOOP("Messages",
                       "There is no server of that name. Check the address and the connection, "
                       "then try again.")},
    {Cause::NothingListens,
     QT_TRANSLATE_NOOP("Messages",
                       "There is a computer at the gallery's address, but no gallery. Check the "
                       "address, or ask whoever runs it.")},
    {Cause::UntrustedConnection,
     QT_TRANSLATE_NOOP("Messages",
                       "The gallery cannot prove that it is the right server, so nothing was sent. "
                       "Check the address, and whether this network wants a sign-in of its own.")},
    {Cause::NoBrowserSignIn,
     QT_TRANSLATE_NOOP("Messages",
                       "This gallery offers no sign-in in a browser, or none opens here. Sign in "
                       "with a token, or install cloudflared.")},
    {Cause::SignInUnfinished,
     QT_TRANSLATE_NOOP("Messages", "The sign-in in the browser was not finished. Try again.")},
};

const char* textFor(const Error& error)
{
    const auto* diagnosis =
        std::find_if(std::begin(kDiagnoses), std::end(kDiagnoses),
                     [&](const Diagnosis& each) { return each.cause == error.cause; });
    if (diagnosis != std::end(kDiagnoses))
        return diagnosis->text;
    const auto* found = std::find_if(std::begin(kSentences), std::end(kSentences),
                                     [&](const Sentence& each) { return each.kind == error.kind; });
    // A kind that was never heard of, out of a database of a later version, is a mistake, too.
    return found != std::end(kSentences) ? found->text : std::rbegin(kSentences)->text;
}

} // namespace

QString messageFor(const Error& error)
{
    const QString text = QCoreApplication::translate("Messages", textFor(error));
    return text.contains("%1"_L1) ? text.arg(error.detail) : text;
}

} // namespace vitrine
