// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>

namespace vitrine::transfer {
class Outbox;
}

namespace vitrine::ui {

class NoticeStack;

/// Acts that the outbox still holds back, and one Undo button for all of them. The button goes away
/// when its time is over, or when there is nothing left that it could take back.
class UndoOffer
{
public:
    /// Called with the keys of what was taken back.
    using Undone = std::function<void(const QStringList& keys)>;

    /// All must outlive the notice, which goes away after \a time. \a undone is called whenever
    /// acts were taken back: again for those that the outbox had only later.
    UndoOffer(transfer::Outbox& outbox, NoticeStack& notices, const QString& sentence,
              std::chrono::milliseconds time, const Undone& undone = {});

    /// These acts are taken back with the others; also those whose undo was asked for before the
    /// outbox had them.
    void include(const QStringList& keys);

private:
    class Offered;

    std::shared_ptr<Offered> m_offered; ///< shared with the notice
};

} // namespace vitrine::ui
