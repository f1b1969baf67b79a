// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace vitrine::test {

/// ICC profiles made for tests.

/// Grey whose light is the channel to the power of \a gamma.
QByteArray greyProfile(double gamma);
/// A press that prints nothing but grey: its inks darken and do not colour.
QByteArray pressProfile();

/// A tag of an ICC profile: its signature of four characters and its data.
struct ProfileTag {
    QByteArray signature;
    QByteArray data;
};
/// \a profile with further tags behind its own.
QByteArray withTags(const QByteArray& profile, const QList<ProfileTag>& tags);
/// \a profile with a display's serial number as macOS writes it and bytes behind its end; both say
/// "SECRET".
QByteArray talkativeProfile(const QByteArray& profile);
/// What Little CMS makes of a coarse grid of all colours of \a profile: 8-bit sRGB, in its default
/// intent. Empty if it cannot read the profile.
QByteArray coloursThrough(const QByteArray& profile);

/// \a jpeg with \a profile in an APP2 segment.
QByteArray withProfile(const QByteArray& jpeg, const QByteArray& profile);

} // namespace vitrine::test
