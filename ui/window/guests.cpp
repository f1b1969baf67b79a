// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/guests.h"

#include "app/base/messages.h"
#include "app/session/session.h"
#include "ui/window/noticestack.h"

#include <QCoreApplication>

namespace vitrine::ui {
namespace {

struct AbilityWords {
    Q_DECLARE_TR_FUNCTIONS(Abilities)
};

} // namespace

Abilities abilitiesOf(const session::Session& session)
{
    using Feature = protocol::Capabilities::Feature;
    if (session.isGuest()) {
        const QString guest =
            AbilityWords::tr("You are a guest here. Sign in to change something.");
        return {guest, guest, guest};
    }
    Abilities abilities;
    if (!session.can(Feature::Alt) || !session.can(Feature::Privacy))
        abilities.noEdits = AbilityWords::tr("This gallery cannot change what was shared.");
    if (!session.can(Feature::Delete))
        abilities.noDeleting = AbilityWords::tr("This gallery cannot delete what was shared.");
    if (!session.can(Feature::Original))
        abilities.noOriginal =
            AbilityWords::tr("This gallery does not keep the files as they were shared.");
    return abilities;
}

bool refusesGuest(const session::Session& session, NoticeStack& notices)
{
    return session.isGuest() && refuses(messageFor({ErrorKind::SignInRequired, {}, {}}), notices);
}

bool refuses(const QString& reason, NoticeStack& notices)
{
    if (!reason.isEmpty())
        notices.tellFor(NoticeStack::kShortTime, QStringLiteral("guest"), {.sentence = reason});
    return !reason.isEmpty();
}

} // namespace vitrine::ui
