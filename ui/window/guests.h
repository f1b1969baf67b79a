// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine::session {
class Session;
}

namespace vitrine::ui {

class NoticeStack;

/// Whether nobody is signed in; then that is told, too.
bool refusesGuest(const session::Session& session, NoticeStack& notices);

} // namespace vitrine::ui
