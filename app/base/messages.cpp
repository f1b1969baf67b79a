// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/messages.h"

#include <QCoreApplication>

namespace vitrine {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Messages", text);
}

} // namespace

QString messageFor(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::Cancelled:
        return tr("Stopped, as asked.");
    case ErrorKind::InvalidInput:
        return tr("That cannot be used: %1.").arg(error.detail);
    case ErrorKind::NotFound:
        return tr("It is not there any more. Look for it elsewhere, or refresh the gallery.");
    case ErrorKind::PermissionDenied:
        return tr("You may not read or write it. Change its permissions, or choose another place.");
    case ErrorKind::NotARegularFile:
        return tr(
            "There is no picture here: it is a folder, or no ordinary file. Choose a picture.");
    case ErrorKind::EmptyFile:
        return tr("The file is empty. Choose another copy of the picture.");
    case ErrorKind::NotAnImage:
        return tr("This is not a picture. Vitrine shares pictures only.");
    case ErrorKind::UnsupportedImage:
        return tr("Pictures of this kind cannot be shared yet. Save it as JPEG or PNG first.");
    case ErrorKind::DamagedImage:
        return tr("The picture is damaged. Copy it again from where it came from.");
    case ErrorKind::TooLarge:
        return tr("The file is larger than this gallery takes. Save a smaller copy first.");
    case ErrorKind::TooManyPixels:
        return tr("The picture has more pixels than this gallery takes. Scale it down first.");
    case ErrorKind::SignInRequired:
        return tr("Sign in to do this.");
    case ErrorKind::Forbidden:
        return tr("This account may not do this. Ask whoever runs the gallery.");
    case ErrorKind::Conflict:
        return tr(
            "Somebody changed this image meanwhile. Look at it, then make your change again.");
    case ErrorKind::Rejected:
        return tr("The gallery refused: %1").arg(error.detail);
    case ErrorKind::RateLimited:
        return tr("The gallery asks for a pause. Wait a few minutes, then try again.");
    case ErrorKind::Unavailable:
        return tr("The gallery has trouble at the moment. Try again later.");
    case ErrorKind::Network:
        return tr("The gallery cannot be reached. Check the connection, then try again.");
    case ErrorKind::TimedOut:
        return tr("The gallery does not answer. Check the connection, then try again.");
    case ErrorKind::BadAnswer:
        return tr("The gallery's answer makes no sense. Try again, and check its address.");
    case ErrorKind::Storage:
        return tr("Vitrine's own data could not be read or written. Check the disk.");
    case ErrorKind::DiskFull:
        return tr("The disk is full. Make room, then try again.");
    case ErrorKind::Busy:
        return tr("Another program is using it. Close that one, or wait.");
    case ErrorKind::KeyringLocked:
        return tr("The keyring is locked. Unlock it, then try again.");
    case ErrorKind::KeyringAbsent:
        return tr("There is no keyring here. The sign-in is kept until Vitrine closes.");
    case ErrorKind::KeyringRefused:
        return tr("The keyring said no. Allow Vitrine there, then try again.");
    case ErrorKind::Unsupported:
        return tr("This gallery cannot do that.");
    case ErrorKind::SideTooLong:
        return tr("The picture is wider or higher than this gallery takes. Scale it down first.");
    case ErrorKind::TooManyFrames:
        return tr("The animation has too many frames. Save a shorter one first.");
    case ErrorKind::TooCompressed:
        return tr("The picture unpacks to far more than it should. Save it again as PNG or JPEG.");
    case ErrorKind::DecoderCrashed:
        return tr("The picture broke the program that reads it, and did no harm beyond that. It is "
                  "damaged or made to do harm; ask for another copy.");
    case ErrorKind::DecoderTooSlow:
        return tr("Reading the picture took too long. Save a smaller copy first.");
    case ErrorKind::MemoryExhausted:
        return tr("Reading the picture takes too much memory. Scale it down first.");
    case ErrorKind::DecoderMissing:
        return tr("The program that reads pictures does not start. Install Vitrine again.");
    case ErrorKind::SandboxRefused:
        return tr("This computer does not let Vitrine shut in the program that reads pictures, so "
                  "none is read. The README tells how to read them without that protection.");
    case ErrorKind::Internal:
        break;
    }
    return tr("Vitrine made a mistake. Please report it: %1").arg(error.detail);
}

} // namespace vitrine
