// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/undooffer.h"

#include "app/transfer/outbox.h"
#include "ui/window/noticestack.h"

#include <QCoreApplication>
#include <QSet>
#include <QUuid>

#include <utility>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using transfer::Outbox;
using transfer::Transfer;

class UndoOffer::Offered final : public QObject
{
public:
    Offered(Outbox& outbox, NoticeStack& notices, Undone undone)
        : m_outbox(outbox), m_notices(notices), m_undone(std::move(undone))
    {
        connect(&outbox, &Outbox::changed, this, &Offered::forgetIfTooLate);
    }

    const QString& matter() const { return m_matter; }

    void include(const QStringList& keys)
    {
        for (const QString& key : keys) {
            m_keys.insert(key);
            forgetIfTooLate(key);
        }
        if (m_isUndone)
            undo();
    }

    void undo()
    {
        m_isUndone = true;
        const QSet<QString> all = std::exchange(m_keys, {}); // each cancel() changes them
        for (const QString& key : all)
            m_outbox.cancel(key);
        if (m_undone)
            m_undone({all.begin(), all.end()});
    }

private:
    void forgetIfTooLate(const QString& key)
    {
        const Transfer* transfer = m_outbox.find(key);
        const bool canBeUndone =
            transfer && transfer->state < transfer::State::Sending && isRevocable(*transfer);
        if (!canBeUndone && m_keys.remove(key) && m_keys.isEmpty())
            m_notices.clear(m_matter);
    }

    Outbox& m_outbox;
    NoticeStack& m_notices;
    const Undone m_undone;
    // Each offer is a matter of its own: a second delete leaves the first one's Undo in place.
    const QString m_matter = u"undo-"_s + QUuid::createUuid().toString();
    QSet<QString> m_keys; ///< those that can be taken back
    bool m_isUndone = false;
};

UndoOffer::UndoOffer(Outbox& outbox, NoticeStack& notices, const QString& sentence,
                     std::chrono::milliseconds time, const Undone& undone)
    : m_offered(std::make_shared<Offered>(outbox, notices, undone))
{
    if (time.count() <= 0)
        return;
    notices.tellFor(time, m_offered->matter(),
                    {.sentence = sentence,
                     .action = QCoreApplication::translate("UndoOffer", "Undo"),
                     .act = [offered = m_offered] { offered->undo(); },
                     .isUndo = true});
}

void UndoOffer::include(const QStringList& keys)
{
    m_offered->include(keys);
}

} // namespace vitrine::ui
