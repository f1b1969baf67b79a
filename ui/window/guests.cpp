// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/guests.h"

#include "app/base/messages.h"
#include "app/session/session.h"
#include "ui/window/noticestack.h"

namespace vitrine::ui {

bool refusesGuest(const session::Session& session, NoticeStack& notices)
{
    constexpr std::chrono::seconds time(6);
    if (session.isGuest())
        notices.tellFor(time, QStringLiteral("guest"),
                        {.sentence = messageFor({ErrorKind::SignInRequired, {}, {}})});
    return session.isGuest();
}

} // namespace vitrine::ui
