// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/abilities.h"

namespace vitrine::session {
class Session;
}

namespace vitrine::ui {

class NoticeStack;

/// By who is signed in, and by what the server has a request for.
Abilities abilitiesOf(const session::Session& session);

/// Whether nobody is signed in; then that is told, too.
bool refusesGuest(const session::Session& session, NoticeStack& notices);

/// Whether there is a \a reason against it; then that is told, too.
bool refuses(const QString& reason, NoticeStack& notices);

} // namespace vitrine::ui
