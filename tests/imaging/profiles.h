// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace vitrine::test {

/// ICC profiles made for tests.

/// Grey whose light is the channel to the power of \a gamma.
QByteArray greyProfile(double gamma);
/// A press that prints nothing but grey: its inks darken and do not colour.
QByteArray pressProfile();

/// \a jpeg with \a profile in an APP2 segment.
QByteArray withProfile(const QByteArray& jpeg, const QByteArray& profile);

} // namespace vitrine::test
