// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

/// What D-Bus knows of keyrings and QtKeychain does not tell. Answers come later, on this thread,
/// while \a context lives.
namespace vitrine::access {

/// Whether a keyring service runs or can be started. Where there is none QtKeychain never answers.
void askWhetherKeyringExists(QObject* context, std::function<void(bool)> answer);

/// Whether the Secret Service's default keyring is there and locked; false where no such service
/// runs (none is started for this). To a locked keyring QtKeychain says "no such entry", which must
/// not be taken for a guest.
void askWhetherKeyringIsLocked(QObject* context, std::function<void(bool)> answer);

} // namespace vitrine::access
