// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/undooffer.h"

#include "app/transfer/outbox.h"
#include "ui/window/noticestack.h"

#include <QCoreApplication>
#include <QUuid>

namespace vitrine::ui {

using namespace Qt::StringLiterals;

UndoOffer::UndoOffer(transfer::Outbox& outbox, NoticeStack& notices, const QString& sentence,
                     std::chrono::milliseconds time)
    : m_outbox(outbox), m_shared(std::make_shared<Shared>())
{
    if (time.count() <= 0)
        return;
    const auto undo = [&outbox, shared = m_shared] {
        shared->isUndone = true;
        for (const QString& key : std::as_const(shared->keys))
            outbox.cancel(key);
    };
    // Each offer is a matter of its own: a second delete leaves the first one's Undo in place.
    notices.tellFor(time, u"undo-"_s + QUuid::createUuid().toString(),
                    {.sentence = sentence,
                     .action = QCoreApplication::translate("UndoOffer", "Undo"),
                     .act = undo});
}

void UndoOffer::include(const QStringList& keys)
{
    m_shared->keys += keys;
    if (!m_shared->isUndone)
        return;
    for (const QString& key : keys)
        m_outbox.cancel(key);
}

} // namespace vitrine::ui
